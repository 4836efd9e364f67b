"""Reads run logs as any other program would, and runs scripts as a person would."""

import hashlib
import json
import os
import subprocess
import sys
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parents[2]


def lines(path):
    """Every line of a file as JSON; a line that is none fails the test."""
    content = Path(path).read_bytes()
    assert not content or content.endswith(b"\n")
    return [json.loads(line, parse_constant=refuse) for line in content.splitlines()]


def refuse(word):
    raise AssertionError(f"{word} is no JSON")


def rows(folder):
    """The rows without time stamps."""
    return [
        {key: value for key, value in row.items() if key != "_timestamp"} for row in lines(f"{folder}/metrics.jsonl")
    ]


def records(folder, kind):
    """Records of one kind, without their kind."""
    found = [record for record in lines(f"{folder}/run.jsonl") if record["type"] == kind]
    return [{key: value for key, value in record.items() if key != "type"} for record in found]


def only_run(folder):
    """The run folder of the only run below the folder with projects."""
    (found,) = Path(folder).glob("*/*")
    return found


def environment(**more):
    """The environment of a script, with the checkout importable and nothing of this session's settings."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("REPORTGEN_", "WANDB_"))}
    return {**kept, "PYTHONPATH": str(CHECKOUT), "PYTHONUNBUFFERED": "1", **more}


def start_script(code, folder, **more):
    """Start a Python script in a folder."""
    script = Path(folder) / "train.py"
    script.write_text(code)
    return subprocess.Popen(
        [sys.executable, str(script)],
        cwd=folder,
        env=environment(**more),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def run_script(code, folder, **more):
    """Run a Python script to its end; returns the process with ``returncode``, and its stdout and stderr."""
    process = start_script(code, folder, **more)
    out, err = process.communicate(timeout=60)
    return process.returncode, out, err


def logged(run, value):
    """Log a medium; the value in the row, and its file, whose path, digest and size are right."""
    run.log({"medium": value})
    found = rows(run.folder)[-1]["medium"]
    path = Path(run.folder, found["path"])
    content = path.read_bytes()
    digest = hashlib.sha256(content).hexdigest()
    assert (found["sha256"], found["size"]) == (digest, len(content))
    assert path.parent.parent == Path(run.folder, "files/media")
    assert path.name.partition(".")[0] == digest[:16]
    return found, path


def told(begin, capsys, value):
    """Log a medium that cannot be one: it is null, the rest of the row is kept, and what was said is returned."""
    run = begin()
    run.log({"bad": value, "good": 1})
    assert rows(run.folder)[-1] == {"_step": 0, "bad": None, "good": 1}
    said = capsys.readouterr().err
    assert "cannot log 'bad'" in said
    return said
