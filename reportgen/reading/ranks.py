"""The ranks of a run: who logs at the same time, and the attempts of each, in order.

A start record says which rank or labelled writer it is of, and which attempt. A log that says neither is judged by the
names of its files (``metrics.rank1.2.jsonl``) and its times: a writer that began after the last sign of life of those
before it is a later attempt, and one that wrote at the same time is a rank of its own.
"""

import math
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np

from reportgen.model import Attempt, Rank
from reportgen.reading.records import replay
from reportgen.reading.writers import MOST, Writer

LONGEST_NAME = 80
_RANKED = re.compile(r"rank(\d{1,9})(?:\.(\d{1,9}))?")
_NUMBERED = re.compile(r"\d{1,9}")

_Key = tuple[int, str]
"""Rank and "", or -1 and the name of a writer that has none."""
_MAIN: _Key = (0, "")


@dataclass(frozen=True, slots=True, eq=False)
class RankLog:
    """What one rank logged: its attempts, in order."""

    rank: Rank
    attempts: tuple[tuple[Attempt, Writer], ...]

    @property
    def writers(self) -> tuple[Writer, ...]:
        """The writers of the attempts."""
        return tuple(writer for _, writer in self.attempts)


def rank_logs(writers: Iterable[Writer]) -> tuple[RankLog, ...]:
    """The ranks, the main one first. Writers come as `writers_of` gives them."""
    members = _members(writers)
    distributed = any(rank > 0 for rank, _ in members) or any(w.start.rank == 0 for w in members.get(_MAIN, ()))
    keys = sorted(members, key=lambda key: _place(key, members[key]))
    names: dict[str, _Key] = {}
    for key in keys:
        name = _name(key, distributed=distributed)
        names[_free(name, names)] = key
    return tuple(_rank_log(name, key, members[key], distributed=distributed) for name, key in names.items())


def _members(writers: Iterable[Writer]) -> dict[_Key, list[Writer]]:
    members: dict[_Key, list[Writer]] = {}
    last = math.nan  # nothing follows a writer without times
    for writer in writers:
        key = _declared(writer)
        if key is None:
            key = _MAIN if not writer.name or writer.first > last else (-1, writer.name)
        if key == _MAIN:
            last = float(np.fmax(last, writer.last))
        members.setdefault(key, []).append(writer)
    return members


def _declared(writer: Writer) -> _Key | None:
    """What the start record or the name of the files says; None if neither does."""
    if writer.start.rank is not None:
        return writer.start.rank, ""
    if writer.start.label:
        return -1, writer.start.label
    if writer.start.attempt is not None and (not writer.name or _NUMBERED.fullmatch(writer.name)):
        return _MAIN
    ranked = _RANKED.fullmatch(writer.name)
    return (int(ranked[1]), "") if ranked else None


def _place(key: _Key, members: Iterable[Writer]) -> tuple[int, int]:
    """The rank with the unnamed files is the main one, then come ranks by number, then others as they began."""
    if any(not writer.name for writer in members):
        return 0, 0
    return (1, key[0]) if key[0] >= 0 else (2, 0)


def _name(key: _Key, *, distributed: bool) -> str:
    rank, name = key
    if rank >= 0:
        return f"rank {rank}" if distributed else "main"
    return name if len(name) <= LONGEST_NAME else f"{name[: LONGEST_NAME - 1]}…"


def _free(name: str, taken: Mapping[str, object]) -> str:
    """The name, with a number if another rank has it."""
    number = 2
    free = name
    while free in taken:
        free, number = f"{name} ({number})", number + 1
    return free


def _rank_log(name: str, key: _Key, members: Iterable[Writer], *, distributed: bool) -> RankLog:
    attempts: list[tuple[Attempt, Writer]] = []
    for writer in sorted(members, key=_order):
        known = writer.start.attempt or _number_in_name(writer.name)
        before = attempts[-1][0].number if attempts else 0
        attempts.append((_attempt(max(known or 1, before + 1), writer), writer))
    first, last = attempts[0][0], attempts[-1][0]
    starts = [writer.start for _, writer in reversed(attempts)]
    rank = Rank(
        name=name,
        rank=key[0] if key[0] >= 0 and distributed else None,
        label=next((start.label for start in starts if start.label), ""),
        host=last.host,
        local_rank=starts[0].local_rank,
        world_size=starts[0].world_size,
        pid=last.pid,
        started=first.started,
        ended=last.ended,
        exit_code=last.exit_code,
        attempts=len(attempts),
    )
    return RankLog(rank, tuple(attempts))


def _order(writer: Writer) -> tuple[int, bool, float, str]:
    number = writer.start.attempt or _number_in_name(writer.name) or MOST + 1
    return number, math.isnan(writer.first), writer.first, writer.name


def _number_in_name(name: str) -> int | None:
    """The attempt that the names of the files speak of; None if they do not."""
    if not name:
        return 1
    ranked = _RANKED.fullmatch(name)
    if ranked:
        return int(ranked[2] or 1)
    return int(name) if _NUMBERED.fullmatch(name) else None


def _attempt(number: int, writer: Writer) -> Attempt:
    said = replay(writer.records or ())
    steps = writer.metrics.steps
    return Attempt(
        number=number,
        writer=writer.name,
        started=writer.first if math.isnan(said.started) else said.started,
        ended=writer.last if math.isnan(said.ended) else said.ended,
        first_step=float(steps[0]) if len(steps) else math.nan,
        last_step=float(steps[-1]) if len(steps) else math.nan,
        exit_code=said.exit_code,
        preempted=said.preempting and said.exit_code != 0,
        host=writer.start.host,
        pid=writer.start.pid,
    )
