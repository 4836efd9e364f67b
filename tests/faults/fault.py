"""What a fault is, and how its script is run: in a process of its own, with the real fault wherever it can be had."""

import contextlib
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.faults.without import Guard
from tests.logger.logs import environment, lines

LONGEST, LONGEST_WITHOUT = 30, 4
"""Seconds that a script may take, and one whose logger lacks a guard. One that hangs is ended, and has failed."""
HEAD = """
import faulthandler, os, resource, signal, sys, threading, time
faulthandler.dump_traceback_later({longest}, exit=True, file=open("hanging.txt", "w"))
{without}
import reportgen
most_memory = lambda: int(open("/proc/self/status").read().partition("VmHWM:")[2].split()[0])
begin = lambda **options: reportgen.init(**{{"project": "p", "id": "r", "capture": False, **options}})
"""


@dataclass(frozen=True)
class Outcome:
    """What came of a script."""

    folder: Path
    status: int
    out: str
    err: str

    @property
    def warnings(self) -> list[str]:
        """What the logger said."""
        return [line for line in self.err.splitlines() if line.startswith("reportgen: ")]

    @property
    def run(self) -> Path:
        """The folder of the run."""
        return self.folder / "runs" / "p" / "r"

    @property
    def rows(self) -> list[dict[str, Any]]:
        """The rows; a torn or bad line fails the test."""
        return lines(self.run / "metrics.jsonl")

    @property
    def numbers(self) -> list[Any]:
        """The value ``i`` of each row."""
        return [row["i"] for row in self.rows if "i" in row]

    @property
    def exit_code(self) -> int | None:
        """Of the finish record."""
        found = [record["exit_code"] for record in lines(self.run / "run.jsonl") if record["type"] == "finish"]
        return found[0] if found else None


@dataclass(frozen=True)
class Fault:
    """A fault and what must come of it.

    Attributes:
        name: for people.
        script: what a person's script does; it prints ``done`` when nothing was raised into it.
        check: asserts what must be true afterwards.
        strict: what a strict run raises; "" where nothing is lost, so that nothing is raised.
        place: makes ``runs`` a place of its own, such as a small disk.
        root: whether only root can bring the fault about.
        environment: variables of the script.
    """

    name: str
    script: str
    check: Callable[[Outcome], None]
    strict: str = ""
    place: Callable[[Path], contextlib.AbstractContextManager[None]] = lambda _: contextlib.nullcontext()
    root: bool = False
    environment: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Job:
    """A run of a fault's script.

    Attributes:
        fault: which.
        strict: the run is.
        without: a guard that is removed from the logger.
    """

    fault: Fault
    strict: bool = False
    without: Guard | None = None

    def __str__(self) -> str:
        return f"{self.fault.name}{'-strict' if self.strict else ''}{f'-{self.without.what}' if self.without else ''}"

    def run(self, folder: Path) -> Outcome | str:
        """Run the script; gives why not if this machine cannot bring the fault about."""
        if self.fault.root and os.geteuid() != 0:
            return "only root can bring it about"
        without = self.without.code() if self.without else ""
        (folder / "train.py").write_text(
            HEAD.format(longest=LONGEST_WITHOUT if without else LONGEST, without=without) + self.fault.script
        )
        more = dict(self.fault.environment) | ({"REPORTGEN_STRICT": "1"} if self.strict else {})
        with contextlib.ExitStack() as stack:
            try:
                stack.enter_context(self.fault.place(folder))
            except (OSError, subprocess.CalledProcessError) as error:
                return f"the place cannot be made: {error}"
            done = subprocess.run(
                [sys.executable, "train.py"],
                cwd=folder,
                env=environment(**more),
                capture_output=True,
                text=True,
                errors="replace",
                check=False,
                timeout=LONGEST + 30,
            )
        return Outcome(folder, done.returncode, done.stdout, done.stderr)


def usable(outcome: Outcome | str) -> Outcome:
    """The outcome, unless there is none on this machine."""
    if isinstance(outcome, str):
        pytest.skip(outcome)
    return outcome


def goes_on(*warnings: str, rows: int | None = None) -> Callable[[Outcome], None]:
    """A check: the script came to its end, one warning each was given, and rows with ``i`` from 0 are there."""

    def check(outcome: Outcome) -> None:
        assert (outcome.status, outcome.out) == (0, "done\n"), outcome.err
        assert len(outcome.warnings) == len(warnings), outcome.err
        assert all(part in line for part, line in zip(warnings, outcome.warnings, strict=True)), outcome.err
        assert not [line for line in outcome.err.splitlines() if not line.startswith(("reportgen: ", "  "))], (
            outcome.err
        )
        if rows is not None:
            assert outcome.numbers == list(range(rows))
        assert outcome.exit_code == 0

    return check


@contextlib.contextmanager
def small_disk(folder: Path, *options: str):
    """``runs`` on a disk of 256 kB."""
    runs = folder / "runs"
    runs.mkdir()
    wanted = ",".join(["size=256k", *options])
    subprocess.run(["mount", "-t", "tmpfs", "-o", wanted, "tmpfs", runs], check=True, capture_output=True)
    try:
        yield
        shutil.copytree(runs, folder / "kept")
    finally:
        subprocess.run(["umount", "-l", runs], check=True)
    runs.rmdir()
    (folder / "kept").rename(runs)


@contextlib.contextmanager
def anybodys_folder(folder: Path):
    """``runs`` where a process that is no longer root can reach it."""
    with tempfile.TemporaryDirectory(prefix="anybodys-") as place:
        Path(place).chmod(0o777)
        (folder / "runs").symlink_to(place)
        yield
        (folder / "runs").unlink()
        shutil.copytree(place, folder / "runs")


def read_only_disk(folder: Path) -> contextlib.AbstractContextManager[None]:
    """``runs`` on a disk that nobody may write to."""
    return small_disk(folder, "ro")
