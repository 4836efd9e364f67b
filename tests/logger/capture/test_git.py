import os
import subprocess

import pytest

from reportgen.logger.capture import patch
from reportgen.logger.capture.git import describe_code, find_repository
from tests.logger.logs import only_run, records, run_script


def git(folder, *arguments):
    identity = ("-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false")
    done = subprocess.run(["git", *identity, *arguments], cwd=folder, check=True, capture_output=True, text=True)
    return done.stdout


@pytest.fixture
def work(tmp_path):
    """A repository with a commit and every kind of change after it."""
    folder = tmp_path / "work"
    folder.mkdir()
    git(folder, "init", "-q", "-b", "trunk")
    for name, content in {"train.py": "a = 1\n", "gone.py": "x\n", "no_end.txt": "one", "sp ace.py": "1\n"}.items():
        (folder / name).write_text(content)
    (folder / "weights.bin").write_bytes(bytes(range(256)))
    (folder / ".gitignore").write_text("ignored/\n")
    git(folder, "add", ".")
    git(folder, "commit", "-q", "-m", "first")
    git(folder, "remote", "add", "origin", "https://user:t0ken@example.org/lab/digits.git")
    return folder


def change(folder):
    (folder / "train.py").write_text("a = 2\nb = 3\n")
    (folder / "gone.py").unlink()
    (folder / "no_end.txt").write_text("two")
    (folder / "sp ace.py").write_text("2\n")
    (folder / "staged.py").write_text("staged\n")
    git(folder, "add", "staged.py")
    new = {"new.py": "n = 1\n", "pack age/ü.py": "# ü\n", 'qu"ote.py': "q\n", "empty.py": "", "open.md": "no end"}
    for name, content in new.items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(content)
    (folder / "tool.sh").write_text("#!/bin/sh\n")
    (folder / "tool.sh").chmod(0o755)
    (folder / "ignored").mkdir()
    (folder / "ignored" / "x.py").write_text("ignored\n")
    (folder / "crlf.txt").write_bytes(b"a\r\nb\r\n")


def tree(folder):
    """Content and executability of every file, without git's own."""
    return {
        str(path.relative_to(folder)): (path.read_bytes(), os.access(path, os.X_OK))
        for path in folder.rglob("*")
        if path.is_file() and ".git" not in path.parts
    }


def test_the_patch_turns_a_fresh_checkout_into_the_code_that_ran(work, tmp_path):
    change(work)
    before = git(work, "status", "--porcelain"), (work / ".git" / "index").read_bytes()
    found, content = describe_code(find_repository([str(work)]), str(work / "runs"))
    assert (git(work, "status", "--porcelain"), (work / ".git" / "index").read_bytes()) == before
    assert found["commit"] == git(work, "rev-parse", "HEAD").strip()
    assert (found["branch"], found["dirty"], "left_out" in found) == ("trunk", True, False)
    assert found["remote"] == "https://example.org/lab/digits.git"
    git(tmp_path, "clone", "-q", str(work), "fresh")
    fresh = tmp_path / "fresh"
    (tmp_path / "diff.patch").write_bytes(content)
    git(fresh, "apply", str(tmp_path / "diff.patch"))
    expected = tree(work)
    expected.pop("ignored/x.py")
    assert tree(fresh) == expected


def test_the_persons_own_git_settings_do_not_spoil_the_patch(work, tmp_path):
    for name, value in {
        "diff.noprefix": "true",
        "color.ui": "always",
        "diff.external": "false",
        "diff.renames": "copies",
    }.items():
        git(work, "config", name, value)
    (work / "train.py").rename(work / "renamed.py")
    git(work, "add", "-A")
    _, content = describe_code(find_repository([str(work)]), str(work / "runs"))
    git(tmp_path, "clone", "-q", str(work), "fresh")
    (tmp_path / "diff.patch").write_bytes(content)
    git(tmp_path / "fresh", "apply", str(tmp_path / "diff.patch"))
    assert tree(tmp_path / "fresh") == tree(work)


def test_a_clean_tree_has_no_patch(work):
    found, content = describe_code(find_repository([str(work)]), str(work / "runs"))
    assert (found["dirty"], content) == (False, b"")


