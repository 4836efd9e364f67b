"""Where a repository is and at which commit, in every place that git knows, and where git does not help."""

import os
import shutil
import sys

import pytest

from reportgen.logger.capture import command
from reportgen.logger.capture.command import Commands
from reportgen.logger.capture.git import Repository, find_repository, head_by_hand
from tests.logger.capture.repositories import commit, described, git
from tests.logger.logs import only_run, records, run_script

REMOTE = "https://example.org/lab/digits.git"
SCRIPT = "import reportgen\nwith reportgen.init(project='p', capture='git') as run:\n    run.capture_timeout = 2\n"


def head(folder):
    return find_repository([str(folder)], Commands()).head()


def git_updates(folder):
    return [update["git"] for update in records(only_run(folder / "runs"), "update")]


def test_the_head_has_a_commit_a_branch_and_a_remote_without_credentials(work):
    assert head(work) == {"commit": git(work, "rev-parse", "HEAD").strip(), "branch": "trunk", "remote": REMOTE}


def test_the_remote_is_the_one_that_the_branch_is_pushed_to(work):
    git(work, "remote", "add", "fork", "git@example.org:ada/digits.git")
    assert head(work)["remote"] == REMOTE
    git(work, "config", "branch.trunk.remote", "fork")
    assert head(work)["remote"] == "git@example.org:ada/digits.git"
    git(work, "config", "branch.trunk.remote", ".")  # it follows a local branch
    assert head(work)["remote"] == REMOTE
    git(work, "remote", "remove", "origin")
    assert head(work)["remote"] == "git@example.org:ada/digits.git"


def test_a_detached_head_has_no_branch(work):
    git(work, "checkout", "-q", "--detach")
    assert set(head(work)) == {"commit", "remote"}


def test_a_worktree_is_a_repository_of_its_own(work, tmp_path):
    git(work, "worktree", "add", "-q", "-b", "other", str(tmp_path / "tree"))
    (tmp_path / "tree" / "train.py").write_text("a = 3\n")
    found, patches = described(tmp_path / "tree")
    assert (found["branch"], found["dirty"]) == ("other", True)
    assert b"+a = 3" in patches["files/diff.patch"]


def test_what_is_versioned_elsewhere_or_not_at_all_is_no_repository(tmp_path, work):
    (tmp_path / "svn" / ".svn").mkdir(parents=True)
    git(tmp_path, "init", "-q", "--bare", "bare.git")
    folders = [str(tmp_path / name) for name in ("svn", "bare.git", "missing", "work/.git")]
    assert find_repository(folders, Commands()) is None
    assert head_by_hand(folders, Commands()) == {}
    assert find_repository([*folders, str(work)], Commands()).top == str(work)


def test_variables_that_say_where_the_repository_is_hold(work, tmp_path, monkeypatch):
    shutil.move(work / ".git", tmp_path / "store")
    monkeypatch.setenv("GIT_DIR", "store")  # from where the script was started
    monkeypatch.setenv("GIT_WORK_TREE", str(work))
    found, _ = described(work)
    assert (found["branch"], found["dirty"]) == ("trunk", False)


def test_variables_of_a_hook_of_another_repository_do_not(work, tmp_path, monkeypatch):
    other = tmp_path / "other"
    other.mkdir()
    git(other, "init", "-q", "-b", "wrong")
    monkeypatch.setenv("GIT_DIR", str(other / ".git"))
    monkeypatch.setenv("GIT_WORK_TREE", str(other))
    monkeypatch.setenv("GIT_INDEX_FILE", str(other / ".git" / "index"))
    found, _ = described(work)
    assert (found["branch"], found["dirty"]) == ("trunk", False)


def test_without_git_commit_and_branch_are_read_by_hand(work, monkeypatch):
    expected = head(work)
    monkeypatch.setenv("PATH", str(work / "empty"))
    assert find_repository([str(work)], Commands()) is None
    left_out = {"left_out": ["all changes (git is not installed)"], "left_out_count": 1}
    assert head_by_hand([str(work)], Commands()) == expected | left_out


