"""What stands beside the curves of a run: those of its other ranks, their band, and what attempts have replaced.

A page loads them only when somebody asks: sixty-four ranks weigh sixty-four times as much as what is shown at first.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from reportgen.document import Dataset
from reportgen.frames import axis_of_run, band_points, placed, tail_column, x_column
from reportgen.model import Run, Series, Tail
from reportgen.site.curve_data import CurveData
from reportgen.site.level_data import reference
from reportgen.site.links import slugs

HOST_CHARACTERS = 40


def write_beside(run: Run, number: int, curves: CurveData, *, system: bool) -> dict[str, Any]:
    """Write the datasets and return the fields of ``RunCurves`` that lead to them; none for a run of one process.

    Args:
        run: the run.
        number: its index in the project.
        curves: makes curves, and knows where to write.
        system: its system metrics instead of those it logged.
    """
    folder = curves.links.run_key(run, "system") if system else curves.links.run_key(run)
    beside = _Beside(run, number, curves, folder, system=system)
    write = curves.data.write
    fields: dict[str, Any] = {}
    by_rank = {metric: of for metric, of in (run.system_by_rank if system else run.by_rank).items() if len(of) > 1}
    if by_rank:
        names = slugs(by_rank)
        ranks = {}
        bands = {}
        for metric, of_ranks in by_rank.items():
            payload = {"run": number, "curves": {metric: beside.ranks(of_ranks, names[metric])}}
            ranks[metric] = reference(write(Dataset(f"{folder}/ranks/{names[metric]}/curves", payload)))
            bands[metric] = beside.band(of_ranks, names[metric])
        fields["ranks"] = ranks
        fields["bands"] = reference(write(Dataset(f"{folder}/bands", {"run": number, "curves": bands})))
    if run.overwritten and not system:
        names = slugs(run.overwritten)
        tails = {metric: beside.tails(of, names[metric]) for metric, of in run.overwritten.items()}
        fields["overwritten"] = reference(write(Dataset(f"{folder}/overwritten", {"run": number, "curves": tails})))
    return fields


@dataclass(frozen=True, slots=True)
class _Beside:
    """Makes what stands beside the curves of one run."""

    run: Run
    number: int
    made: CurveData
    folder: str
    system: bool

    def ranks(self, of_ranks: Mapping[str, Series], slug: str) -> list[dict[str, Any]]:
        """The ``RankCurve`` of each rank."""
        # A system metric is of a machine, so its name is worth more than the number of the process that looked.
        hosts = {rank.name: rank.host for rank in self.run.ranks if rank.host} if self.system else {}
        curves = []
        for place, (name, points) in enumerate(of_ranks.items()):
            shown = f"{name}, {hosts[name][:HOST_CHARACTERS]}" if name in hosts else name
            axis = self._axis(points.metric)
            x = x_column(self.run, axis, points, rank=name) if axis else None
            key = f"{self.folder}/ranks/{slug}/{place}"
            curves.append({"rank": shown, "curve": self.made.beside(points, (self.run, self.number), x, key)})
        return curves

    def band(self, of_ranks: Mapping[str, Series], slug: str) -> dict[str, Any]:
        """The band of a metric; along another metric it is one of its own, for ranks then meet at other places."""
        ranks = list(of_ranks.values())
        key = f"{self.folder}/bands/{slug}/band"
        points = band_points(ranks, self.run, along_time=self.system)
        band = self.made.levels.curve(points, self.number, key)
        axis = self._axis(ranks[0].metric)
        if not axis:
            return band
        there = [placed(points, x_column(self.run, axis, points, rank=name)) for name, points in of_ranks.items()]
        along = [replace(one.points, steps=one.x) for one in there if one is not None]
        if not along:
            return band
        over = band_points(along, self.run)
        return {**band, "over": self.made.levels.curve(replace(over, x=over.step), self.number, f"{key}/over")}

    def tails(self, of_metric: Sequence[Tail], slug: str) -> list[dict[str, Any]]:
        """The ``RankCurve`` of each attempt."""
        curves = []
        for place, tail in enumerate(of_metric):
            axis = self._axis(tail.points.metric)
            x = tail_column(self.run, axis, tail) if axis else None
            key = f"{self.folder}/overwritten/{slug}/{place}"
            curve = self.made.beside(tail.points, (self.run, self.number), x, key)
            curves.append({"rank": tail.rank, "attempt": tail.attempt, "curve": curve})
        return curves

    def _axis(self, metric: str) -> str:
        return "" if self.system else axis_of_run(self.run, metric)
