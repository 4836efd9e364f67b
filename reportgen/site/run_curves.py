"""The curves of one run, each as it stands in the run's own dataset and in the overview of its metric, encoded."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from reportgen.frames import OVERVIEW_ENTRIES, RAW_ROWS, LineFacts, axis_of_run, line_facts, points_of, preview_of
from reportgen.model import Run
from reportgen.site import previews
from reportgen.site.curve_data import CurveData
from reportgen.site.data_files import DataFiles, encode_script
from reportgen.site.known_tiles import KnownTiles
from reportgen.site.links import Links
from reportgen.site.site_files import SiteFiles


@dataclass(frozen=True, slots=True)
class RunDataPlan:
    """What the datasets of all runs of a project share.

    Attributes:
        links: keys of datasets.
        files: of the site.
        tiles: remembers the tiles of each run.
        axes: metric -> the metric that the project's runs are drawn over together; missing for the step.
        entries: of each curve in an overview, at most.
        preview: entries of each curve in a preview; 0 for none.
        largest: bytes of a file of a run that is copied into the site, at most.
    """

    links: Links
    files: SiteFiles
    tiles: KnownTiles
    axes: Mapping[str, str]
    entries: int
    preview: int = 0
    largest: int = 0


class Name(NamedTuple):
    """A metric of a run, and whether it is one of the system."""

    system: bool
    metric: str

    def __str__(self) -> str:
        return f"{'system' if self.system else 'ov'}/{self.metric}"


def names_of(run: Run) -> list[Name]:
    """All metrics that a run has logged, and all of its system."""
    logged = (Name(system=False, metric=metric) for metric in run.series)
    return [*logged, *(Name(system=True, metric=metric) for metric in run.system)]


@dataclass(frozen=True, slots=True)
class RunCurves:
    """Makes the curves of a run, which has a number in its project."""

    plan: RunDataPlan
    run: Run
    number: int
    made: CurveData

    @classmethod
    def of(cls, plan: RunDataPlan, run: Run, number: int) -> "RunCurves":
        """For a run, with what is known of its tiles."""
        data = DataFiles(plan.files.fresh(), plan.links.prefix)
        known = plan.tiles.of(plan.links.run_slug(run))
        return cls(plan, run, number, CurveData(plan.links, data, plan.entries, known))

    def is_long(self, name: Name) -> bool:
        """Whether a curve has levels of its own."""
        return len(self.made.points(self.run, name.metric, system=name.system)) > RAW_ROWS

    def own(self, name: Name) -> dict[str, Any]:
        """A curve as the run itself wants it drawn."""
        return self.made.of(self.run, self.number, name.metric, self._axis(name), system=name.system)

    def facts(self, name: Name) -> LineFacts:
        """What the line of a metric shows."""
        return line_facts(self.made.points(self.run, name.metric, system=name.system))

    def share(self, name: Name, own: Mapping[str, Any]) -> bytes:
        """The same in the overview of all runs."""
        axis = "" if name.system else self.plan.axes.get(name.metric, "")
        if self.plan.entries == OVERVIEW_ENTRIES and axis == self._axis(name):
            return encode_script(own)
        return encode_script(self.made.overview(self.run, self.number, name.metric, axis, system=name.system))

    def preview(self, name: Name) -> bytes | None:
        """The curve in the preview of all runs; None where there is none: over another metric, or of the system."""
        if not self.plan.preview or name.system or name.metric in self.plan.axes:
            return None
        series = self.made.points(self.run, name.metric, system=False)
        if not len(series):
            return None
        points, entries = points_of(series, self.run), self.plan.preview
        places = self.made.levels.axes.preview_places(points, entries)
        return previews.packed(self.number, preview_of(points, places))

    def _axis(self, name: Name) -> str:
        return "" if name.system else axis_of_run(self.run, name.metric)
