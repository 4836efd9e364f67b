"""Masks secrets in what is captured: commands, mappings, addresses, texts and patches."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from reportgen.logger.redact import MASK
from reportgen.logger.redact.names import is_secret_name

_CLUES = (
    "akia asia abia acca ghp_ gho_ ghu_ ghs_ ghr_ github_pat_ glpat- gldt- glft- glrt- glsoat- glcbt- glptt- glagent-"
    " gloas- hf_ api_org_ sk- aiza ya29. gocspx- xoxa- xoxb- xoxe- xoxo- xoxp- xoxr- xoxs- xapp- sk_ rk_ whsec_ npm_"
    " pypi- sg. key- dapi _v1_ r8_ gsk_ wandb_v shpat_ shpca_ shppa_ shpss_ lin_api_ dckr_pat_ hvs. eyj :aa -----begin"
    " :// pass pwd secret token key auth bearer cookie credential"
)
CLUES = tuple(_CLUES.split())
"""A text without any of these, in lower case, holds nothing that is masked: most lines of a console do not."""


def masked_text(text: str) -> str:
    """A text with every secret replaced by `MASK`; the number of its lines stays."""
    lower = text.lower()
    if not any(clue in lower for clue in CLUES):
        return text
    from reportgen.logger.redact.shapes import masked

    return masked(text)


def masked_value(name: str, value: object) -> object:
    """What stands under a name, in a config or the environment; mappings and lists are gone through."""
    if isinstance(value, Mapping):
        return {key: masked_value(str(key), part) for key, part in value.items()}
    if isinstance(value, (list, tuple)):
        return [masked_value(name, part) for part in value]
    if not isinstance(value, str):
        return value
    if is_secret_name(name):
        from reportgen.logger.redact.shapes import is_secret_value

        if is_secret_value(name, value):
            return MASK
    return masked_text(value)


def masked_command(command: Iterable[str]) -> list[str]:
    """The words of a command; values of options such as ``--api-key`` are masked, and all that looks like a secret."""
    words: list[str] = []
    hide = False
    for word in command:
        name, equals, value = word.partition("=")
        secret = is_secret_name(name) and (name.startswith("-") or bool(equals))
        if hide and not word.startswith("-"):
            words.append(MASK)
        elif secret and value:
            words.append(f"{name}={MASK}")
        else:
            words.append(masked_text(masked_url(word)))
        hide = secret and not equals
    return words


def masked_url(url: str) -> str:
    """The address without user, password and query of http, and without the password of other schemes."""
    scheme, separator, rest = url.partition("://")
    if not separator or not scheme.replace("+", "").isalnum():
        return url
    host, slash, path = rest.partition("/")
    account, at, server = host.rpartition("@")
    if scheme.lower() in ("http", "https"):
        return f"{scheme}://{server}{slash}{path.partition('?')[0] if at else path}"
    user = account.partition(":")[0]
    return f"{scheme}://{user}{at}{server}{slash}{path}"


def masked_patch(patch: bytes) -> tuple[bytes, list[str]]:
    """A patch without secrets, and the paths of the files in which something was masked.

    An added line that is masked still applies. One that git expects to find, of context or to be removed, then differs
    from the commit, so that its file must be restored by hand: a leaked secret would be worse.
    """
    mark = "\ndiff --git "
    files: list[str] = []
    sections: list[str] = []
    for section in patch.decode("utf-8", "surrogateescape").split(mark):
        clean = masked_text(section)
        if clean != section:
            files.append(section.partition("\n")[0].rpartition(" b/")[2])
        sections.append(clean)
    return mark.join(sections).encode("utf-8", "surrogateescape"), files
