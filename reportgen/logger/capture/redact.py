"""Secrets that stand in plain sight are masked before they are written."""

from __future__ import annotations

from collections.abc import Iterable

MASK = "***"
SECRET_WORDS = ("password", "passwd", "secret", "token", "api-key", "api_key", "apikey", "credential", "private-key")


def is_secret_name(name: str) -> bool:
    """Whether something of this name is better not shown."""
    lower = name.lower()
    return any(word in lower for word in SECRET_WORDS)


def masked_command(command: Iterable[str]) -> list[str]:
    """The words of a command; values of options such as ``--api-key`` are masked."""
    words: list[str] = []
    hide = False
    for word in command:
        name, equals, _ = word.partition("=")
        secret = is_secret_name(name) and (name.startswith("-") or bool(equals))
        if hide and not word.startswith("-"):
            words.append(MASK)
        elif secret and equals:
            words.append(f"{name}={MASK}")
        else:
            words.append(masked_url(word))
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
