"""The start record's fields about where a run runs: what is found out, and over it what was given."""

from __future__ import annotations

from collections.abc import Mapping

from reportgen.logger.capture.environment import environment
from reportgen.logger.settings import Settings

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

ABOUT_MACHINE = ("host", "user", "os", "cpu", "cpu_count", "memory", "pid", "executable")


def start_fields(settings: Settings) -> dict[str, Any]:
    """The fields of the start record beside who the run is."""
    given = _overrides(settings)
    found = {} if settings.x_disable_meta else environment(redact=settings.redact)
    if settings.x_disable_machine_info:
        found = {name: value for name, value in found.items() if name not in ABOUT_MACHINE}
    if not settings.x_disable_meta and (notebook := _notebook(settings)):
        found["program"] = notebook
    arguments = given.pop("args", None)
    if arguments is not None:
        from reportgen.logger.redact.masking import masked_command

        command = found.get("command")
        start = command[:1] if isinstance(command, list) else []
        program = given.get("program") or found.get("program")
        words = [*start, *([str(program)] if program else []), *arguments]
        found["command"] = masked_command(words) if settings.redact else words
    kept = {"entity": settings.entity, "sweep_id": settings.sweep_id}
    return {**found, **{name: value for name, value in kept.items() if value}, **given}


def with_overrides(fields: Mapping[str, object], settings: Settings) -> dict[str, object]:
    """The fields of an update record, with what was given over what was found out."""
    git = _overrides(settings).get("git")
    found = fields.get("git")
    return {**fields, "git": {**found, **git}} if git and isinstance(found, Mapping) else dict(fields)


def _overrides(settings: Settings) -> dict[str, Any]:
    given = settings.overrides
    if remote := given.get("git", {}).get("remote"):
        from reportgen.logger.redact.masking import masked_url

        given["git"]["remote"] = masked_url(remote)
    return given


def _notebook(settings: Settings) -> str | None:
    from reportgen.logger.notebook import notebook_name

    return settings.notebook_name or notebook_name()
