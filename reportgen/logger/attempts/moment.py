"""A moment of a run, as `init` takes it: ``<run id>?_step=<step>``."""

from __future__ import annotations

from reportgen.errors import UsageError

MOMENT = "?_step="
DIGITS = 18
"""Of the largest step that can be named."""


def parse_moment(moment: str, name: str) -> tuple[str, int]:
    """The run and the step in ``<run id>?_step=<step>``.

    Args:
        moment: what was given.
        name: the argument that it was given as.
    """
    from reportgen.logger.settings import safe_name

    run_id, mark, step = str(moment).rpartition(MOMENT)
    if not mark or not step.isascii() or not step.isdecimal() or len(step) > DIGITS:
        what = f"{name} is {moment!r}"
        raise UsageError(what, where="init", remedy='Give "<run id>?_step=<number>", such as "k3v9x2ab?_step=100".')
    if not run_id or safe_name(run_id) != run_id:
        remedy = "Give the name of the run's folder."
        raise UsageError(f"{name} names the run {run_id!r}, which is no id", where="init", remedy=remedy)
    return run_id, int(step)
