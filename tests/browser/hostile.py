"""A project whose every text tries to run code in the reader's browser, written line by line as an attacker would."""

import json
from pathlib import Path

IMAGE = "<img src=x onerror=alert(1)>"
SCRIPT = "</script><script>alert(2)</script>"
ATTRIBUTE = "\"' onmouseover=alert(3) x='"
TEMPLATE = "{{ 7 * 7 }} {% raw %} ${alert(4)} `alert(5)`"
LINK = '[click](javascript:alert(6)) <a href="javascript:alert(7)">here</a> <svg onload=alert(8)></svg>'
EVIL = (IMAGE, SCRIPT, ATTRIBUTE, TEMPLATE, LINK)
PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d494844520000000100000001080200000090"
    "7753de0000000c49444154789c63f8cfc0000003010100c9fe92ef0000000049454e44ae426082"
)


def write_hostile_project(folder: Path) -> None:
    """One project with five runs, each carrying one kind of attack in its name, config, console, notes and media."""
    for number, evil in enumerate(EVIL):
        run = folder / "runs" / "hostile" / f"run-{number}"
        media = run / "files" / "media"
        media.mkdir(parents=True)
        (media / "pixel.png").write_bytes(PIXEL)
        (run / "files" / "<img src=x onerror=alert(9)>.txt").write_text(SCRIPT, encoding="utf-8")
        (run / "files" / "diff.patch").write_text(_patch(evil), encoding="utf-8")
        _write_lines(run / "run.jsonl", _records(number, evil))
        _write_further_writers(run, evil)
        _write_lines(run / "metrics.jsonl", [_row(step, evil) for step in range(20)])
        _write_lines(
            run / "console.jsonl", [{"time": 1.7e9 + 1, "stream": "stderr", "text": f"\x1b[31m{evil}\x1b[0m\n"}]
        )
    foreign = folder / "runs" / "hostile" / IMAGE
    foreign.mkdir()
    (foreign / "metrics.jsonl").write_text('{"loss": 1}\n', encoding="utf-8")


def _records(number: int, evil: str) -> list[dict[str, object]]:
    start = {
        "type": "start",
        "version": 1,
        "id": f"run-{number}",
        "project": "hostile",
        "name": evil,
        "time": 1.7e9 + number,
        "command": ["python", evil],
        "host": evil,
        "python": evil,
        "git": {"commit": evil, "branch": evil, "remote": "javascript:alert(10)", "dirty": True},
    }
    update = {"type": "update", "tags": [evil, "plain"], "notes": evil, "group": evil, "job_type": evil}
    config = {"type": "config", "config": {evil: evil, "nested": {evil: [evil, {"__proto__": evil}]}}}
    summary = {"type": "summary", "summary": {evil: evil, "__proto__": 1, "constructor": evil}}
    alert = {"type": "alert", "time": 1.7e9 + 5, "title": evil, "text": f"{evil}\n" * 30, "level": evil}
    artifact = {"type": "artifact", "action": "use", "name": evil, "version": evil, "aliases": [evil, 3], "size": evil}
    axis = {"type": "metric", "name": "*", "step_metric": f"{evil}/metric", "goal": evil, "summary": [evil, evil]}
    return [
        start,
        config,
        summary,
        update,
        alert,
        artifact,
        axis,
        {"type": "finish", "time": 1.7e9 + 60, "exit_code": 0},
    ]


def _write_further_writers(run: Path, evil: str) -> None:
    """Another rank and a second attempt, whose start records attack too; the second forks from who knows where."""
    rank = {"type": "start", "label": evil, "host": evil, "time": 1.7e9}
    _write_lines(run / "run.worker.jsonl", [rank])
    _write_lines(run / "metrics.worker.jsonl", [_row(step, evil) for step in range(20)])
    again = {
        "type": "start",
        "attempt": 2,
        "host": evil,
        "time": 1.7e9 + 30,
        "fork": {"run": evil, "step": 3},
        "rank": evil,
    }
    _write_lines(run / "run.2.jsonl", [again, {"type": "update", "preempting": evil}])
    _write_lines(run / "metrics.2.jsonl", [_row(step, evil) for step in range(15, 25)])


def _row(step: int, evil: str) -> dict[str, object]:
    picture = {"_type": "image-file", "path": "files/media/pixel.png", "caption": evil}
    outside = {"_type": "image-file", "path": "../../../../../../etc/passwd", "caption": evil}
    return {
        "_step": step,
        "_timestamp": 1.7e9 + step,
        "loss": 1 / (step + 1),
        f"{evil}/metric": step,
        f"{evil}/picture": picture,
        "outside": outside,
        "__proto__": step,
    }


def _patch(evil: str) -> str:
    return f"diff --git a/{evil} b/{evil}\n--- a/{evil}\n+++ b/{evil}\n@@ -1 +1 @@\n-{evil}\n+{evil}{evil}\n"


def _write_lines(path: Path, records: list[dict[str, object]]) -> None:
    path.write_text("".join(json.dumps(record) + "\n" for record in records), encoding="utf-8")
