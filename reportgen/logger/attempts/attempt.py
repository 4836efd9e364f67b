"""One life of one writer of a run: its name, its number, and what it goes on from."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import count

from reportgen.logger.config import merge

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from reportgen.logger.attempts.earlier import Earlier
    from reportgen.logger.attempts.ranks import Rank
    from reportgen.logger.attempts.unfinished import Unfinished
    from reportgen.logger.writing.run_log import Writer


class Attempt:
    """Which writer of a run this process is, and which attempt; made by `attempt_plan.plan_attempt`.

    Attributes:
        number: 1 for the first, one more each time that somebody goes on.
        starting_step: the step of its first row.
        resumed: it goes on with a run that was there.
        rewind: the step after which it throws away what earlier attempts logged.
        fork: the run and the step that its run begins as a copy of.
        rank: which process of a distributed job; None for one that is alone.
        claims: the names that it may write under, see `run_log.RunLog`. The first free one is its own.
        described: the name, tags and so on are this writer's to say.
        config: what the launcher says about it, such as the task of an array of jobs.
        earlier: what was logged before.
        unfinished: remembers the run until it has finished, for ``resume="auto"``.
        group: the group that it belongs to unless one is given.
        notice: something that a person should know; "" for nothing.
    """

    def __init__(self) -> None:
        self.number = 1
        self.starting_step = 0
        self.resumed = False
        self.rewind: int | None = None
        self.fork: tuple[str, int] | None = None
        self.rank: Rank | None = None
        self.claims: Iterable[Writer] = (("", number) for number in count(1))
        self.described = True
        self.config: dict[str, Any] = {}
        self.earlier: Earlier | None = None
        self.unfinished: Unfinished | None = None
        self.group = ""
        self.notice = ""

    def described_by(self, default: Mapping[str, object], given: Mapping[str, object]) -> dict[str, object]:
        """Name, tags and so on: those given, else the earlier ones, else the default."""
        grouped = {"group": self.group} if self.group else {}
        return {**default, **grouped, **(self.earlier.fields if self.earlier else {}), **given}

    def config_with(self, given: Mapping[str, object]) -> dict[str, Any]:
        """The configuration: what is given, merged into the earlier one."""
        values: dict[str, Any] = {}
        merge(values, self.earlier.config if self.earlier else {})
        merge(values, given)
        return values

    def summary_before(self) -> tuple[Mapping[str, Any], Iterable[str]]:
        """The values of the summary that were set by hand before, and the keys that were deleted."""
        return (self.earlier.summary, self.earlier.removed) if self.earlier else ({}, ())

    def said(self, fields: Mapping[str, object], run_id: str, number: int) -> dict[str, object]:
        """What of the description goes into the start record. The default name would replace the one given before."""
        unnamed = number > 1 and fields.get("name") == run_id
        return {name: value for name, value in fields.items() if self.described and not (unnamed and name == "name")}

    def place(self, writer: str, number: int) -> dict[str, Any]:
        """What the start record says about it.

        Args:
            writer: the name that it got.
            number: the number that it got.
        """
        fields: dict[str, Any] = {"attempt": number, "starting_step": self.starting_step}
        if self.rewind is not None:
            fields["rewind"] = {"step": self.rewind}
        if self.fork is not None:
            fields["fork"] = {"run": self.fork[0], "step": self.fork[1]}
        if self.rank is not None:
            fields["rank"], fields["world_size"] = self.rank.rank, self.rank.world_size
            if self.rank.local_rank is not None:
                fields["local_rank"] = self.rank.local_rank
            if self.rank.job:
                fields["job"] = self.rank.job
        elif writer:
            fields["label"] = writer
        return fields