def test_run_logs_are_no_code_whether_tracked_or_not(work):
    (work / "runs" / "p").mkdir(parents=True)
    (work / "runs" / "p" / "old.txt").write_text("1\n")
    git(work, "add", ".")
    git(work, "commit", "-q", "-m", "with runs")
    (work / "runs" / "p" / "old.txt").write_text("2\n")
    (work / "runs" / "p" / "new.txt").write_text("3\n")
    found, content = describe_code(find_repository([str(work)]), str(work / "runs"))
    assert (found["dirty"], content) == (False, b"")


def test_what_is_left_out_is_named_and_the_rest_applies(work, tmp_path, monkeypatch):
    monkeypatch.setattr(patch, "MOST_FILE_BYTES", 1000)
    monkeypatch.setattr(patch, "MOST_TOTAL_BYTES", 1500)
    (work / "weights.bin").write_bytes(b"\0" * 300)
    (work / "train.py").write_text("x = 1\n" * 300)
    (work / "large.py").write_text("y = 1\n" * 300)
    (work / "api_token.txt").write_text("t0ken\n")
    (work / "data.npy").write_bytes(b"\0")
    for number in range(5):
        (work / f"small{number}.py").write_text("z = 1\n" * 50)
    found, content = describe_code(find_repository([str(work)]), str(work / "runs"))
    reasons = {entry.partition(" (")[0]: entry.partition(" (")[2].rstrip(")") for entry in found["left_out"]}
    assert reasons.pop("weights.bin") == "binary"
    assert reasons.pop("train.py") == reasons.pop("large.py") == "too large"
    assert reasons.pop("api_token.txt") == "may hold a secret"
    assert set(reasons.values()) == {"patch is full"}
    assert len(content) <= 1500
    assert b"t0ken" not in content
    git(tmp_path, "clone", "-q", str(work), "fresh")
    (tmp_path / "diff.patch").write_bytes(content)
    git(tmp_path / "fresh", "apply", str(tmp_path / "diff.patch"))


def test_a_repository_without_a_commit(tmp_path):
    git(tmp_path, "init", "-q", "-b", "trunk")
    (tmp_path / "a.py").write_text("a\n")
    found, content = describe_code(find_repository([str(tmp_path)]), str(tmp_path / "runs"))
    assert "commit" not in found
    assert found["dirty"]
    assert b"+a\n" in content


def test_no_repository_is_no_trouble(tmp_path):
    assert find_repository([str(tmp_path), str(tmp_path / "missing")]) is None


def test_a_script_in_a_repository_keeps_its_code(work, tmp_path):
    code = "import reportgen\nwith reportgen.init(project='p', capture='git') as run: run.log({'a': 1})\n"
    assert run_script(code, work)[0] == 0
    folder = only_run(work / "runs")
    ((update),) = records(folder, "update")
    assert update["git"]["dirty"]
    content = (folder / "files" / "diff.patch").read_bytes()
    assert b"+import reportgen" in content
    assert b"runs/" not in content
    git(tmp_path, "clone", "-q", str(work), "fresh")
    git(tmp_path / "fresh", "apply", str(folder / "files" / "diff.patch"))
    assert (tmp_path / "fresh" / "train.py").read_text() == code


def saved_code(tmp_path, work, settings):
    """The commit and the patch of a run that was started beside the repository."""
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    code = f"import reportgen\nreportgen.init(capture=['git'], settings={settings!r})\n"
    status, _, err = run_script(code, elsewhere, WANDB_GIT_ROOT=str(work))
    assert (status, err) == (0, "")
    run = only_run(elsewhere / "runs")
    (update,) = records(run, "update")
    return update["git"]["commit"], run / "files" / "diff.patch"


def test_the_repository_may_be_named(work, tmp_path):
    change(work)
    commit, diff = saved_code(tmp_path, work, {})
    assert commit == git(work, "rev-parse", "HEAD").strip()
    assert "+b = 3" in diff.read_text()


def test_no_code_is_kept_when_that_is_switched_off(work, tmp_path):
    change(work)
    commit, diff = saved_code(tmp_path, work, {"disable_code": True})
    assert commit == git(work, "rev-parse", "HEAD").strip()
    assert not diff.exists()
