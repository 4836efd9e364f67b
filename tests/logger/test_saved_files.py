from pathlib import Path

import pytest


@pytest.fixture
def work(tmp_path):
    for name in ("model.bin", "sub/a.txt", "sub/deep/b.txt", "other.txt"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(name)
    return tmp_path


def saved(run):
    files = Path(run.dir, "files")
    return {str(path.relative_to(files)): path.read_text() for path in files.rglob("*") if path.is_file()}


@pytest.mark.parametrize(
    ("pattern", "names"),
    [
        ("model.bin", {"model.bin"}),
        ("sub", {"sub/a.txt", "sub/deep/b.txt"}),
        ("sub/*.txt", {"sub/a.txt"}),
        ("**/*.txt", {"sub/a.txt", "sub/deep/b.txt", "other.txt"}),
    ],
)
def test_files_folders_and_globs_keep_their_paths(begin, work, pattern, names):
    run = begin()
    assert run.save(pattern) == sorted(names)
    assert saved(run) == {name: name for name in names}


def test_a_copy_does_not_follow_the_original(begin, work):
    run = begin()
    run.save(work / "model.bin")
    (work / "model.bin").write_text("changed")
    assert saved(run) == {"model.bin": "model.bin"}
    run.save("model.bin")
    assert saved(run) == {"model.bin": "changed"}


def test_nothing_lands_outside(begin, work, tmp_path_factory):
    elsewhere = tmp_path_factory.mktemp("elsewhere") / "weights.bin"
    elsewhere.write_text("w")
    run = begin()
    assert run.save(elsewhere) == ["weights.bin"]
    assert run.save("sub/../model.bin") == ["model.bin"]
    assert run.save("model.bin", base_path=work / "sub") == ["model.bin"]
    assert run.save("sub/deep/b.txt", base_path="sub") == ["deep/b.txt"]
    assert set(saved(run)) == {"weights.bin", "model.bin", "deep/b.txt"}


def test_the_run_does_not_save_itself(begin, work):
    run = begin()
    run.log({"a": 1})
    names = run.save("**/*")
    assert not any("metrics.jsonl" in name for name in names)
    assert "model.bin" in names


def test_what_is_missing_is_told_and_does_not_raise(begin, capsys):
    run = begin()
    assert run.save("missing-*.bin") == []
    assert "no file matches" in capsys.readouterr().err


def test_files_that_are_to_be_ignored_are_left_out(begin, tmp_path, monkeypatch):
    monkeypatch.setenv("WANDB_IGNORE_GLOBS", "*.tmp,cache/*")
    (tmp_path / "cache").mkdir()
    for name in ("model.pt", "model.tmp", "cache/a.pt", "notes.md"):
        (tmp_path / name).write_text("x")
    run = begin()
    assert sorted(run.save("*.*") + run.save("cache/*")) == ["model.pt", "notes.md"]
    assert not (tmp_path / run.dir / "files" / "model.tmp").exists()
