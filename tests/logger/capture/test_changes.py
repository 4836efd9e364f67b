"""The patches of a run bring back the code that ran, byte for byte, or say what they leave out."""

from reportgen.logger.capture import patch
from tests.logger.capture.repositories import change, git, patch_of, tree
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
