"""What is measured on a page: who does it, which tasks there are, and what was promised."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.browser.packages import package

SUBJECTS = Path(__file__).resolve().parent / "subjects"


@dataclass(frozen=True)
class Subject:
    """A library, and the script in ``subjects/`` that drives it.

    Attributes:
        name: as the table of results has it.
        script: puts an object with a function for each task of the contest into ``bench.subjects[name]``, and one
            called ``shown``: it is not timed and gives what can be seen, which must be what the contest expects.
            ``prepare``, where there is one, comes before the first task.
        package: ``name@version`` from npm; none for our own.
        files: of the package, loaded before the script: scripts and style sheets.
    """

    name: str
    script: str
    package: str = ""
    files: tuple[str, ...] = ()

    def sources(self) -> list[Path]:
        """Every file of it, in the order in which a page loads them."""
        folder = package(self.package) if self.package else SUBJECTS
        return [*(folder / file for file in self.files), SUBJECTS / self.script]


@dataclass(frozen=True)
class Contest:
    """Tasks that several libraries do on the same data.

    Attributes:
        title: as the table of results has it.
        subjects: our own is called ``reportgen``.
        budgets: milliseconds by task, in the order in which they are done; None where nothing was promised.
        write: makes the data below a folder: files that the page loads are returned, the others it may ask for.
        expected: what ``shown`` must be after each task.
        multiples: by task, how many times the other library's time ours may be, at most.
    """

    title: str
    subjects: tuple[Subject, ...]
    budgets: Mapping[str, float | None]
    write: Callable[[Path], list[Path]]
    expected: Callable[[], Mapping[str, object]]
    multiples: Mapping[str, float] = field(default_factory=dict)
