"""Finds out which attempt of which run a process begins: resume, rewind, fork, ranks, shared runs."""

from __future__ import annotations

import os
from collections.abc import Iterable
from itertools import chain, count

from reportgen.errors import UsageError
from reportgen.logger.attempts.attempt import Attempt
from reportgen.logger.attempts.moment import parse_moment
from reportgen.logger.settings import Settings, safe_name
from reportgen.logger.writing.run_log import Writer, is_number, writers_in

TYPE_CHECKING = False
if TYPE_CHECKING:
    from reportgen.logger.attempts.ranks import Rank
    from reportgen.logger.attempts.unfinished import Unfinished

RANK_VARIABLES = ("REPORTGEN_RANK", "RANK", "OMPI_COMM_WORLD_RANK", "PMI_RANK", "SLURM_STEP_ID")
"""One of these is there in every process that may be a rank."""
RANK = "rank"
SHARED = "writer"
"""What writers of a shared run without a label are called, with a number from 2 on: the first is the main one."""


def plan_attempt(settings: Settings) -> Attempt:
    """Find out which attempt of which run this process begins. Puts the id and the folder into the settings.

    Raises:
        UsageError: what is to go on is not there, or is there and must not be.
    """
    attempt = Attempt()
    if settings.disabled:
        return attempt
    if any(name in os.environ for name in RANK_VARIABLES):
        from reportgen.logger.attempts.ranks import find_rank

        attempt.rank = find_rank()
        if attempt.rank is not None:
            attempt.rank.begin_run()
            _leave_to_the_first(settings, attempt.rank)
    if "SLURM_ARRAY_TASK_ID" in os.environ:
        from reportgen.logger.attempts.slurm import array_config

        attempt.config = array_config()
    _choose_run(settings, attempt)
    _choose_number(settings, attempt)
    return attempt


def safe_label(label: str) -> str:
    """A label as part of a file name, where it can be taken neither for the number of an attempt nor for a rank."""
    safe = safe_name(label).replace(".", "-")[:60]
    return f"label-{safe}" if is_number(safe) or safe.startswith(RANK) else safe


def _leave_to_the_first(settings: Settings, rank: Rank) -> None:
    """What is the same for all ranks is captured by the first one; what is the same for a host, by its first one."""
    if rank.rank:
        settings.capture -= {"git", "packages"}
        settings.save_code, settings.code_dir, settings.quiet = False, "", True
    if rank.local_rank:
        settings.capture -= {"system"}


def _choose_run(settings: Settings, attempt: Attempt) -> None:
    """Find out the id of the run, and with it the folder."""
    given = settings.run_id if settings.id_given else ""
    if settings.resume_from:
        given, attempt.rewind = _rewound(settings, given)
    elif settings.fork_from:
        attempt.fork = parse_moment(settings.fork_from, "fork_from")
        if given == attempt.fork[0]:
            remedy = "Leave out the id, or use resume_from to go on with the run itself."
            raise UsageError(f"a fork of the run {given!r} cannot have its id", where="init", remedy=remedy)
    if not given and settings.resume == "must":
        remedy = 'Give the id of the run, or say resume="auto".'
        raise UsageError('resume="must" needs an id', where="init", remedy=remedy)
    settings.run_id = given or _made_up(settings, attempt)
    settings.folder = os.path.join(settings.root, settings.project, settings.run_id)


def _rewound(settings: Settings, given: str) -> tuple[str, int]:
    run_id, step = parse_moment(settings.resume_from, "resume_from")
    if given and given != run_id:
        what = f"the id is {given!r}, but resume_from names the run {run_id!r}"
        raise UsageError(what, where="init", remedy="Leave out the id: it is the one of resume_from.")
    return run_id, step


