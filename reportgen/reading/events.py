"""What a run did besides logging rows: alerts, and the artifacts that it logged and used. Records are hostile data."""

import math
from collections.abc import Iterable, Mapping
from typing import Any

from reportgen import schema
from reportgen.artifacts import ArtifactRecord
from reportgen.model import Alert
from reportgen.reading.records import number


def alerts(records: Iterable[Mapping[str, Any]]) -> tuple[Alert, ...]:
    """The alerts by time, those without one last. One that says nothing is none; an unknown level is ``INFO``."""
    found = [_alert(record) for record in records if record.get("type") == schema.ALERT]
    return tuple(sorted((alert for alert in found if alert.title or alert.text), key=_place))


def artifact_records(records: Iterable[Mapping[str, Any]]) -> tuple[ArtifactRecord, ...]:
    """The artifacts logged and used, in the order of the log. A record without an action or a name is none."""
    found = (_artifact(record) for record in records if record.get("type") == schema.ARTIFACT)
    return tuple(artifact for artifact in found if artifact is not None)


def _alert(record: Mapping[str, Any]) -> Alert:
    level = _text(record.get("level")).upper()
    return Alert(
        time=number(record.get("time")),
        title=_text(record.get("title")).strip(),
        text=_text(record.get("text")).strip(),
        level=level if level in schema.LEVELS else schema.LEVELS[0],
    )


def _place(alert: Alert) -> float:
    return math.inf if math.isnan(alert.time) else alert.time


def _artifact(record: Mapping[str, Any]) -> ArtifactRecord | None:
    action, name, size, aliases = (record.get(key) for key in ("action", "name", "size", "aliases"))
    if action not in schema.ARTIFACT_ACTIONS or not isinstance(name, str) or not name:
        return None
    return ArtifactRecord(
        action=str(action),
        time=number(record.get("time")),
        type=_text(record.get("artifact_type")),
        name=name,
        version=_text(record.get("version")),
        digest=_text(record.get("digest")),
        size=size if isinstance(size, int) and not isinstance(size, bool) and size >= 0 else None,
        aliases=tuple(alias for alias in aliases if isinstance(alias, str)) if isinstance(aliases, list) else (),
        project=_text(record.get("project")),
    )


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""