def test_another_users_repository_is_read_by_hand(work, monkeypatch):
    expected = head(work)
    monkeypatch.setenv("GIT_TEST_ASSUME_DIFFERENT_OWNER", "1")
    assert find_repository([str(work)], Commands()) is None
    found = head_by_hand([str(work)], Commands())
    assert "another user" in found.pop("left_out")[0]
    assert found == expected | {"left_out_count": 1}


def test_a_script_without_git_keeps_its_commit(work, tmp_path):
    expected = head(work)
    assert run_script(SCRIPT, work, PATH=str(tmp_path / "empty"))[0] == 0
    (found,) = git_updates(work)
    assert {**found, **expected} == found
    assert "dirty" not in found


@pytest.fixture
def slow_git(tmp_path):
    """A folder with a git that behaves as in a repository of any size: it never ends, or never stops to print."""
    real = shutil.which("git")

    def made(pattern, instead):
        folder = tmp_path / "slow"
        folder.mkdir()
        script = folder / "git"
        script.write_text(f'#!/bin/sh\ncase "$*" in *" {pattern}"*) {instead};; esac\nexec {real} "$@"\n')
        script.chmod(0o755)
        return f"{folder}{os.pathsep}{os.environ['PATH']}"

    return made


def test_what_takes_too_long_is_given_up_and_the_rest_is_kept(work, slow_git, monkeypatch):
    (work / "train.py").write_text("a = 2\n")
    (work / "new.py").write_text("n = 1\n")
    monkeypatch.setattr(command, "EACH_SECONDS", 0.5)
    monkeypatch.setenv("PATH", slow_git("diff", "sleep 600"))
    found, patches = described(work)
    assert found["left_out"] == ["… (git diff failed, or found more than it could in time)"]
    assert (found["branch"], found["dirty"]) == ("trunk", True)
    assert b"+n = 1" in patches["files/diff.patch"]


def test_what_is_not_known_to_differ_is_not_called_so(work, slow_git, monkeypatch):
    monkeypatch.setattr(command, "EACH_SECONDS", 0.5)
    monkeypatch.setenv("PATH", slow_git("diff", "sleep 600"))
    found, patches = described(work)
    assert "dirty" not in found
    assert found["left_out_count"] == 1
    assert patches == {}


def test_endless_names_of_untracked_files_are_cut(work, slow_git, monkeypatch):
    endless = f"exec {sys.executable} -S -c \"import os\nwhile 1: os.write(1, b'data.npy\\\\0' * 9999)\""
    monkeypatch.setenv("PATH", slow_git("ls-files", endless))
    found, _ = described(work)
    assert found["left_out"] == ["… (more untracked files than could be listed in time)"]


def test_a_diff_that_is_cut_keeps_whole_files(work, monkeypatch):
    for number in range(9):
        commit(work, {f"{number}.py": "x = 1\n"})
    for number in range(9):
        (work / f"{number}.py").write_text(f"{'y' * 3000}\n")
    whole, patches = described(work)
    assert "left_out" not in whole
    monkeypatch.setattr(Repository.git, "__kwdefaults__", {"most_bytes": 10_000})
    found, cut = described(work)
    assert found["left_out"][0] == "3.py (git diff failed or took too long)"
    assert patches["files/diff.patch"].startswith(cut["files/diff.patch"])
    assert cut["files/diff.patch"].endswith(b"y\n")


@pytest.mark.parametrize("training", ["pass", "import time; time.sleep(1)"], ids=["at once", "while git runs"])
def test_a_run_ends_in_time_whatever_git_does(work, slow_git, training):
    path = slow_git("diff", "sleep 600")
    assert run_script(f"{SCRIPT}    {training}\n", work, PATH=path)[0] == 0
    first, last = git_updates(work)
    assert first["commit"] == last["commit"] == git(work, "rev-parse", "HEAD").strip()
    assert last["left_out"][0].startswith("… (git diff failed")
    assert records(only_run(work / "runs"), "finish")[0]["exit_code"] == 0
