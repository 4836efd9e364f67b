"""How settings are decided: arguments of `init` over `Settings` over the environment over defaults; and checked."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping

from reportgen.errors import UsageError
from reportgen.logger.notebook import in_notebook
from reportgen.logger.settings import (
    CAPTURES,
    CONSOLES,
    MODES,
    REINITS,
    RESUMES,
    SAMPLE_SECONDS,
    Settings,
    new_id,
    safe_id,
    safe_name,
    tag_list,
)
from reportgen.logger.variables import from_environment
from reportgen.schema import DEFAULT_FOLDER

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

DEFAULT_PROJECT = "uncategorized"
MODE_NAMES = {"run": "online", "dryrun": "offline"}


def resolved(arguments: Mapping[str, object], given: Mapping[str, object]) -> Settings:
    """The settings of one run, complete and checked.

    Args:
        arguments: settings that `init` was called with; those that are None were not.
        given: those of its ``settings``.

    Raises:
        UsageError: something in them cannot mean anything.
    """
    settings = Settings(**{**from_environment(), **given, **arguments})
    if "allow_val_change" not in vars(settings):
        settings.allow_val_change = in_notebook()
    _set_mode(settings)
    _set_capture(settings)
    _set_attempt(settings)
    _set_place(settings)
    settings.run_tags = tag_list(settings.run_tags)
    settings.reinit = REINITS[2 if settings.reinit else 1] if isinstance(settings.reinit, bool) else settings.reinit
    _one_of("reinit", settings.reinit, REINITS)
    if settings.alert_webhook and not str(settings.alert_webhook).lower().startswith(("http://", "https://")):
        raise UsageError("alert_webhook is no http address", where="init", remedy="Give an http or https address.")
    return settings


def _set_mode(settings: Settings) -> None:
    mode = settings.mode or ("disabled" if settings.disabled else MODES[0])
    settings.mode = MODE_NAMES.get(mode, mode)
    _one_of("mode", settings.mode, MODES)
    settings.disabled = settings.mode == "disabled"
    settings.offline = settings.mode == "offline"
    settings.shared = settings.mode == "shared"


def _set_capture(settings: Settings) -> None:
    """What is captured: what was asked for, less what is switched off."""
    asked: bool | str | Iterable[str] = settings.capture
    chosen = CAPTURES if asked is True else () if asked is False else asked
    capture = frozenset([chosen] if isinstance(chosen, str) else chosen)
    if unknown := capture.difference(CAPTURES):
        what = f"cannot capture {', '.join(sorted(map(str, unknown)))}"
        raise UsageError(what, where="init", remedy=f"Use True, False or some of {', '.join(CAPTURES)}.")
    settings.console = "wrap" if str(settings.console).startswith("wrap_") else settings.console
    _one_of("console", settings.console, CONSOLES)
    off = {
        "console": settings.console == "off",
        "environment": settings.x_disable_meta or settings.x_disable_machine_info,
        "git": settings.disable_git or settings.x_disable_meta,
        "packages": settings.x_disable_meta or not settings.x_save_requirements,
        "system": settings.x_disable_stats or settings.x_disable_machine_info,
    }
    settings.capture = frozenset(part for part in capture if not off[part])
    sampling = vars(settings).get("sample_seconds") or settings.x_stats_sampling_interval or SAMPLE_SECONDS
    settings.sample_seconds = _seconds("sample_seconds", sampling)
    settings.fsync_seconds = _seconds("fsync_seconds", settings.fsync_seconds)


def _seconds(name: str, given: Any) -> float:
    try:
        return float(given)
    except (TypeError, ValueError):
        raise UsageError(f"{name} is {given!r}", where="init", remedy="Give a number of seconds.") from None


def _set_attempt(settings: Settings) -> None:
    asked = settings.resume
    settings.resume = ("auto" if asked else "") if isinstance(asked, bool) else str(asked).lower()
    if settings.resume in ("true", "false"):  # as the variable says it
        settings.resume = "auto" if settings.resume == "true" else ""
    if settings.resume:
        _one_of("resume", settings.resume, RESUMES)
    given = [name for name in ("resume", "resume_from", "fork_from") if getattr(settings, name)]
    if len(given) > 1:
        raise UsageError(f"{' and '.join(given)} exclude each other", where="init", remedy="Give one of them.")
    for name in ("resume_from", "fork_from"):
        if moment := getattr(settings, name):
            from reportgen.logger.attempts.moment import parse_moment

            parse_moment(moment, name)


def _set_place(settings: Settings) -> None:
    settings.project = safe_name(settings.project or DEFAULT_PROJECT) or DEFAULT_PROJECT
    settings.root = os.path.abspath(settings.root_dir or DEFAULT_FOLDER)
    projects = os.path.join(settings.root, settings.project)
    settings.id_given = bool(settings.run_id)
    settings.run_id = safe_id(settings.run_id) if settings.run_id else new_id(projects)
    settings.folder = os.path.join(projects, settings.run_id)


def _one_of(name: str, value: object, known: tuple[str, ...]) -> None:
    if value not in known:
        raise UsageError(f"unknown {name} {value!r}", where="init", remedy=f"Use one of {', '.join(known)}.")
