"""The facts of a run: all that is known of it besides its columns, worked out once and kept until its log changes.

They come from the log alone. What also depends on the clock (its state) or on other runs (the rows of a fork) is added
whenever they are used.
"""

from collections.abc import Collection, Mapping
from functools import partial
from typing import Any

import msgspec

from reportgen.artifacts import ArtifactRecord
from reportgen.definitions import MetricDefinition
from reportgen.model import Alert, Attempt, Fork, Problem, Rank
from reportgen.reading.stream import Seen

VERSION = "2"
"""Raised whenever facts are worked out in another way: those of another version are worked out again."""

RankNames = tuple[str, ...]


class Points(msgspec.Struct, array_like=True, frozen=True):
    """Which metrics there are, and which ranks have them.

    Attributes:
        names: of the metrics, in order.
        groups: names of ranks that have a metric in common.
        apart: metric -> which of the groups, where it is not the main rank alone.
    """

    names: tuple[str, ...] = ()
    groups: tuple[RankNames, ...] = ()
    apart: dict[str, int] = msgspec.field(default_factory=dict)

    def ranks(self, metric: str, main: str) -> RankNames:
        """The names of the ranks that have a metric."""
        return self.groups[self.apart[metric]] if metric in self.apart else (main,)


class Signs(msgspec.Struct, array_like=True, frozen=True):
    """What the state of a run is told from.

    Attributes:
        recorded: whether a writer has a run.jsonl.
        mute: whether the writer that it depends on has none, and so no way to say that it is done.
        last: the last sign of life; NaN without one.
        process: host and pid, as far as they are known.
    """

    recorded: bool
    mute: bool
    last: float
    process: dict[str, Any]


class Facts(msgspec.Struct, array_like=True, frozen=True):
    """What the log of a run says, besides its columns.

    Attributes:
        where: the run folder as problems name it.
        seen: the bytes that it was read from.
        name: that the run was given; empty without one.
        looked: paths of media that were looked for, and what was wrong with each.
        listed: the hash of the names of the run's files, where media may be among them; empty without media.
        given: what the summary holds besides what is derived from the rows.
        removed: what the summary does not hold, whatever the rows say.
        environment: packed, for it is large and rarely looked at; as it is where it cannot be.
        problems: each with whether it is one only when the run is not running.
    """

    where: str
    seen: tuple[Seen, ...]
    looked: dict[str, str]
    listed: str
    name: str
    exit_code: int | None
    started: float
    ended: float
    signs: Signs
    tags: tuple[str, ...]
    notes: str
    group: str
    job_type: str
    config: dict[str, Any]
    given: dict[str, Any]
    removed: tuple[str, ...]
    derived: dict[str, Any]
    series: Points
    system: Points
    overwritten: tuple[str, ...]
    media: int
    overwritten_media: int
    console: int
    definitions: tuple[MetricDefinition, ...]
    environment: bytes | dict[str, Any]
    attempts: tuple[Attempt, ...]
    ranks: tuple[Rank, ...]
    fork: Fork | None
    alerts: tuple[Alert, ...]
    artifact_records: tuple[ArtifactRecord, ...]
    rows: int
    problems: tuple[tuple[Problem, bool], ...]


class Shown(msgspec.Struct, array_like=True, frozen=True):
    """What a run shows: its own rows, and before them those of the run that it was forked from."""

    series: Points
    derived: dict[str, Any]
    definitions: tuple[MetricDefinition, ...]


_encode = msgspec.msgpack.Encoder().encode
_decode_mapping = msgspec.msgpack.Decoder(dict[str, Any]).decode
decode_facts = msgspec.msgpack.Decoder(Facts).decode
"""Facts from bytes that `packed_facts` made."""


decode_shown = msgspec.msgpack.Decoder(Shown).decode
"""What a fork shows, from bytes that `packed_facts` made."""


def packed_facts(facts: Facts | Shown) -> bytes | None:
    """Facts as bytes; None if they hold an integer or a file name that msgpack cannot hold."""
    try:
        return _encode(facts)
    except (OverflowError, ValueError, TypeError):
        return None


def packed_mapping(values: dict[str, Any]) -> bytes | dict[str, Any]:
    """A mapping as bytes; as it is if it holds what msgpack cannot hold."""
    try:
        return _encode(values)
    except (OverflowError, ValueError, TypeError):
        return values


def packed_loader(values: bytes | dict[str, Any]) -> "partial[dict[str, Any]]":
    """What gives the mapping that `packed_mapping` packed."""
    return partial(dict, values) if isinstance(values, dict) else partial(_unpacked, values)


def _unpacked(values: bytes) -> dict[str, Any]:
    return _decode_mapping(values)


def points_found(found: Mapping[str, Collection[str]], main: str) -> Points:
    """Which metrics there are, from the names of the ranks that have each."""
    groups: dict[RankNames, int] = {}
    apart: dict[str, int] = {}
    for metric, ranks in found.items():
        if list(ranks) != [main]:
            apart[metric] = groups.setdefault(tuple(ranks), len(groups))
    return Points(tuple(found), tuple(groups), apart)
