"""The branch that GitHub Pages serves, pushed to a real bare repository."""

from collections.abc import Callable
from pathlib import Path

import pytest

from reportgen.errors import PublishError
from reportgen.publish import PagesBranch, publish_branch
from reportgen.publish.github_pages import _address
from tests.publish.conftest import Repository

TARGET = PagesBranch()


def test_the_branch_holds_exactly_the_site_and_nojekyll(repository: Repository) -> None:
    published = publish_branch(repository.site, repository.folder, TARGET)
    assert published.changed
    assert repository.published() == repository.site_files() | {".nojekyll": b""}
    assert repository.git("rev-parse", "gh-pages", at=repository.bare) == published.commit


def test_the_working_tree_and_the_current_branch_stay_as_they_are(repository: Repository) -> None:
    (repository.folder / "train.py").write_text("print('changed')\n")
    (repository.folder / "notes.txt").write_text("untracked\n")
    repository.git("add", "notes.txt")
    before = (
        repository.git("status", "--porcelain"),
        repository.git("rev-parse", "HEAD"),
        repository.git("branch", "--show-current"),
    )
    publish_branch(repository.site, repository.folder, TARGET)
    after = (
        repository.git("status", "--porcelain"),
        repository.git("rev-parse", "HEAD"),
        repository.git("branch", "--show-current"),
    )
    assert after == before
    assert after[2] == "main"


def test_a_second_publication_continues_the_history(repository: Repository) -> None:
    first = publish_branch(repository.site, repository.folder, TARGET)
    (repository.site / "index.html").write_text("<h1>new</h1>")
    (repository.site / "empty.txt").unlink()
    second = publish_branch(repository.site, repository.folder, PagesBranch(message="again"))
    assert repository.published() == repository.site_files() | {".nojekyll": b""}
    history = repository.git("log", "--format=%H %s", "gh-pages", at=repository.bare).splitlines()
    assert history == [f"{second.commit} again", f"{first.commit} {TARGET.message}"]


def test_the_same_site_again_pushes_nothing(repository: Repository) -> None:
    first = publish_branch(repository.site, repository.folder, TARGET)
    again = publish_branch(repository.site, repository.folder, TARGET)
    assert not again.changed
    assert again.commit == first.commit
    assert repository.git("rev-list", "--count", "gh-pages", at=repository.bare) == "1"


def test_publishing_from_a_second_clone_continues_what_the_first_published(
    repository: Repository, make_repository: Callable[[str], Repository]
) -> None:
    publish_branch(repository.site, repository.folder, TARGET)
    other = make_repository("elsewhere")
    (other.site / "index.html").write_text("<h1>from elsewhere</h1>")
    publish_branch(other.site, other.folder, TARGET)
    (repository.site / "index.html").write_text("<h1>and back</h1>")
    publish_branch(repository.site, repository.folder, TARGET)
    assert repository.git("rev-list", "--count", "gh-pages", at=repository.bare) == "3"
    assert repository.published()["index.html"] == b"<h1>and back</h1>"


def test_a_custom_domain_on_the_branch_is_kept(repository: Repository) -> None:
    (repository.site / "CNAME").write_text("runs.example.org\n")
    publish_branch(repository.site, repository.folder, TARGET)
    (repository.site / "CNAME").unlink()
    (repository.site / "index.html").write_text("<h1>new</h1>")
    published = publish_branch(repository.site, repository.folder, TARGET)
    assert repository.published()["CNAME"] == b"runs.example.org"
    assert published.address == "https://runs.example.org/"


def test_another_branch_and_remote(repository: Repository, tmp_path: Path) -> None:
    mirror = tmp_path / "mirror.git"
    repository.git("init", "-q", "--bare", str(mirror))
    repository.git("remote", "add", "mirror", str(mirror))
    publish_branch(repository.site, repository.folder, PagesBranch(remote="mirror", branch="docs/site"))
    elsewhere = Repository(repository.folder, mirror)
    assert elsewhere.published("docs/site") == repository.site_files() | {".nojekyll": b""}
    assert repository.git("branch", "--list", at=repository.bare) == ""


