"""Alerts and artifacts in a run log."""

import math

from reportgen.artifacts import ArtifactRecord
from reportgen.model import Alert
from reportgen.reading.events import alerts, artifact_records
from tests.builders import START, project_model, run

HOSTILE = (None, True, -1, 10**400, "", "NaN", [], {}, [["x"] * 3], {"a": {"b": {}}}, float("inf"), "<script>")


def test_alerts_by_time(tmp_path):
    described = (
        run("a")
        .alert("late", level="error", seconds=20)
        .alert("early", "because", "WARN")
        .record(type="alert", title="no time")
    )
    described.rank(1).alert("from rank 1", seconds=15)
    (found,) = project_model(tmp_path, described).runs
    assert [(alert.title, alert.level) for alert in found.alerts] == [
        ("early", "WARN"),
        ("from rank 1", "INFO"),
        ("late", "ERROR"),
        ("no time", "INFO"),
    ]
    assert found.alerts[0] == Alert(START + 10, "early", "because", "WARN")
    assert math.isnan(found.alerts[-1].time)


def test_artifacts_in_the_order_of_the_log(tmp_path):
    described = run("a").artifact("data", action="use", artifact_type="dataset", version="v2").artifact("net")
    (found,) = project_model(tmp_path, described).runs
    assert found.artifact_records == (
        ArtifactRecord("use", START, "dataset", "data", "v2", "0" * 64, 3, ("latest",)),
        ArtifactRecord("log", START, "model", "net", "v0", "0" * 64, 3, ("latest",)),
    )


def test_hostile_alerts_and_artifacts():
    for value in HOSTILE:
        for key in ("time", "title", "text", "level"):
            for alert in alerts([{"type": "alert", "title": "x", key: value}]):
                assert isinstance(alert.title, str)
                assert isinstance(alert.text, str)
                assert alert.level in {"INFO", "WARN", "ERROR"}
                assert not math.isinf(alert.time)
        for key in ("action", "time", "artifact_type", "name", "version", "digest", "size", "aliases", "project"):
            record = {"type": "artifact", "action": "log", "name": "x", key: value}
            for artifact in artifact_records([record]):
                texts = (
                    artifact.action,
                    artifact.type,
                    artifact.name,
                    artifact.version,
                    artifact.digest,
                    artifact.project,
                )
                assert all(isinstance(text, str) for text in texts)
                assert artifact.size is None or artifact.size >= 0
                assert all(isinstance(alias, str) for alias in artifact.aliases)


def test_what_says_nothing_is_left_out():
    assert alerts([{"type": "alert"}, {"type": "alert", "title": " "}, {"type": "start", "title": "x"}]) == ()
    nameless = [{"type": "artifact", "action": "log"}, {"type": "artifact", "name": "x"}]
    assert artifact_records([*nameless, {"type": "artifact", "name": "x", "action": "burn"}]) == ()
