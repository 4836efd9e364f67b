"""What stands beside the curves of a run: those of its other ranks, their band, and what attempts have replaced.

A page loads them only when somebody asks: sixty-four ranks weigh sixty-four times as much as what is shown at first.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from reportgen.document import Dataset
from reportgen.frames import axis_of_run, band_curve, curve_along, placed, tail_column, x_column
from reportgen.model import Run, Series, Tail
from reportgen.site.curve_data import reference
from reportgen.site.data_files import DataFiles
from reportgen.site.links import slugs

HOST_CHARACTERS = 40


def write_beside(run: Run, number: int, place: tuple[str, DataFiles], *, system: bool) -> dict[str, Any]:
    """Write the datasets and return the fields of ``RunCurves`` that lead to them; none for a run of one process.

    Args:
        run: the run.
        number: its index in the project.
        place: the beginning of the keys, and where to write.
        system: its system metrics instead of those it logged.
    """
    folder, data = place
    by_rank = {metric: of for metric, of in (run.system_by_rank if system else run.by_rank).items() if len(of) > 1}
    # A system metric is of a machine, so its name is worth more than the number of the process that looked.
    hosts = {rank.name: rank.host for rank in run.ranks if rank.host} if system else {}
    fields: dict[str, Any] = {}
    if by_rank:
        names = slugs(by_rank)
        ranks = {}
        for metric, of_ranks in by_rank.items():
            axis = "" if system else axis_of_run(run, metric)
            payload = {"run": number, "curves": {metric: _curves(of_ranks, (run, number), hosts, axis)}}
            ranks[metric] = reference(data.write(Dataset(f"{folder}/ranks/{names[metric]}/curves", payload)))
        bands = {metric: _band(of_ranks, run, number, system=system) for metric, of_ranks in by_rank.items()}
        fields["ranks"] = ranks
        fields["bands"] = reference(data.write(Dataset(f"{folder}/bands", {"run": number, "curves": bands})))
    if run.overwritten and not system:
        curves = {metric: [_tail(tail, run, number) for tail in tails] for metric, tails in run.overwritten.items()}
        fields["overwritten"] = reference(
            data.write(Dataset(f"{folder}/overwritten", {"run": number, "curves": curves}))
        )
    return fields


def _curves(
    of_ranks: Mapping[str, Series], run: tuple[Run, int], hosts: Mapping[str, str], axis: str
) -> list[dict[str, Any]]:
    curves = []
    for name, points in of_ranks.items():
        shown = f"{name}, {hosts[name][:HOST_CHARACTERS]}" if name in hosts else name
        x = x_column(run[0], axis, points, rank=name) if axis else None
        curves.append({"rank": shown, "curve": curve_along(points, *run, x)})
    return curves


def _band(of_ranks: Mapping[str, Series], run: Run, number: int, *, system: bool) -> dict[str, Any]:
    """The band of a metric; along another metric it is one of its own, for ranks then meet at other places."""
    ranks = list(of_ranks.values())
    band = band_curve(ranks, run, number, along_time=system)
    axis = "" if system else axis_of_run(run, ranks[0].metric)
    if not axis:
        return band
    there = [placed(points, x_column(run, axis, points, rank=name)) for name, points in of_ranks.items()]
    along = [replace(one.points, steps=one.x) for one in there if one is not None]
    if not along:
        return band
    over = band_curve(along, run, number)
    return {**band, "over": {**over, "x": over["step"]}}


def _tail(tail: Tail, run: Run, number: int) -> dict[str, Any]:
    axis = axis_of_run(run, tail.points.metric)
    x = tail_column(run, axis, tail) if axis else None
    return {"rank": tail.rank, "attempt": tail.attempt, "curve": curve_along(tail.points, run, number, x)}
