"""Names that stand for secrets: of options, config keys and environment variables."""

from __future__ import annotations

_ALWAYS = (
    "apikey apisecret authorization bearer cookie credential credentials passcode passphrase passwd password pwd"
    " secret secrets"
)
_KEY = (
    "access account anthropic api app application auth aws azure client comet consumer deploy encryption gcp github"
    " google hf license master neptune openai private service session shared signing ssh storage subscription"
    " wandb"
)
_TEXT = (
    "additional answer assistant begin bos bot cls current dec each enc end eos eot extra fill first human image label"
    " last mask max mem min n new next null num pad patch per prev prompt register role sep special start stop system"
    " target text think unk user video vocab"
)
PASSWORD_WORDS = frozenset(_ALWAYS.split())
"""A name with one of these words is a secret's, whatever the value."""
KEY_WORDS = frozenset(_KEY.split())
"""``key`` after one of these words is a secret's; by itself it is the key of a mapping."""
TEXT_WORDS = frozenset(_TEXT.split())
"""``token`` after one of these is a piece of text, and no secret."""


def words_of(name: str) -> list[str]:
    """The words of a name in lower case: ``hfToken``, ``--hf-token`` and ``HF_TOKEN`` are ``hf`` and ``token``."""
    spaced = ""
    before = ""
    for letter in name:
        spaced += " " if letter.isupper() and before.islower() else ""
        spaced += letter.lower() if letter.isalnum() else " "
        before = letter
    return spaced.split()


def is_password_name(name: str) -> bool:
    """Whether what has this name is a secret whatever it looks like: ``DB_PASSWORD``, ``client_secret``."""
    return not PASSWORD_WORDS.isdisjoint(words_of(name))


def is_secret_name(name: str) -> bool:
    """Whether something of this name is better not shown.

    ``hf_token``, ``apiKey`` and ``DB_PASSWORD`` are such names; ``tokenizer``, ``max_tokens``, ``eos_token``,
    ``token_dim`` and ``key`` are not.
    """
    words = words_of(name)
    before = dict(zip(words[1:], words, strict=False))
    is_token = bool(words) and words[-1] == "token" and before.get("token") not in TEXT_WORDS
    return is_token or before.get("key") in KEY_WORDS or not PASSWORD_WORDS.isdisjoint(words)