def _made_up(settings: Settings, attempt: Attempt) -> str:
    """An id that was not given: that of the run to go on with, that of the job, or a new one."""
    rank = attempt.rank
    if settings.resume == "auto":
        attempt.unfinished = unfinished(settings, rank)
        run_id = attempt.unfinished.run_id()
        if run_id:
            return run_id
    if rank is None:
        return settings.run_id
    if rank.run:
        from reportgen.logger.attempts.ranks import run_id_of

        return run_id_of(rank, settings.project)
    attempt.rank = None
    attempt.config = {"rank": rank.rank, "world_size": rank.world_size, **attempt.config}
    attempt.group = f"job-{rank.family}"
    if not rank.rank:
        attempt.notice = (
            "nothing says which ranks belong to one job, so each has a run of its own in the group "
            f"{attempt.group}; set REPORTGEN_RUN_ID to the same id for all of them"
        )
    return settings.run_id


def unfinished(settings: Settings, rank: Rank | None) -> Unfinished:
    """The memory of what this command has not finished."""
    from reportgen.logger.attempts.unfinished import Unfinished

    if rank is None or not rank.job:
        return Unfinished(settings.root, settings.project, which=settings.x_label if rank is None else _writer_of(rank))
    return Unfinished(settings.root, settings.project, job=rank.job)


def _choose_number(settings: Settings, attempt: Attempt) -> None:
    """Find out which attempt this is and under which names it may write, and read what was before it."""
    there = writers_in(settings.folder)
    if attempt.rank is None and settings.shared:
        before = _share(settings, attempt, there)
        _check(settings, bool(there))
    else:
        writer = _writer_of(attempt.rank)
        attempt.number = _number(settings.folder, there, attempt.rank)
        before = {each for each in there if each[1] < attempt.number}
        attempt.claims = ((writer, number) for number in count(attempt.number))
        _check(settings, bool(before))
    if attempt.fork is not None:
        from reportgen.logger.attempts.history import begin_as_copy

        begin_as_copy(settings, attempt, attempt.fork)
    elif before and (settings.resume or attempt.rewind is not None):
        from reportgen.logger.attempts.history import go_on

        go_on(settings, attempt, before)


def _writer_of(rank: Rank | None) -> str:
    return f"{RANK}{rank.rank}" if rank is not None and rank.rank else ""


def _share(settings: Settings, attempt: Attempt, there: Iterable[Writer]) -> set[Writer]:
    """Join a shared run; returns the earlier attempts of this writer, which a label alone can tell."""
    label = safe_label(settings.x_label)
    if not label:
        attempt.claims = chain([("", 1)], ((f"{SHARED}{number}", 1) for number in count(2)))
        return set()
    before = {(writer, number) for writer, number in there if writer == label}
    attempt.number = 1 + max((number for _, number in before), default=0)
    attempt.claims = ((label, number) for number in count(attempt.number))
    return before


def _number(folder: str, there: Iterable[Writer], rank: Rank | None) -> int:
    """Which attempt of the run this process takes part in: the ranks of a job are in the same one."""
    main = sorted((number, writer) for writer, number in there if not writer or _is_rank(writer))
    newest = main[-1][0] if main else 0
    if rank is None or not main:
        return newest + 1
    if not rank.job:  # it cannot be known who belongs together, so each rank counts its own attempts
        return 1 + max((number for number, writer in main if writer == _writer_of(rank)), default=0)
    from reportgen.logger.attempts.earlier import started

    starts: dict[int, object] = {}
    for number, writer in main:
        if number not in starts and (start := started(folder, (writer, number))) is not None:
            starts[number] = start.get("job")
    if newest not in starts:  # its names are taken, but nothing is written yet: by a sibling, a moment ago
        starts[newest] = rank.job
    return max((number for number, job in starts.items() if job == rank.job), default=newest + 1)


def _is_rank(writer: str) -> bool:
    return writer.startswith(RANK) and writer[len(RANK) :].isdecimal()


def _check(settings: Settings, there: bool) -> None:  # noqa: FBT001 # one fact
    """Refuse to go on with what is not there, and to begin what is."""
    if not there and (settings.resume == "must" or settings.resume_from):
        remedy = f"Check the id, the project {settings.project!r} and the folder {settings.root}."
        raise UsageError(f"there is no run {settings.run_id!r} to go on with", where="init", remedy=remedy)
    if there and settings.resume == "never":
        remedy = 'Give another id, or say resume="allow" to go on with it.'
        raise UsageError(f"there is a run {settings.run_id!r} already", where="init", remedy=remedy)
