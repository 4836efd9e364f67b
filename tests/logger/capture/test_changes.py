"""The patches of a run bring back the code that ran, byte for byte, or say what they leave out."""

import subprocess

import pytest

from reportgen.logger.capture import patch
from tests.logger.capture.repositories import change, commit, described, git, patch_of, tree
from tests.logger.logs import only_run, records, run_script


def test_the_patch_turns_a_fresh_checkout_into_the_code_that_ran(work, tmp_path):
    change(work)
    before = git(work, "status", "--porcelain"), (work / ".git" / "index").read_bytes()
    found, content = patch_of(work)
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
        "diff.context": "0",
        "diff.mnemonicPrefix": "true",
    }.items():
        git(work, "config", name, value)
    (work / "train.py").rename(work / "renamed.py")
    git(work, "add", "-A")
    _, content = patch_of(work)
    git(tmp_path, "clone", "-q", str(work), "fresh")
    (tmp_path / "diff.patch").write_bytes(content)
    git(tmp_path / "fresh", "apply", str(tmp_path / "diff.patch"))
    assert tree(tmp_path / "fresh") == tree(work)


def test_a_clean_tree_has_no_patch(work):
    found, content = patch_of(work)
    assert (found["dirty"], content) == (False, b"")


def test_run_logs_are_no_code_whether_tracked_or_not(work):
    (work / "runs" / "p").mkdir(parents=True)
    (work / "runs" / "p" / "old.txt").write_text("1\n")
    git(work, "add", ".")
    git(work, "commit", "-q", "-m", "with runs")
    (work / "runs" / "p" / "old.txt").write_text("2\n")
    (work / "runs" / "p" / "new.txt").write_text("3\n")
    found, content = patch_of(work)
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
    found, content = patch_of(work)
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
    found, content = patch_of(tmp_path)
    assert "commit" not in found
    assert found["dirty"]
    assert b"+a\n" in content


def test_a_script_in_a_repository_keeps_its_code(work, tmp_path):
    code = "import reportgen\nwith reportgen.init(project='p', capture='git') as run: run.log({'a': 1})\n"
    assert run_script(code, work)[0] == 0
    folder = only_run(work / "runs")
    *_, update = records(folder, "update")
    assert update["git"]["dirty"]
    content = (folder / "files" / "diff.patch").read_bytes()
    assert b"+import reportgen" in content
    assert b"runs/" not in content
    git(tmp_path, "clone", "-q", str(work), "fresh")
    git(tmp_path / "fresh", "apply", str(folder / "files" / "diff.patch"))
    assert (tmp_path / "fresh" / "train.py").read_text() == code


def restored(work, tmp_path):
    """The tree that the patch makes from a fresh checkout."""
    _, content = patch_of(work)
    git(tmp_path, "clone", "-q", str(work), "fresh")
    (tmp_path / "diff.patch").write_bytes(content)
    git(tmp_path / "fresh", "apply", str(tmp_path / "diff.patch"))
    return tree(tmp_path / "fresh")


def test_whatever_state_the_index_is_in_the_files_come_back(work, tmp_path):
    git(work, "rm", "-q", "--cached", "train.py")  # not tracked any more, but there
    (work / "intended.py").write_text("i\n")
    git(work, "add", "-N", "intended.py")
    (work / "no_end.txt").chmod(0o755)
    (work / "sp ace.py").unlink()
    (work / "sp ace.py").symlink_to("gone.py")
    (work / "new\nline.py").write_text("n\n")
    (work / ":(magic).py").write_text("m\n")
    git(work, "--literal-pathspecs", "add", ":(magic).py")
    (work / "tracked\tname.py").write_text("t\n")
    git(work, "add", "tracked\tname.py")
    (work / "tracked\tname.py").write_text("later than the index\n")
    assert restored(work, tmp_path) == tree(work)


def test_a_conflict_comes_back_as_it_stands_in_the_files(work, tmp_path):
    git(work, "checkout", "-q", "-b", "other")
    commit(work, {"train.py": "theirs\n"})
    git(work, "checkout", "-q", "trunk")
    commit(work, {"train.py": "ours\n", "gone.py": "y\n"})
    with pytest.raises(subprocess.CalledProcessError):
        git(work, "merge", "-q", "other")
    (work / "gone.py").write_text("z\n")
    assert b"<<<<<<<" in (work / "train.py").read_bytes()
    assert restored(work, tmp_path) == tree(work)


