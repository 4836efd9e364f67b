"""Which runs of a project descend from which, and what each of them shows with the rows of those before it."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from reportgen import schema
from reportgen.model import Problem, Series
from reportgen.reading.facts import Shown, points_found
from reportgen.reading.forks import Known, Link, next_known
from reportgen.reading.own_run import OwnRun
from reportgen.reading.summary import derived_summary


@dataclass(frozen=True, slots=True, eq=False)
class Family:
    """The runs of a project by id, parents before their forks.

    Attributes:
        parents: of each fork whose parent's rows are shown before its own.
        problems: of each fork whose parent's are not.
    """

    runs: Mapping[str, OwnRun]
    parents: Mapping[str, str] = field(default_factory=dict)
    problems: Mapping[str, Problem] = field(default_factory=dict)

    def line(self, name: str) -> list[str]:
        """The runs that one comes from, the first one first, and itself at the end."""
        found = [name]
        while found[-1] in self.parents:
            found.append(self.parents[found[-1]])
        return found[::-1]

    def link(self, name: str) -> Link:
        """A run as a part of a line."""
        run = self.runs[name]
        return Link(run.content, run.facts.started, run.facts.fork if name in self.parents else None)


def family(runs: Sequence[OwnRun]) -> Family:
    """Who descends from whom."""
    own = {run.id: run for run in runs}
    parents: dict[str, str] = {}
    problems: dict[str, Problem] = {}
    order: dict[str, OwnRun] = {}
    for name in own:
        line = _line(name, own, order)
        fork = own[line[-1]].facts.fork if line else None
        # Runs that are forks of each other have no beginning: each stands alone.
        circle = line[line.index(fork.run) :] if fork is not None and fork.run in line else []
        for known in reversed(line):
            order[known] = own[known]
            origin = own[known].facts.fork
            if origin is None:
                continue
            if known in circle:
                problems[known] = _alone(own[known], "is a fork of it")
            elif origin.run not in own:
                problems[known] = _alone(own[known], "is not in this project")
            else:
                parents[known] = origin.run
    return Family(order, parents, problems)


def _line(name: str, own: Mapping[str, OwnRun], done: Mapping[str, OwnRun]) -> list[str]:
    """A run and its ancestors, the oldest last; up to one that is done or missing, or comes a second time."""
    line: dict[str, None] = {}
    while name in own and name not in done and name not in line:
        line[name] = None
        fork = own[name].facts.fork
        if fork is None:
            break
        name = fork.run
    return list(line)


def _alone(one: OwnRun, why: str) -> Problem:
    """Why a fork is without its parent's rows."""
    fork = one.facts.fork
    origin = f"run {fork.run[:200]} at step {fork.step:g}" if fork else ""
    what = f"forked from {origin}, which {why}: only its own rows are shown"
    return Problem(f"{one.folder.where}/{schema.RUN_FILE}", what)


def line_keys(relatives: Family) -> dict[str, str]:
    """For each fork, and those it comes from, what all that it shows depends on: a hash of the logs of its line."""
    keys: dict[str, str] = {}
    concerned = {*relatives.parents, *relatives.parents.values()}
    for name, run in relatives.runs.items():
        if name not in concerned:
            continue
        parent = relatives.parents.get(name)
        before = keys[parent] if parent is not None else ""
        said = repr((before, name, run.facts.seen, run.facts.definitions))
        keys[name] = hashlib.sha256(said.encode("utf-8", "surrogatepass"), usedforsecurity=False).hexdigest()
    return keys


def shown_by(relatives: Family, wanted: Sequence[str]) -> dict[str, Shown]:
    """What forks show.

    One line is followed after the other, each as far as it is not that of the fork before, so that only what the runs
    of one line show is in memory.
    """
    found: dict[str, Shown] = {}
    definitions = {name: run.facts.definitions for name, run in relatives.runs.items()}
    for name, parent in ((each, relatives.parents[each]) for each in relatives.runs if each in relatives.parents):
        told = {known.name for known in definitions[name]}
        definitions[name] = (*(known for known in definitions[parent] if known.name not in told), *definitions[name])
    path: list[tuple[str, Link, Known]] = []
    for line in sorted(relatives.line(name) for name in wanted):
        shared = len(_in_common([each for each, _, _ in path], line))
        del path[shared:]
        for name in line[shared:]:
            link = relatives.link(name)
            _, before, known = path[-1] if path else ("", None, None)
            path.append((name, link, next_known(before, known, link)))
        name, _, known = path[-1]
        series: dict[str, Series] = {metric: next(iter(of.values())) for metric, of in known.points.items()}
        main = known.ranks[0].name if known.ranks else ""
        found[name] = Shown(
            points_found({metric: tuple(of) for metric, of in known.points.items()}, main),
            derived_summary(series, definitions[name]),
            definitions[name],
        )
    return found


def _in_common(one: Sequence[str], other: Sequence[str]) -> Sequence[str]:
    """What two lines begin with."""
    for place, (each, also) in enumerate(zip(one, other, strict=False)):
        if each != also:
            return one[:place]
    return one[: len(other)]
