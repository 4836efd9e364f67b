"""The current run of the process: how it is begun, and who follows it."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping

from reportgen.errors import UsageError
from reportgen.logger.attempts.plan import plan_attempt
from reportgen.logger.config import Config
from reportgen.logger.config_source import first_config
from reportgen.logger.lifetime import LIFETIME
from reportgen.logger.resolve import resolved
from reportgen.logger.run import Run
from reportgen.logger.settings import Settings
from reportgen.logger.summary import Summary

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

_latest: Run | None = None
"""The run begun last, those with ``reinit="create_new"`` apart; current until it has finished."""
_shared: dict[str, Any] = {}
"""Settings for all runs of the process, see `setup`."""


def init(  # noqa: PLR0913 # wandb's signature, which scripts are written for
    project: str | None = None,
    *,
    entity: str | None = None,
    dir: str | os.PathLike[str] | None = None,  # noqa: A002 # wandb's name
    id: str | None = None,  # noqa: A002 # wandb's name
    name: str | None = None,
    notes: str | None = None,
    tags: str | Iterable[str] | None = None,
    config: object = None,
    config_exclude_keys: Iterable[str] | None = None,
    config_include_keys: Iterable[str] | None = None,
    allow_val_change: bool | None = None,
    group: str | None = None,
    job_type: str | None = None,
    mode: str | None = None,
    force: bool | None = None,
    reinit: bool | str | None = None,
    resume: bool | str | None = None,
    resume_from: str | None = None,
    fork_from: str | None = None,
    save_code: bool | None = None,
    tensorboard: bool | None = None,
    sync_tensorboard: bool | None = None,
    monitor_gym: bool | None = None,
    settings: Settings | Mapping[str, Any] | None = None,
    anonymous: object = None,
    strict: bool | None = None,
    sample_seconds: float | None = None,
    capture: bool | str | Iterable[str] | None = None,
) -> Run:
    """Begin a run and make it the current one.

    What is not given here comes from ``settings``, then from the environment (``REPORTGEN_*``, else ``WANDB_*``).

    Args:
        project: what the run belongs to; by default ``uncategorized``.
        entity: whose run it is; kept and shown.
        dir: folder that holds the projects; by default ``runs``.
        id: name of the run's folder; by default a random one. An id used before continues that run in further files.
        name: what people call the run; by default its id.
        notes: Markdown about the run.
        tags: words to find the run by.
        config: settings as a dict, an argparse namespace, a dataclass, absl flags or the path of a YAML file.
        config_exclude_keys: keys of ``config`` to leave out.
        config_include_keys: the only keys of ``config`` to take.
        allow_val_change: values of the configuration may change without a word; by default in notebooks only.
        group: name shared by the runs that belong together.
        job_type: what the run does in its group.
        mode: ``online`` and ``offline`` log to disk, ``disabled`` does nothing, in ``shared`` several processes write
            one run.
        force: no effect: there is no account.
        reinit: what happens to a run that is going on: ``finish_previous`` (the default, or True) finishes it,
            ``return_previous`` (or False) returns it, ``create_new`` leaves it and the current run alone.
        resume: what becomes of a run with this id: ``allow``, ``must``, ``never`` or ``auto``.
        resume_from: ``<run id>?_step=<step>``: go on with that run after that step.
        fork_from: ``<run id>?_step=<step>``: begin a run as a copy of another one up to that step.
        save_code: keep a copy of the script.
        tensorboard: no effect.
        sync_tensorboard: no effect.
        monitor_gym: no effect.
        settings: further settings, as `Settings` or a dict.
        anonymous: no effect: there is no account.
        strict: raise errors instead of telling them once.
        sample_seconds: seconds between samples of system metrics; by default 10.
        capture: True for everything (the default), False, or some of console, environment, git, packages, system.

    Returns:
        The run.

    Raises:
        UsageError: an argument cannot mean anything.
    """
    arguments = locals()
    global _latest  # noqa: PLW0603 # one process, one current run
    complete = resolved(_named(arguments), {**_shared, **_given(settings)})
    values = first_config(complete, config, config_exclude_keys, config_include_keys)
    if complete.reinit == "return_previous" and (before := _going_on()) is not None:
        return before
    attempt = plan_attempt(complete)  # refuses what cannot go on, before anything happens to a run that is going on
    if complete.reinit != "create_new":
        _finish_all()
    run = Run(complete, _fields(complete), values, attempt)
    if complete.reinit != "create_new":
        _latest = run
    return run


_RENAMED = {
    "dir": "root_dir",
    "id": "run_id",
    "name": "run_name",
    "notes": "run_notes",
    "tags": "run_tags",
    "group": "run_group",
    "job_type": "run_job_type",
}
"""Arguments of `init` -> settings of the same meaning."""
_NO_SETTING = ("config", "config_exclude_keys", "config_include_keys", "settings")
_FIELDS = {"name": "run_name", "notes": "run_notes", "group": "run_group", "job_type": "run_job_type"}


def _named(arguments: Mapping[str, object]) -> dict[str, object]:
    """The arguments of `init` under the names of settings. An empty text is as good as none."""
    given = {name: value for name, value in arguments.items() if name not in _NO_SETTING and value not in ("", None)}
    return {_RENAMED.get(name, name): value for name, value in given.items()}


def _given(settings: Settings | Mapping[str, Any] | None) -> dict[str, Any]:
    if settings is not None and not isinstance(settings, (Settings, Mapping)):
        remedy = "Give a reportgen.Settings or a dict."
        raise UsageError(f"settings is a {type(settings).__name__}", where="init", remedy=remedy)
    return dict(vars(settings if isinstance(settings, Settings) else Settings(**(settings or {}))))


def _fields(settings: Settings) -> dict[str, object]:
    fields: dict[str, object] = {
        field: str(value) for field, name in _FIELDS.items() if (value := getattr(settings, name))
    }
    return {**fields, "tags": list(settings.run_tags)} if settings.run_tags else fields


def _going_on() -> Run | None:
    """The run of this process that was begun last and has not finished."""
    going_on = LIFETIME.runs()
    return going_on[-1] if going_on else current_run()


def _finish_all() -> None:
    for run in LIFETIME.runs():
        run.finish()
    if _latest is not None:
        _latest.finish()


def current_run() -> Run | None:
    """The run that is going on; None before `init` and after `finish`."""
    return None if _latest is None or _latest.finished else _latest


def last_run() -> Run | None:
    """The run that this process began last, also when it has finished."""
    return _latest


def current_config() -> Config | BeforeInit:
    """The configuration of the current run."""
    run = current_run()
    return run.config if run else BeforeInit("config")


def current_summary() -> Summary | BeforeInit:
    """The summary of the current run."""
    run = current_run()
    return run.summary if run else BeforeInit("summary")


def finish(exit_code: int | None = None, quiet: bool | None = None) -> None:  # noqa: FBT001 # wandb's signature
    """Finish the current run, if there is one.

    Args:
        exit_code: 0 (the default) for success; any other means that the run has failed.
        quiet: print no hints from here on.
    """
    if _latest is not None:
        _latest.finish(exit_code, quiet)


def setup(settings: Settings | Mapping[str, Any] | None = None) -> Settings:
    """Set settings for all runs that this process will begin; what `init` is given wins over them.

    Args:
        settings: as `Settings` or a dict. Without, nothing changes.

    Returns:
        The settings for all runs as they are now.
    """
    _shared.update(_given(settings))
    return Settings(**_shared)


def teardown(exit_code: int | None = None) -> None:
    """Finish all runs of this process, and forget what `setup` was told.

    Args:
        exit_code: as of `finish`.
    """
    for run in LIFETIME.runs():
        run.finish(exit_code)
    finish(exit_code)
    _shared.clear()


def follow(name: str) -> Callable[..., Any] | None:
    """A function that calls the method of this name of the current run, with its signature and docstring.

    None as long as runs have no such method.
    """
    method = getattr(Run, name, None)
    if method is None:
        return None

    def call(*arguments: Any, **options: Any) -> Any:
        if _latest is None:
            raise _too_early(name)
        return getattr(_latest, name)(*arguments, **options)  # a finished one tells about it without raising

    call.__name__ = call.__qualname__ = name
    call.__doc__ = method.__doc__
    call.__wrapped__ = method.__get__(Run)  # type: ignore[attr-defined]  # bound to anything: a signature without self
    return call


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
