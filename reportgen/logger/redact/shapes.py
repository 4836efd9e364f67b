"""Shapes of secrets: what known services issue, private keys, passwords in addresses and in assignments.

The shapes are those that the services document, and that detect-secrets and gitleaks look for. Importing this module
costs the patterns' compilation: `masking` does it when a text has a clue.
"""

from __future__ import annotations

import re

from reportgen.logger.redact import MASK
from reportgen.logger.redact.names import is_password_name, is_secret_name

ISSUED = (
    r"(?:AKIA|ASIA|ABIA|ACCA)[A-Z0-9]{16}",  # Amazon
    r"gh[pousr]_[A-Za-z0-9]{36,255}",  # GitHub
    r"github_pat_[A-Za-z0-9_]{22,255}",
    r"gl(?:pat|dt|ft|rt|soat|cbt|ptt|agent|oas)-[A-Za-z0-9_.=-]{20,255}",  # GitLab
    r"(?:hf|api_org)_[A-Za-z0-9]{30,255}",  # Hugging Face
    r"sk-(?:ant-|proj-|svcacct-|admin-|or-v1-)?[A-Za-z0-9_-]{20,255}",  # OpenAI, Anthropic and others
    r"AIza[A-Za-z0-9_-]{35}",  # Google
    r"ya29\.[A-Za-z0-9_-]{20,255}",
    r"GOCSPX-[A-Za-z0-9_-]{20,255}",
    r"xox[abeoprs]-[A-Za-z0-9-]{10,255}",  # Slack
    r"xapp-\d-[A-Za-z0-9-]{10,255}",
    r"(?:[rs]k|whsec)_(?:live|test)_[A-Za-z0-9]{16,255}",  # Stripe
    r"npm_[A-Za-z0-9]{36}",
    r"pypi-[A-Za-z0-9_-]{50,500}",
    r"SG\.[A-Za-z0-9_-]{16,64}\.[A-Za-z0-9_-]{16,64}",  # SendGrid
    r"key-[0-9a-f]{32}",  # Mailgun
    r"dapi[0-9a-f]{32}",  # Databricks
    r"do[opr]_v1_[0-9a-f]{64}",  # DigitalOcean
    r"r8_[A-Za-z0-9]{37}",  # Replicate
    r"gsk_[A-Za-z0-9]{40,255}",  # Groq
    r"wandb_v\d_[A-Za-z0-9_]{30,255}",
    r"shp(?:at|ca|pa|ss)_[0-9a-fA-F]{32}",  # Shopify
    r"lin_api_[A-Za-z0-9]{30,255}",  # Linear
    r"dckr_pat_[A-Za-z0-9_-]{20,255}",  # Docker
    r"hvs\.[A-Za-z0-9_-]{24,255}",  # Vault
    r"eyJ[A-Za-z0-9_-]{8,2000}\.eyJ[A-Za-z0-9_-]{8,4000}\.[A-Za-z0-9_-]{8,1000}",  # JSON web tokens
    r"eyJhcGlf[A-Za-z0-9_=+/-]{30,2000}",  # Neptune
    r"\d{8,10}:AA[A-Za-z0-9_-]{33}",  # Telegram
)
_BEGINS = r"(?:(?<![A-Za-z0-9_/+-])|(?<=\\[nrt])|(?<=\[m)|(?<=\[\dm)|(?<=\[\d\dm)|(?<=;\dm)|(?<=;\d\dm)|(?<=;\d\d\dm))"
"""Where a word begins, also behind a colour of the terminal or a line end written as two characters."""
_ISSUED = re.compile(rf"{_BEGINS}(?P<secret>{'|'.join(ISSUED)})(?![A-Za-z0-9_])")
_HOOK = re.compile(
    r"https://(?:hooks\.slack\.com/(?:services|workflows)/|discord(?:app)?\.com/api/webhooks/)(?P<secret>[\w/-]{20,255})"
)
_ADDRESS = re.compile(
    r"\b[a-z][a-z0-9+.-]{1,20}://(?P<secret>[^\s/@:'\"<>]{0,255}:[^\s/@'\"<>]{1,255}|[^\s/@:'\"<>]{20,255})@",
    re.IGNORECASE,
)
_HEADER = re.compile(
    r"\b(?:authorization|x-api-key)['\"]?\s{0,9}[:=]\s{0,9}['\"]?(?:(?:bearer|basic|token)\s{1,9})?"
    r"(?P<secret>[A-Za-z0-9_.~+/=-]{8,4000})",
    re.IGNORECASE,
)
_BEARER = re.compile(
    r"\bbearer\s{1,9}(?P<secret>(?=[A-Za-z_.~+/=-]{0,99}\d)[A-Za-z0-9_.~+/=-]{16,4000})", re.IGNORECASE
)
_PRIVATE_KEY = re.compile(
    r"-----BEGIN [A-Z ]{0,40}PRIVATE KEY(?: BLOCK)?-----(?P<secret>(?:\s[+ -]?[A-Za-z-]{2,20}: [^\n]{1,200})*"
    r"(?:(?:\\[nr]|[\s\"'-])*[A-Za-z0-9+/=]{10,})+)"
)
_KEY_LINE = re.compile(r"(?<=\n)([+ -]?)[^\s\"'\\]+|[^\s\"'\\]{10,}")
_ASSIGNMENT = re.compile(
    r"(?P<name>[A-Za-z_][\w.-]{1,80})['\"]?\]?\s{0,9}(?:: ?str\s{0,9})?(?:=>|:=|==?|:)\s{0,9}"
    r"(?:[rbuf]{0,2}(?P<quote>['\"])(?P<quoted>[^'\"\n]{3,500})(?P=quote)|(?P<bare>[^\s'\"(){}\[\],;]{8,500}))"
)
_NO_SECRET = re.compile(
    r"^[/.<\[({*~-]|^\$[A-Z_{(]|\{\w*\}|^%\w|^(?:your|my)[_-]|^(?:example|changeme|placeholder|dummy|fake)"
    r"|^(?:x+|test|none|null|true|false)$|^(?:os|self|cfg|config|args|settings|env)\.|(?-i:^[A-Z]+(?:_[A-Z0-9]+)+$)",
    re.IGNORECASE,
)
"""Paths, placeholders, templates, attributes and names of variables."""
SHORT, LONG = 6, 16
"""Characters from which a value under ``token`` or ``key`` may be a secret, and from which it need not look random."""


