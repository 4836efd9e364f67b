"""What the workers of the tests do. A module that they import, wherever they are."""

import os
import signal
import time
from dataclasses import dataclass
from pathlib import Path


def twice(shared: int, item: int) -> int:
    return shared * item


def process_id(shared: object, item: object) -> int:
    return os.getpid()


def refuse(shared: int, item: int) -> int:
    if item == shared:
        raise FileNotFoundError(2, "no such thing", f"item {item}")
    return item


def note(folder: Path, item: int) -> int:
    """Leave a sign that an item was done."""
    with (folder / str(item)).open("a") as file:
        file.write("done\n")
    return item


def die_once(folder: Path, item: int) -> int:
    """Be killed at item 40, the first time."""
    if item == 40:
        try:
            (folder / "killed").touch(exist_ok=False)
        except FileExistsError:
            pass
        else:
            os.kill(os.getpid(), signal.SIGKILL)
    return note(folder, item)


def die_unless(parent: int, item: int) -> tuple[int, bool]:
    """Be killed at item 7 in every process but the parent."""
    if item == 7 and os.getpid() != parent:
        os.kill(os.getpid(), signal.SIGKILL)
    return item, os.getpid() == parent


def wait_for_death(folder: Path, item: int) -> int:
    (folder / f"worker-{os.getpid()}").touch()
    time.sleep(600)
    return item


def pause(folder: Path, item: int) -> int:
    (folder / "begun").touch()
    time.sleep(0.05)
    return item


@dataclass
class Counted:
    """Something shared that leaves a line whenever it is pickled."""

    folder: Path

    def __reduce__(self):
        with (self.folder / "pickled").open("a") as file:
            file.write("pickled\n")
        return Counted, (self.folder,)


def of_counted(shared: Counted, item: int) -> int:
    assert shared.folder.is_dir()
    return item
