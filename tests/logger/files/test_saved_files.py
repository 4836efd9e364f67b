import os
import time
from pathlib import Path

import pytest

from reportgen.config import BuildConfig
from reportgen.errors import UsageError
from reportgen.logger import heartbeat
from reportgen.reading import load_workspace
from tests.logger.logs import run_script


@pytest.fixture
def work(tmp_path):
    for name in ("model.bin", "sub/a.txt", "sub/deep/b.txt", "other.txt"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(name)
    return tmp_path


def wait_until(holds):
    """Wait for another thread; a minute is long enough for any machine."""
    end = time.monotonic() + 60
    while not holds():
        assert time.monotonic() < end
        time.sleep(0.01)


def saved(run):
    files = Path(run.folder, "files")
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
    run.save(work / "model.bin", policy="now")
    (work / "model.bin").write_text("changed")
    assert saved(run) == {"model.bin": "model.bin"}
    run.save("model.bin", policy="now")
    assert saved(run) == {"model.bin": "changed"}
    (work / "model.bin").write_text("changed again")
    run.finish()
    assert saved(run) == {"model.bin": "changed"}


def test_a_live_file_is_copied_whenever_it_has_changed(begin, work, monkeypatch):
    monkeypatch.setattr(heartbeat, "TICK", 0.01)
    run = begin(strict=True)
    assert run.save("sub/*.txt") == ["sub/a.txt"]
    (work / "sub/a.txt").write_text("changed")
    (work / "sub/new.txt").write_text("new")
    wait_until(lambda: saved(run) == {"sub/a.txt": "changed", "sub/new.txt": "new"})
    (work / "sub/a.txt").write_text("at the end")
    (work / "sub/new.txt").unlink()
    run.finish()
    assert saved(run) == {"sub/a.txt": "at the end", "sub/new.txt": "new"}


def test_a_live_file_with_the_same_content_is_left_alone(begin, work):
    run = begin(strict=True)
    run.save("model.bin")
    copy = Path(run.folder, "files/model.bin")
    before = copy.stat()
    os.utime(work / "model.bin", (1, 1))
    run.finish()
    assert (copy.stat().st_ino, copy.stat().st_mtime_ns) == (before.st_ino, before.st_mtime_ns)


def test_a_file_of_the_end_is_copied_at_the_end(begin, work):
    run = begin(strict=True)
    assert run.save("*.txt", policy="end") == ["other.txt"]
    assert saved(run) == {}
    (work / "other.txt").write_text("final")
    (work / "late.txt").write_text("late")
    run.finish()
    assert saved(run) == {"other.txt": "final", "late.txt": "late"}


@pytest.mark.parametrize("how", ["", "sys.exit(3)", "raise ValueError", "os.kill(os.getpid(), signal.SIGTERM)"])
def test_the_end_of_the_process_is_the_end(tmp_path, how):
    code = """
import os, signal, sys, reportgen
run = reportgen.init(id="a", capture=False)
run.save("w.txt", policy="end")
open("w.txt", "w").write("w")
"""
    run_script(code + how, tmp_path)
    assert (tmp_path / "runs/uncategorized/a/files/w.txt").read_text() == "w"


def test_a_policy_that_does_not_exist(begin, work):
    with pytest.raises(UsageError, match="unknown policy 'later'"):
        begin(strict=True).save("model.bin", policy="later")


def test_a_file_is_restored_from_its_own_run_and_from_another(begin, work):
    first = begin(project="p", id="first", strict=True)
    first.save("sub/a.txt")
    (work / "sub/a.txt").unlink()
    with first.restore("sub/a.txt") as file:
        assert (file.read(), file.name) == ("sub/a.txt", str(Path(first.folder, "files/sub/a.txt")))
    second = begin(project="p", id="second", strict=True)
    with second.restore("sub/a.txt", "first", root=work / "out") as file:
        assert file.name == str(work / "out/sub/a.txt")
    (work / "out/sub/a.txt").write_text("mine")
    assert second.restore("sub/a.txt", "lab/p/first", root="out").read() == "mine"
    assert second.restore("sub/a.txt", "p/first", root="out", replace=True).read() == "sub/a.txt"
    assert second.restore("sub/a.txt", "p/first").read() == "sub/a.txt"
    assert saved(second) == {"sub/a.txt": "sub/a.txt"}


@pytest.mark.parametrize("name", ["missing", "../metrics.jsonl", "../../../../secret", "", "."])
@pytest.mark.parametrize("run_path", [None, "p/first", "nobody", "../../p/first"])
def test_what_cannot_be_restored_raises_always(begin, work, name, run_path):
    (work / "secret").write_text("s")
    begin(project="p", id="first").save("model.bin")
    run = begin(project="p", id="second")
    run.log({"a": 1})
    with pytest.raises(UsageError, match="there is no file"):
        run.restore(name, run_path)


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
    assert run.save("missing-*.bin", policy="now") == []
    assert "no file matches" in capsys.readouterr().err
    assert run.save("later-*.bin") == []
    assert capsys.readouterr().err == ""
    run.finish()
    assert "later-*.bin: no file matched until the run ended" in capsys.readouterr().err


def test_files_that_are_to_be_ignored_are_left_out(begin, tmp_path, monkeypatch):
    monkeypatch.setenv("WANDB_IGNORE_GLOBS", "*.tmp,cache/*")
    (tmp_path / "cache").mkdir()
    for name in ("model.pt", "model.tmp", "cache/a.pt", "notes.md"):
        (tmp_path / name).write_text("x")
    run = begin()
    assert sorted(run.save("*.*") + run.save("cache/*")) == ["model.pt", "notes.md"]
    assert not (tmp_path / run.folder / "files" / "model.tmp").exists()


def test_what_a_script_writes_into_the_folder_of_files_belongs_to_the_run(begin, tmp_path, capsys):
    run = begin(project="p", id="a", strict=True)
    assert run.dir == str(tmp_path / "runs/p/a/files")
    Path(run.dir, "model.pt").write_text("weights")
    run.log({"loss": 1})
    run.finish()
    (found,) = load_workspace(BuildConfig(folder=tmp_path, site_dir=tmp_path / "site")).projects[0].runs
    assert [(file.path, file.size) for file in found.files] == [("model.pt", 7)]
    assert capsys.readouterr() == ("", "")


@pytest.mark.parametrize("policy", ["now", "live", "end"])
@pytest.mark.parametrize("base", [None, "", "sub"])
def test_saving_what_is_there_already_leaves_it_in_place(begin, policy, base, capsys):
    run = begin(strict=True)
    written = Path(run.dir, "sub/model.pt")
    written.parent.mkdir()
    written.write_text("weights")
    before = written.stat()
    base = None if base is None else Path(run.dir, base)
    assert run.save(f"{run.dir}/sub/*.pt", base_path=base, policy=policy) == ["sub/model.pt"]
    run.finish()
    assert saved(run) == {"sub/model.pt": "weights"}
    assert (written.stat().st_ino, written.stat().st_mtime_ns) == (before.st_ino, before.st_mtime_ns)
    assert capsys.readouterr() == ("", "")


def test_a_disabled_run_has_a_folder_for_files_until_the_process_ends(tmp_path):
    code = """
import os, reportgen
run = reportgen.init(mode="disabled")
open(os.path.join(run.dir, "model.pt"), "w").write("weights")
print(run.dir, os.listdir(run.dir))
run.finish()
print(run.dir)
"""
    status, out, err = run_script(code, tmp_path)
    folder, _, rest = out.partition(" ")
    assert (status, err, rest) == (0, "", f"['model.pt']\n{folder}\n")
    assert not Path(folder).exists()
    assert not (tmp_path / "runs").exists()


def test_a_folder_of_files_that_cannot_be_made_is_told(begin, capsys):
    run = begin()
    Path(run.folder, "files").write_text("in the way")
    assert run.dir == str(Path(run.folder, "files"))
    assert "cannot make the folder" in capsys.readouterr().err
