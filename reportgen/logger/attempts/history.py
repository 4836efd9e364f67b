"""What an attempt goes on from: the run itself, the run up to a step, or another run up to a step."""

from __future__ import annotations

import os
from collections.abc import Iterable

from reportgen.errors import UsageError
from reportgen.logger.attempts.attempt import Attempt
from reportgen.logger.attempts.earlier import Earlier, read_earlier
from reportgen.logger.settings import Settings
from reportgen.logger.writing.run_log import Writer, writers_in


def go_on(settings: Settings, attempt: Attempt, before: Iterable[Writer]) -> None:
    """Let an attempt go on with what earlier ones have logged, from where they ended or were rewound to."""
    attempt.earlier = read_earlier(settings.folder, before, attempt.rewind)
    if attempt.rewind is None:
        reached = attempt.earlier.last_step
        attempt.starting_step = 0 if reached is None else reached + 1
    else:
        _check_step(settings.folder, attempt.earlier, attempt.rewind, "resume_from")
        attempt.starting_step = attempt.rewind + 1
    attempt.resumed = True


def begin_as_copy(settings: Settings, attempt: Attempt, fork: tuple[str, int]) -> None:
    """Begin the run of an attempt with the history of another one, up to a step."""
    run_id, step = fork
    parent = os.path.join(settings.root, settings.project, run_id)
    writers = writers_in(parent)
    if not writers:
        remedy = f"Check the id, the project {settings.project!r} and the folder {settings.root}."
        raise UsageError(f"there is no run {run_id!r} to fork", where="init", remedy=remedy)
    attempt.earlier = read_earlier(parent, writers, step)
    _check_step(parent, attempt.earlier, step, "fork_from")
    attempt.earlier.fields, attempt.earlier.summary = {}, {}  # said about the parent, and at its end
    attempt.earlier.removed = set()
    attempt.starting_step = step + 1


def _check_step(folder: str, earlier: Earlier, step: int, name: str) -> None:
    """Refuse a step that the run has not come to."""
    if earlier.last_step == step:
        return
    reached = read_earlier(folder, writers_in(folder)).last_step
    if reached is None or reached < step:
        came = "has no rows" if reached is None else f"has only come to step {reached}"
        run_id, remedy = os.path.basename(folder), "Name a step that was logged."
        raise UsageError(f"{name} names step {step}, but the run {run_id!r} {came}", where="init", remedy=remedy)