def test_settings_of_the_environment_do_not_spoil_the_patch(work, tmp_path, monkeypatch):
    monkeypatch.setenv("GIT_DIFF_OPTS", "-u0")
    monkeypatch.setenv("GIT_GLOB_PATHSPECS", "1")
    monkeypatch.setenv("GIT_EXTERNAL_DIFF", "false")
    (work / "train.py").write_text("a = 1\nb = 2\n")
    assert restored(work, tmp_path) == tree(work)


def test_a_repository_of_another_kind_of_hash(tmp_path):
    work = tmp_path / "work"
    work.mkdir()
    git(work, "init", "-q", "-b", "trunk", "--object-format=sha256")
    (work / "a.py").write_text("1\n")
    _, content = patch_of(work)
    assert b"+1" in content
    commit(work, {"b.py": "2\n"})
    (work / "a.py").write_text("3\n")
    (work / "new.py").write_text("4\n")
    assert restored(work, tmp_path) == tree(work)


def test_files_that_git_lfs_keeps_are_named(work):
    pointer = "version https://git-lfs.github.com/spec/v1\noid sha256:{}\nsize 7\n"
    commit(work, {"weights.txt": pointer.format("0" * 64)})
    (work / "weights.txt").write_text(pointer.format("1" * 64))
    (work / "about.py").write_text("# " + pointer)
    found, content = patch_of(work)
    assert found["left_out"] == ["weights.txt (kept by git-lfs)"]
    assert b"about.py" in content


def test_a_repository_inside_that_is_no_submodule_is_named(work):
    inside = work / "vendored"
    inside.mkdir()
    git(inside, "init", "-q")
    commit(inside, {"v.py": "v\n"})
    found, content = patch_of(work)
    assert (found["left_out"], found["dirty"], content) == (["vendored/ (a repository of its own)"], True, b"")


def test_run_logs_in_a_submodule_are_no_code(work, tmp_path):
    library = tmp_path / "library"
    library.mkdir()
    git(library, "init", "-q")
    commit(library, {"l.py": "l\n"})
    git(work, "-c", "protocol.file.allow=always", "submodule", "add", "-q", str(library), "library")
    commit(work, {})
    (work / "library" / "runs").mkdir()
    (work / "library" / "runs" / "a.txt").write_text("log\n")
    found, patches = described(work, work / "library" / "runs")
    assert (found["dirty"], found["submodules"][0]["dirty"], patches) == (False, False, {})
    found, patches = described(work)
    assert (found["dirty"], found["submodules"][0]["dirty"]) == (True, True)


def test_what_was_never_pushed_has_no_patch_to_begin_with(work):
    """The remote has nothing that a patch could be from."""
    found, patches = described(work)
    assert found["unpushed"] == 1
    assert "pushed" not in found
    assert patches == {}


@pytest.mark.parametrize("path", ["../outside", "/etc", "link", "missing", ".", ".git"])
def test_a_submodule_that_leads_elsewhere_is_not_read(work, tmp_path, path):
    (tmp_path / "outside").mkdir()
    git(tmp_path / "outside", "init", "-q")
    (work / "link").symlink_to(tmp_path / "outside")
    (work / ".gitmodules").write_text(f'[submodule "x"]\n\tpath = {path}\n\turl = https://example.org/x.git\n')
    found, _ = described(work)
    assert "submodules" not in found


def saved_code(tmp_path, work, settings):
    """The git facts and the patch of a run that was started beside the repository."""
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    code = f"import reportgen\nreportgen.init(capture=['git'], settings={settings!r})\n"
    status, _, err = run_script(code, elsewhere, WANDB_GIT_ROOT=str(work))
    assert (status, err) == (0, "")
    run = only_run(elsewhere / "runs")
    *_, update = records(run, "update")
    return update["git"], run / "files" / "diff.patch"


def test_the_repository_may_be_named(work, tmp_path):
    change(work)
    found, diff = saved_code(tmp_path, work, {})
    assert found["commit"] == git(work, "rev-parse", "HEAD").strip()
    assert "+b = 3" in diff.read_text()


def test_no_code_is_kept_when_that_is_switched_off(work, tmp_path):
    change(work)
    found, diff = saved_code(tmp_path, work, {"disable_code": True})
    assert found["commit"] == git(work, "rev-parse", "HEAD").strip()
    assert not diff.exists()