def masked(text: str) -> str:
    """The text with every secret replaced by `MASK`, line by line: the number of lines stays."""
    text = _PRIVATE_KEY.sub(lambda found: _cut(found, "secret", _KEY_LINE.sub(rf"\g<1>{MASK}", found["secret"])), text)
    for shape in (_HOOK, _ADDRESS, _HEADER, _BEARER, _ISSUED):
        text = shape.sub(lambda found: _cut(found, "secret", MASK), text)
    return _ASSIGNMENT.sub(_without_value, text)


def _cut(found: re.Match[str], group: str, instead: str) -> str:
    start = found.start()
    return f"{found[0][: found.start(group) - start]}{instead}{found[0][found.end(group) - start :]}"


def _without_value(found: re.Match[str]) -> str:
    """An assignment without its value, if its name and its value speak of a secret."""
    name = found["name"]
    if not is_secret_name(name):
        return found[0]
    quoted = found["quoted"]
    if quoted is not None:
        return _cut(found, "quoted", MASK) if is_secret_value(name, quoted) else found[0]
    bare = found["bare"]
    is_code = "." in bare or (bare.isidentifier() and "_" in bare)
    return found[0] if is_code or not _looks_random(bare) or _NO_SECRET.search(bare) else _cut(found, "bare", MASK)


def is_secret_value(name: str, value: str) -> bool:
    """Whether what stands under a secret's name may be one: no placeholder, no path, no piece of text."""
    if MASK in value or _NO_SECRET.search(value):
        return False
    if is_password_name(name):
        return True
    return len(value) >= SHORT and " " not in value and (len(value) >= LONG or _looks_random(value))


def _looks_random(value: str) -> bool:
    """Whether a word has letters and digits, as passwords and tokens do and words of a language do not."""
    return any(map(str.isalpha, value)) and any(map(str.isdigit, value))