def refuse_pushes(repository: Repository) -> None:
    hook = repository.bare / "hooks" / "pre-receive"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text("#!/bin/sh\necho 'this branch is protected' >&2\nexit 1\n")
    hook.chmod(0o755)


def test_a_refused_push_says_why_and_leaves_the_local_branch(repository: Repository) -> None:
    first = publish_branch(repository.site, repository.folder, TARGET)
    refuse_pushes(repository)
    (repository.site / "index.html").write_text("<h1>new</h1>")
    with pytest.raises(
        PublishError, match=r"origin refused the push to gh-pages: .*this branch is protected"
    ) as caught:
        publish_branch(repository.site, repository.folder, TARGET)
    assert caught.value.remedy
    assert repository.git("rev-parse", "gh-pages") == first.commit
    assert repository.git("rev-parse", "gh-pages", at=repository.bare) == first.commit


def test_a_first_push_that_is_refused_leaves_no_branch(repository: Repository) -> None:
    refuse_pushes(repository)
    with pytest.raises(PublishError, match="this branch is protected"):
        publish_branch(repository.site, repository.folder, TARGET)
    assert repository.git("branch", "--list", "gh-pages") == ""


def test_local_commits_that_the_remote_lacks_are_not_thrown_away(repository: Repository) -> None:
    publish_branch(repository.site, repository.folder, TARGET)
    tree = repository.git("rev-parse", "gh-pages^{tree}")
    mine = repository.git("commit-tree", tree, "-p", "gh-pages", "-m", "by hand")
    repository.git("update-ref", "refs/heads/gh-pages", mine)
    with pytest.raises(PublishError, match="has commits that origin does not"):
        publish_branch(repository.site, repository.folder, TARGET)
    assert repository.git("rev-parse", "gh-pages") == mine


def test_no_site_yet(repository: Repository) -> None:
    with pytest.raises(PublishError, match="no site here yet") as caught:
        publish_branch(repository.folder / "public", repository.folder, TARGET)
    assert "reportgen build" in caught.value.remedy


def test_no_repository(repository: Repository, tmp_path: Path) -> None:
    with pytest.raises(PublishError, match="in no git repository"):
        publish_branch(repository.site, tmp_path, TARGET)


def test_no_such_remote(repository: Repository) -> None:
    with pytest.raises(PublishError, match="no remote named 'upstream'") as caught:
        publish_branch(repository.site, repository.folder, PagesBranch(remote="upstream"))
    assert "origin" in caught.value.remedy


def test_a_remote_that_cannot_be_reached(repository: Repository, tmp_path: Path) -> None:
    repository.git("remote", "set-url", "origin", str(tmp_path / "gone.git"))
    with pytest.raises(PublishError, match="origin cannot be reached"):
        publish_branch(repository.site, repository.folder, TARGET)


@pytest.mark.parametrize("branch", ["--force", "two words", ""])
def test_names_that_are_no_branch(repository: Repository, branch: str) -> None:
    with pytest.raises(PublishError, match="cannot be the name of a branch"):
        publish_branch(repository.site, repository.folder, PagesBranch(branch=branch))


def test_the_current_branch_is_never_replaced(repository: Repository) -> None:
    with pytest.raises(PublishError, match="the branch main is checked out"):
        publish_branch(repository.site, repository.folder, PagesBranch(branch="main"))
    assert repository.git("log", "--format=%s", "main") == "first"


def test_a_commit_needs_an_author(repository: Repository) -> None:
    repository.git("config", "--unset", "user.email")
    with pytest.raises(PublishError, match="does not know who makes the commit") as caught:
        publish_branch(repository.site, repository.folder, TARGET)
    assert "git config user.email" in caught.value.remedy


@pytest.mark.parametrize(
    ("remote", "address"),
    [
        ("git@github.com:Ada/digits.git", "https://ada.github.io/digits/"),
        ("https://github.com/ada/digits", "https://ada.github.io/digits/"),
        ("https://github.com/ada/ada.github.io.git", "https://ada.github.io/"),
        ("https://example.org/ada/digits.git", ""),
    ],
)
def test_where_github_shows_it(remote: str, address: str) -> None:
    assert _address(remote, "") == address
