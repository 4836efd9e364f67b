"""A file that exists whole or not at all, and that only one of many processes can make. No lock is ever held."""

from __future__ import annotations

import os
from contextlib import suppress


def unfinished_name(path: str) -> str:
    """A name beside a file for what will become it."""
    return f"{path}.{os.urandom(4).hex()}.part"


def publish(path: str, content: bytes) -> bool:
    """Make a file with this content unless there is one; whether it was made.

    A hard link to a finished file is made in one step, which holds on network file systems as well. Where there are no
    hard links the file is claimed first and then filled: a process killed between the two leaves a claimed, empty one.
    """
    os.makedirs(os.path.dirname(path), exist_ok=True)
    unfinished = unfinished_name(path)
    try:
        with open(unfinished, "xb") as file:
            file.write(content)
            file.flush()
            with suppress(OSError):  # some file systems cannot sync, and an error of the disk shows elsewhere
                os.fsync(file.fileno())
        try:
            os.link(unfinished, path)
        except FileExistsError:
            return _is_link_of(unfinished, path)
        except OSError:
            return _fill(path, content)
        return True
    finally:
        if os.path.exists(unfinished):
            os.unlink(unfinished)


def _is_link_of(unfinished: str, path: str) -> bool:
    """Whether the link was made after all: NFS may lose the answer and refuse the second try."""
    try:
        return os.path.samefile(unfinished, path)
    except OSError:
        return False


def _fill(path: str, content: bytes) -> bool:
    try:
        with open(path, "xb") as file:
            file.write(content)
    except FileExistsError:
        return False
    return True
