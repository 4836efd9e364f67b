"""The current run of the process, and the functions of the package that work on it."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping

from reportgen.errors import UsageError
from reportgen.logger.config import Config
from reportgen.logger.description import tag_list
from reportgen.logger.metrics import Metric
from reportgen.logger.run import Run
from reportgen.logger.settings import Settings
from reportgen.logger.summary import Summary

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

_latest: Run | None = None
"""The run begun last; current until it has finished."""


def init(  # noqa: PLR0913, PLR0917 # wandb's signature, which scripts are written for
    project: str | None = None,
    name: str | None = None,
    id: str | None = None,  # noqa: A002 # wandb's name
    config: object = None,
    tags: str | Iterable[str] | None = None,
    notes: str | None = None,
    group: str | None = None,
    job_type: str | None = None,
    dir: str | os.PathLike[str] | None = None,  # noqa: A002 # wandb's name
    mode: str | None = None,
    *,
    strict: bool | None = None,
    sample_seconds: float | None = None,
    capture: bool | Iterable[str] = True,
) -> Run:
    """Begin a run and make it the current one. A run that is still going is finished first.

    Args:
        project: what the run belongs to; by default ``REPORTGEN_PROJECT``, else ``uncategorized``.
        name: what people call the run; by default its id.
        id: name of the run's folder; by default a random one. An id used before continues that run in further files.
        config: settings as a dict, an argparse namespace or a dataclass.
        tags: words to find the run by.
        notes: Markdown about the run.
        group: name shared by the runs that belong together.
        job_type: what the run does in its group.
        dir: folder that holds the projects; by default ``REPORTGEN_DIR``, else ``runs``.
        mode: ``online`` and ``offline`` log to disk, ``disabled`` does nothing; by default ``REPORTGEN_MODE``.
        strict: raise errors instead of telling them once; by default ``REPORTGEN_STRICT``.
        sample_seconds: seconds between samples of system metrics; by default ``REPORTGEN_SAMPLE_SECONDS``, else 10.
        capture: True for everything, or some of console, git, packages, system.

    Returns:
        The run.

    Raises:
        UsageError: an argument cannot mean anything.
    """
    global _latest  # noqa: PLW0603 # one process, one current run
    settings = Settings(project, id, dir)
    settings.set_mode(mode, strict=strict)
    settings.set_capture(capture, sample_seconds)
    given = {"name": name, "notes": notes, "group": group, "job_type": job_type}
    fields: dict[str, object] = {field: str(value) for field, value in given.items() if value}
    if tags:
        fields["tags"] = tag_list(tags)
    if _latest is not None:
        _latest.finish()
    _latest = Run(settings, fields, config)
    return _latest


def current_run() -> Run | None:
    """The run that is going on; None before `init` and after `finish`."""
    return None if _latest is None or _latest.finished else _latest


def current_config() -> Config | BeforeInit:
    """The configuration of the current run."""
    run = current_run()
    return run.config if run else BeforeInit("config")


def current_summary() -> Summary | BeforeInit:
    """The summary of the current run."""
    run = current_run()
    return run.summary if run else BeforeInit("summary")


def log(data: Mapping[str, Any], step: int | None = None, commit: bool | None = None) -> None:  # noqa: FBT001 # wandb's signature
    """Log a row to the current run, see `Run.log`."""
    _begun("log").log(data, step, commit)


def finish(exit_code: int | None = None) -> None:
    """Finish the current run, if there is one."""
    if _latest is not None:
        _latest.finish(exit_code)


def save(path: str | os.PathLike[str], base_path: str | os.PathLike[str] | None = None) -> list[str]:
    """Keep copies of files in the current run, see `Run.save`."""
    return _begun("save").save(path, base_path)


def define_metric(  # noqa: PLR0913, PLR0917 # wandb's signature
    name: str,
    step_metric: str | Metric | None = None,
    step_sync: bool | None = None,  # noqa: FBT001
    hidden: bool | None = None,  # noqa: FBT001
    summary: str | Iterable[str] | None = None,
    goal: str | None = None,
    overwrite: bool | None = None,  # noqa: FBT001
) -> Metric:
    """Say how a metric of the current run wants to be shown, see `Run.define_metric`."""
    return _begun("define_metric").define_metric(name, step_metric, step_sync, hidden, summary, goal, overwrite)


def _begun(what: str) -> Run:
    """The run begun last, also when it has finished: that one tells about it without raising."""
    if _latest is None:
        raise _too_early(what)
    return _latest


def _too_early(what: str) -> UsageError:
    return UsageError("there is no run yet", where=f"reportgen.{what}", remedy="Call reportgen.init() first.")


class BeforeInit:
    """Stands for the config or summary while there is no run: any use says so."""

    _what: str

    def __init__(self, what: str) -> None:
        object.__setattr__(self, "_what", what)

    def __getattr__(self, name: str) -> object:
        if name.startswith("_"):
            raise AttributeError(name)
        raise _too_early(self._what)

    def __setattr__(self, name: str, value: object) -> None:
        raise _too_early(self._what)

    def __getitem__(self, key: str) -> object:
        raise _too_early(self._what)

    def __setitem__(self, key: str, value: object) -> None:
        raise _too_early(self._what)
