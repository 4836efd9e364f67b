"""What a chart is asked to show."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from reportgen.errors import BlockError
from reportgen.model import Project, Run


@dataclass(frozen=True, slots=True)
class ChartRequest:
    """A chart to be made.

    Attributes:
        project: the project of the runs.
        runs: the run set, in project order; not empty.
        options: keys of a ``chart`` block: metric, metrics, x, y, smooth, log_y, color, group, title, caption, height,
            bins.
        id: of the element.
        cache: folder where compiled specifications are kept between builds; None keeps them in memory only.
    """

    project: Project
    runs: tuple[Run, ...]
    options: Mapping[str, Any]
    id: str
    cache: Path | None = None

    def metrics(self) -> tuple[str, ...]:
        """The metrics asked for, by ``metric`` or ``metrics``."""
        value = self.options.get("metrics", self.options.get("metric", ()))
        return (value,) if isinstance(value, str) else tuple(value)

    def text(self, key: str, default: str = "") -> str:
        """A text option."""
        value = self.options.get(key, default)
        return value if isinstance(value, str) else default

    def run_ids(self) -> list[str] | None:
        """The ids of the runs; None when they are all of the project's."""
        return None if len(self.runs) == len(self.project.runs) else [run.id for run in self.runs]

    def needed(self, key: str) -> str:
        """A text option that the chart cannot do without; BlockError if it is missing."""
        value = self.text(key)
        if not value:
            raise BlockError(f"a {self.text('kind', 'line')} chart needs {key!r}", remedy=f"add a line '{key}: …'")
        return value
