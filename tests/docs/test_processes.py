"""The pages about many processes and about resuming work as they stand there."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.docs.test_documents import blocks, build


@pytest.fixture
def shell(tmp_path, monkeypatch):
    """Runs a script of the page in an empty folder, with this Python."""
    for name in [name for name in os.environ if name.startswith(("REPORTGEN_", "SLURM_"))]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("PATH", f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parents[2]))

    def run_script(code, train):
        (tmp_path / "train.py").write_text(train, encoding="utf-8")
        done = subprocess.run(["bash", "-euc", code], cwd=tmp_path, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        return done.stdout

    return run_script


def steps(folder, name="metrics.jsonl"):
    return [json.loads(line)["_step"] for line in (folder / name).read_text(encoding="utf-8").splitlines()]


def test_a_script_goes_on_by_itself(shell, tmp_path):
    train, code = blocks("how-to/resume.md", "python")[0], blocks("how-to/resume.md", "bash")[0]
    assert shell(code, train) == "stopped\n"
    (folder,) = (tmp_path / "runs" / "digits").iterdir()
    assert steps(folder) == list(range(6))
    assert steps(folder, "metrics.2.jsonl") == list(range(6, 10))
    build(tmp_path, "--strict")


def test_a_script_moves_over_from_wandb(shell, tmp_path):
    moved, _, chosen, _ = blocks("how-to/from-wandb.md", "python")
    shell("python train.py", moved)
    shell("python train.py", f"{chosen}\nwandb.init(project='chosen').log({{'loss': 1}})")
    assert sorted(folder.name for folder in (tmp_path / "runs").iterdir()) == ["chosen", "digits"]
    (folder,) = (tmp_path / "runs" / "digits").iterdir()
    assert steps(folder) == list(range(10))
    build(tmp_path, "--strict")


def test_a_run_is_rewound_and_forked(shell, tmp_path):
    pages = [code for code in blocks("how-to/resume.md", "python") if "?_step=" in code]
    assert len(pages) == 2
    shell("python train.py", pages[0].replace('resume_from="adam-3?_step=4"', 'id="adam-3"'))
    for page in pages:
        shell("python train.py", page)
    rewound = tmp_path / "runs" / "digits" / "adam-3"
    assert steps(rewound) == list(range(10))
    assert steps(rewound, "metrics.2.jsonl") == list(range(5, 10))
    (forked,) = [folder for folder in rewound.parent.iterdir() if folder != rewound]
    assert steps(forked) == list(range(5, 10))
    build(tmp_path, "--strict")


def test_ranks_workers_and_programs_write_one_run(shell, tmp_path):
    train, workers = blocks("how-to/many-processes.md", "python")
    ranks, shared = blocks("how-to/many-processes.md", "bash")
    for code, script, names in [
        (ranks, train, {"metrics.jsonl", "metrics.rank1.jsonl", "metrics.rank2.jsonl", "metrics.rank3.jsonl"}),
        (shared, train, {"metrics.jsonl", "metrics.evaluator.jsonl"}),
        ("python train.py", workers, {"metrics.worker1.jsonl", "metrics.worker2.jsonl", "metrics.worker3.jsonl"}),
    ]:
        before = set((tmp_path / "runs").glob("*/*"))
        shell(code, script)
        (folder,) = set((tmp_path / "runs").glob("*/*")) - before
        assert {path.name for path in folder.glob("metrics*.jsonl")} == names
    build(tmp_path, "--strict")
