"""What stands beside the curves of a run: those of its other ranks, their band, and what attempts have replaced.

A page loads them only when somebody asks: sixty-four ranks weigh sixty-four times as much as what is shown at first.
"""

from collections.abc import Mapping
from typing import Any

from reportgen.document import DataRef, Dataset
from reportgen.frames import band_curve, overview_curve
from reportgen.model import Run, Series, Tail
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
            payload = {"run": number, "curves": {metric: _curves(of_ranks, run, number, hosts)}}
            ranks[metric] = _ref(data.write(Dataset(f"{folder}/ranks/{names[metric]}/curves", payload)))
        bands = {
            metric: band_curve(list(of_ranks.values()), run, number, along_time=system)
            for metric, of_ranks in by_rank.items()
        }
        fields["ranks"] = ranks
        fields["bands"] = _ref(data.write(Dataset(f"{folder}/bands", {"run": number, "curves": bands})))
    if run.overwritten and not system:
        curves = {metric: [_tail(tail, run, number) for tail in tails] for metric, tails in run.overwritten.items()}
        fields["overwritten"] = _ref(data.write(Dataset(f"{folder}/overwritten", {"run": number, "curves": curves})))
    return fields


def _curves(of_ranks: Mapping[str, Series], run: Run, number: int, hosts: Mapping[str, str]) -> list[dict[str, Any]]:
    names = {name: f"{name}, {hosts[name][:HOST_CHARACTERS]}" if name in hosts else name for name in of_ranks}
    return [{"rank": names[name], "curve": overview_curve(points, run, number)} for name, points in of_ranks.items()]


def _tail(tail: Tail, run: Run, number: int) -> dict[str, Any]:
    return {"rank": tail.rank, "attempt": tail.attempt, "curve": overview_curve(tail.points, run, number)}


def _ref(ref: DataRef) -> dict[str, str]:
    return {"key": ref.key, "url": ref.url}
