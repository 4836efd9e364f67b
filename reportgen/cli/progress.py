"""Progress of long work as bars on a terminal, and nothing anywhere else."""

import time
from types import TracebackType
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

PATIENCE = 0.4
"""Seconds of work before bars appear: what is over by then needs none."""
REFRESH = 0.1
"""Seconds between two drawings of the bars."""


class Bars:
    """Hears of progress and draws a bar for each stage; they are gone when the work is done.

    Args:
        shown: whether anything is drawn at all.
    """

    def __init__(self, *, shown: bool) -> None:
        self._shown = shown
        self._began, self._drawn = time.monotonic(), 0.0
        self._bars: Progress | None = None
        self._stages: dict[str, TaskID] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        if self._bars is not None:
            self._bars.stop()

    def __call__(self, stage: str, done: int, total: int) -> None:
        """Take note of how many of a stage are done."""
        now = time.monotonic()
        if not self._shown or now - self._began < PATIENCE:
            return
        bars = self._bars = self._bars or _bars()
        if stage not in self._stages:
            self._stages[stage] = bars.add_task(stage, total=total)
        bars.update(self._stages[stage], completed=done, total=total)
        if now - self._drawn >= REFRESH or done == total:
            bars.refresh()
            self._drawn = now


def _bars() -> "Progress":
    """Bars on the standard error stream, drawn only when told to: a thread that draws would not survive a fork."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    bars = Progress(*columns, console=Console(stderr=True), transient=True, auto_refresh=False)
    bars.start()
    return bars
