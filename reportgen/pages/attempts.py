"""Who logged a run, and how often it was started: the tables of its attempts and ranks."""

import math

from reportgen import schema
from reportgen.document import Cell, Column, Listing
from reportgen.model import Attempt, Rank, Run
from reportgen.numbers import format_duration, format_number, format_time

PREEMPTED = "preempted"
MOST_ROWS = 200
_NUMBER, _STATE, _TEXT = "number", "state", "string"


def attempts_table(run: Run) -> Listing | None:
    """A row for each life of the main process; None when it had one."""
    if len(run.attempts) < 2:  # noqa: PLR2004
        return None
    heads = (("Attempt", _NUMBER), ("Started", _TEXT), ("Duration", _NUMBER), ("Steps", _NUMBER), ("Host", _TEXT))
    rows = [
        (
            Cell(str(attempt.number)),
            Cell(_moment(attempt.started)),
            Cell(format_duration(attempt.ended - attempt.started)),
            Cell(_steps(attempt)),
            Cell(attempt.host, attempt.host),
            _end(attempt, run, is_last=attempt is run.attempts[-1]),
        )
        for attempt in run.attempts[-MOST_ROWS:]
    ]
    notes = [f"The last {MOST_ROWS} of {len(run.attempts):,} are listed."] if len(run.attempts) > MOST_ROWS else []
    overwritten = sum(len(tail.points) for tails in run.overwritten.values() for tail in tails)
    were = "point of earlier attempts was" if overwritten == 1 else "points of earlier attempts were"
    notes += [f"{overwritten:,} {were} overwritten by later ones."] if overwritten else []
    return Listing("attempts", "Attempts", _columns((*heads, ("Ended", _STATE))), tuple(rows), " ".join(notes))


def ranks_table(run: Run) -> Listing | None:
    """A row for each process that logged the run; None when there was one."""
    if len(run.ranks) < 2:  # noqa: PLR2004
        return None
    heads = (("Rank", _TEXT), ("Host", _TEXT), ("Local rank", _NUMBER), ("Process", _NUMBER), ("Attempts", _NUMBER))
    rows = [
        (
            Cell(rank.name, rank.name),
            Cell(rank.host, rank.host),
            Cell("" if rank.local_rank is None else str(rank.local_rank)),
            Cell("" if rank.pid is None else str(rank.pid)),
            Cell(str(rank.attempts)),
            _rank_end(rank, run),
        )
        for rank in run.ranks[:MOST_ROWS]
    ]
    return Listing("ranks", "Ranks", _columns((*heads, ("Ended", _STATE))), tuple(rows), _missing(run))


def was_preempted(run: Run) -> bool:
    """Whether the run was stopped to make room for another, and has not come back."""
    stopped = run.state in (schema.CRASHED, schema.FAILED)
    return stopped and bool(run.attempts) and run.attempts[-1].preempted


def _columns(heads: tuple[tuple[str, str], ...]) -> tuple[Column, ...]:
    return tuple(Column(label.lower().replace(" ", "_"), label, "", kind) for label, kind in heads)


def _moment(seconds: float) -> str:
    text = format_time(seconds) if math.isfinite(seconds) else ""
    return f"{text} UTC" if text else ""


def _steps(attempt: Attempt) -> str:
    if math.isnan(attempt.first_step):
        return ""
    first, last = (format_number(step, 15) for step in (attempt.first_step, attempt.last_step))
    return first if first == last else f"{first} to {last}"


def _end(attempt: Attempt, run: Run, *, is_last: bool) -> Cell:
    if attempt.preempted:
        code = attempt.exit_code
        return Cell(f"{PREEMPTED} ({code})", schema.FAILED) if code else Cell(PREEMPTED, schema.CRASHED)
    if attempt.exit_code is not None:
        return _exit(attempt.exit_code)
    state = run.state if is_last and run.state in (schema.RUNNING, schema.FINISHED) else schema.CRASHED
    return Cell(state, state)


def _rank_end(rank: Rank, run: Run) -> Cell:
    if rank.exit_code is not None:
        return _exit(rank.exit_code)
    # A process that has not said that it is done lives as long as the run is seen to.
    state = schema.RUNNING if run.state == schema.RUNNING else schema.CRASHED
    return Cell(state, state)


def _exit(code: int) -> Cell:
    return Cell(f"failed ({code})", schema.FAILED) if code else Cell(schema.FINISHED, schema.FINISHED)


def _missing(run: Run) -> str:
    """How many ranks are not listed, and how many of the job have logged nothing."""
    notes = [f"The first {MOST_ROWS} of {len(run.ranks):,} are listed."] if len(run.ranks) > MOST_ROWS else []
    world = max((rank.world_size or 0 for rank in run.ranks), default=0)
    logged = sum(rank.rank is not None for rank in run.ranks)
    notes += [f"{logged} of the {world} ranks of the job have logged."] if world > logged else []
    return " ".join(notes)
