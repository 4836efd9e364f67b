"""Messages of scripts and frameworks for the person at the terminal, on stderr."""

from __future__ import annotations

import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import TextIO

    from reportgen.logger.settings import Settings

_told: set[str] = set()
_setup: list[Settings] = []
"""What `termsetup` was told last."""


def termlog(string: str = "", newline: bool = True, repeat: bool = True, prefix: bool = True) -> None:  # noqa: FBT001, FBT002 # wandb's signature
    """Print a message. Nothing is printed when quiet or silent.

    Args:
        string: the message.
        newline: end the line.
        repeat: print it also when it was printed before.
        prefix: begin its lines with ``reportgen:``.
    """
    if not _is("quiet"):
        _print(string, "", newline=newline, repeat=repeat, prefix=prefix)


def termwarn(string: str, newline: bool = True, repeat: bool = True, prefix: bool = True) -> None:  # noqa: FBT001, FBT002 # wandb's signature
    """Print a warning, see `termlog`. It is printed when quiet, too.

    Args:
        string: the message.
        newline: end the line.
        repeat: print it also when it was printed before.
        prefix: begin its lines with ``reportgen:``.
    """
    _print(string, "warning: ", newline=newline, repeat=repeat, prefix=prefix)


def termerror(string: str, newline: bool = True, repeat: bool = True, prefix: bool = True) -> None:  # noqa: FBT001, FBT002 # wandb's signature
    """Print an error, see `termlog`. It is printed when quiet, too.

    Args:
        string: the message.
        newline: end the line.
        repeat: print it also when it was printed before.
        prefix: begin its lines with ``reportgen:``.
    """
    _print(string, "error: ", newline=newline, repeat=repeat, prefix=prefix)


def termsetup(settings: Settings, logger: object = None) -> None:
    """Take ``silent`` and ``quiet`` of these settings for the messages that follow.

    Args:
        settings: as `Settings`.
        logger: no effect.
    """
    del logger
    _setup[:] = [settings]


def _is(name: str) -> bool:
    from reportgen.logger.variables import from_environment

    return bool(getattr(_setup[0], name, False) if _setup else from_environment().get(name))


def _print(string: str, kind: str, *, newline: bool, repeat: bool, prefix: bool) -> None:
    message = str(string)
    if _is("silent") or (not repeat and message in _told):
        return
    _told.add(message)
    start = f"reportgen: {kind}" if prefix else ""
    text = "\n".join(f"{start}{line}" for line in message.split("\n"))
    stream: TextIO | None = sys.stderr
    try:
        if stream is not None:
            stream.write(f"{text}\n" if newline else text)
            stream.flush()
    except (OSError, ValueError):
        return  # a closed stream: nobody to tell
