"""The source files of a run as an artifact."""

from pathlib import Path

import pytest

from tests.logger.logs import run_script

SOURCES = ("train.py", "lib/net.py", "lib/notes.md")
OTHERS = (
    ".git/hook.py",
    "venv/x.py",
    "mine/pyvenv.cfg",
    "mine/lib/y.py",
    "node_modules/z.py",
    "lib/__pycache__/c.py",
    "runs/p/a/files/old.py",
    "secret_keys.py",
    "wandb/run.py",
)


@pytest.fixture
def work(tmp_path):
    for name in (*SOURCES, *OTHERS):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(f"# {name}")
    return tmp_path


def names(artifact):
    return sorted(artifact.manifest.entries)


def test_python_files_without_what_was_installed_or_logged(begin, work):
    run = begin(project="digits", strict=True)
    logged = run.log_code()
    assert names(logged) == ["lib/net.py", "train.py"]
    assert (logged.type, logged.version) == ("code", "v0")
    assert logged.collection_name.startswith("source-digits-")
    assert Path(logged.get_entry("train.py").download()).read_text() == "# train.py"
    assert run.log_code().version == "v0"


def test_functions_choose_by_path_or_by_path_and_root(begin, work):
    run = begin(strict=True)
    assert names(run.log_code("lib", "notes", lambda path: path.endswith(".md"))) == ["notes.md"]
    chosen = run.log_code(
        ".",
        "all",
        include_fn=lambda path, root: Path(path).relative_to(root).suffix in (".py", ".md"),
        exclude_fn=lambda path, root: Path(path).parent == Path(root),
    )
    assert names(chosen) == ["lib/net.py", "lib/notes.md"]


def test_no_code_is_no_artifact(begin, work):
    run = begin(strict=True)
    assert run.log_code(include_fn=lambda path: path.endswith(".rs")) is None
    assert not Path("runs/uncategorized/_artifacts").exists()


def test_the_name_says_which_program(work):
    code = "import reportgen\nrun = reportgen.init(project='p', capture=False)\nprint(run.log_code('lib').name)"
    assert run_script(code, work)[:2] == (0, "source-p-train.py:v0\n")
