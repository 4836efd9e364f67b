"""Repositories read without git agree with git."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportgen.logger.capture.git_files import (
    config_urls,
    find_git_folder,
    is_hash,
    packed_refs,
    read_head,
    read_remote,
)
from tests.logger.capture.repositories import commit, git


def by_hand(folder):
    top, place = find_git_folder(str(folder))
    return top, read_head(place), read_remote(place)


def by_git(folder):
    return {
        "commit": git(folder, "rev-parse", "HEAD").strip(),
        "branch": git(folder, "branch", "--show-current").strip(),
    }


def test_a_branch_is_read_loose_and_packed(work):
    (work / "deep" / "er").mkdir(parents=True)
    top, head, remote = by_hand(work / "deep" / "er")
    assert (top, head) == (str(work), by_git(work))
    assert remote == "https://user:t0ken@example.org/lab/digits.git"
    git(work, "checkout", "-q", "-b", "feature/ü")
    git(work, "pack-refs", "--all", "--prune")
    assert not (work / ".git" / "refs" / "heads" / "trunk").exists()
    assert by_hand(work)[1] == by_git(work)
    commit(work, {"more.py": "loose again, beside a packed one of the same name\n"})
    assert by_hand(work)[1] == by_git(work)


def test_a_detached_head_has_no_branch(work):
    git(work, "checkout", "-q", "--detach")
    assert by_hand(work)[1] == {"commit": by_git(work)["commit"]}


def test_a_worktree_shares_refs_and_remotes(work, tmp_path):
    git(work, "worktree", "add", "-q", "-b", "other", str(tmp_path / "tree"))
    commit(tmp_path / "tree", {"a.py": "1\n"})
    assert by_hand(tmp_path / "tree")[1] == by_git(tmp_path / "tree")
    git(work, "pack-refs", "--all", "--prune")
    top, head, remote = by_hand(tmp_path / "tree")
    assert (top, head) == (str(tmp_path / "tree"), by_git(tmp_path / "tree"))
    assert remote.endswith("digits.git")


def test_a_repository_without_a_commit_has_a_branch(tmp_path):
    git(tmp_path, "init", "-q", "-b", "trunk")
    assert by_hand(tmp_path)[1:] == ({"branch": "trunk"}, "")


def test_no_repository_is_none(tmp_path):
    (tmp_path / ".svn").mkdir()
    (tmp_path / ".git").mkdir()  # an empty folder of that name
    assert find_git_folder(str(tmp_path)) is None
    git(tmp_path, "init", "-q", "--bare", "bare.git")
    assert find_git_folder(str(tmp_path / "bare.git")) is None


@pytest.mark.parametrize(
    "content",
    [
        "",
        "nonsense",
        "ref: ../../../etc/passwd",
        "ref: refs/heads/../../secret",
        "ref: HEAD",
        "ref: refs/heads/.invalid",
    ],
)
def test_a_strange_head_tells_nothing(work, content):
    (work / "secret").write_text("0" * 40)
    (work / ".git" / "HEAD").write_text(content)
    _, place = find_git_folder(str(work))
    assert "commit" not in read_head(place)
    assert not read_head(place).get("branch", "").startswith((".", "/"))


HASHES = st.text("0123456789abcdef", min_size=40, max_size=40)
NAMES = st.from_regex(r"refs/(heads|tags|remotes)/[a-z0-9/._-]{1,20}", fullmatch=True)


@given(st.dictionaries(NAMES, HASHES), HASHES)
def test_packed_refs_are_read_as_git_writes_them(refs, peeled):
    lines = ["# pack-refs with: peeled fully-peeled sorted "]
    for name, digest in refs.items():
        lines += [f"{digest} {name}", f"^{peeled}"]
    assert packed_refs("\n".join(lines) + "\n") == refs


@given(st.text())
def test_any_text_is_read_without_trouble(text):
    assert all(is_hash(digest) and name.startswith("refs/") for name, digest in packed_refs(text).items())
    assert all(name and "\n" not in url for name, url in config_urls(text))


@given(
    st.dictionaries(
        st.from_regex(r"[a-z][a-z0-9-]{0,8}", fullmatch=True), st.from_regex(r"[a-z:/.@]{1,20}", fullmatch=True)
    )
)
def test_remotes_are_read_as_git_writes_them(remotes):
    text = "[core]\n\turl = none\n" + "".join(
        f'[remote "{name}"]\n\turl = {url}\n\tfetch = +refs/heads/*:refs/remotes/{name}/*\n'
        for name, url in remotes.items()
    )
    assert dict(config_urls(text)) == remotes
