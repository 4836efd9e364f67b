"""Publishing to a branch that GitHub Pages serves. The working tree and the current branch are left alone."""

import contextlib
import os
import re
from dataclasses import dataclass
from pathlib import Path

from reportgen.errors import PublishError
from reportgen.publish.git import answer, complaint, repository_root, run_git

DOMAIN_FILE = "CNAME"
"""Where GitHub Pages keeps a custom domain, on the branch itself."""
GITHUB_ADDRESS = re.compile(r"github\.com[:/](?P<owner>[\w.-]+)/(?P<name>[\w.-]+?)(?:\.git)?/?$")


@dataclass(frozen=True, slots=True)
class PagesBranch:
    """Where the site goes.

    Attributes:
        remote: name of a git remote.
        branch: branch of the remote that holds nothing but the site.
        message: of the commit.
    """

    remote: str = "origin"
    branch: str = "gh-pages"
    message: str = "Publish the site with reportgen"

    @property
    def local(self) -> str:
        """Full name of the branch in this repository."""
        return f"refs/heads/{self.branch}"

    @property
    def tracking(self) -> str:
        """Full name of what this repository knows of the branch at the remote."""
        return f"refs/remotes/{self.remote}/{self.branch}"


@dataclass(frozen=True, slots=True)
class Published:
    """What a publication did.

    Attributes:
        commit: the commit that the branch now has.
        changed: False when the branch already had exactly this site, so nothing was pushed.
        address: where GitHub Pages will show it, as far as the remote's address tells; else empty.
    """

    commit: str
    changed: bool
    address: str


def check_site(site: Path) -> None:
    """Raise PublishError unless the folder holds a built site."""
    if not (site / "index.html").is_file():
        remedy = "Build it first with `reportgen build`, or say where it is with --site-dir."
        raise PublishError("there is no site here yet", where=str(site), remedy=remedy)


def publish_branch(site: Path, folder: Path, target: PagesBranch) -> Published:
    """Push a built site to a branch of the repository that holds a folder.

    The site becomes one commit on top of what the remote's branch had; a ``CNAME`` that stands there is kept, and
    ``.nojekyll`` is added. When the push is refused, the local branch goes back to where it was.

    Raises:
        PublishError: no site, no repository, no such remote, no name for the commit, or the push was refused.
    """
    check_site(site)
    root = _repository(folder)
    _check_target(root, target)
    _fetch(root, target)
    before, at_remote = _revision(root, target.local), _revision(root, target.tracking)
    kept_domain = "" if (site / DOMAIN_FILE).is_file() else answer(root, "show", f"{target.tracking}:{DOMAIN_FILE}")
    commit = _commit_site(root, site.resolve(), target, kept_domain)
    domain = answer(root, "show", f"{commit}:{DOMAIN_FILE}")
    address = _address(answer(root, "remote", "get-url", target.remote), domain)
    if at_remote and _revision(root, f"{commit}^{{tree}}") == _revision(root, f"{at_remote}^{{tree}}"):
        run_git(root, "update-ref", target.local, at_remote)
        return Published(at_remote, changed=False, address=address)
    pushed = run_git(root, "push", target.remote, f"{target.local}:{target.local}")
    if pushed.returncode:
        _restore(root, target, before)
        raise PublishError(
            f"{target.remote} refused the push to {target.branch}: {complaint(pushed)}",
            remedy="Check that you may push there; if somebody else published meanwhile, run the command again.",
        )
    return Published(commit, changed=True, address=address)


def _repository(folder: Path) -> Path:
    root = repository_root(folder)
    if root is None:
        raise PublishError(
            "this folder is in no git repository",
            where=str(folder),
            remedy="Make one with `git init` and `git remote add origin …`, or copy the site folder to any web server.",
        )
    return root


def _check_target(root: Path, target: PagesBranch) -> None:
    if not answer(root, "check-ref-format", "--branch", target.branch):
        raise PublishError(f"{target.branch!r} cannot be the name of a branch")
    remotes = answer(root, "remote").split()
    if target.remote not in remotes:
        known = (
            f"It has {', '.join(remotes)}; choose with --remote." if remotes else "Add one: `git remote add origin …`."
        )
        raise PublishError(f"the repository has no remote named {target.remote!r}", where=str(root), remedy=known)
    if f"branch {target.local}" in answer(root, "worktree", "list", "--porcelain").splitlines():
        raise PublishError(
            f"the branch {target.branch} is checked out, and publishing replaces all that is on it",
            where=str(root),
            remedy="Switch to your working branch first, or choose another with --branch.",
        )
    for field in ("name", "email"):
        if not os.environ.get(f"GIT_COMMITTER_{field.upper()}") and not answer(root, "config", f"user.{field}"):
            raise PublishError(
                "git does not know who makes the commit", remedy=f"Tell it: `git config user.{field} …`."
            )


def _fetch(root: Path, target: PagesBranch) -> None:
    """Learn where the remote's branch stands now, so that the push continues it."""
    there = run_git(root, "ls-remote", "--heads", target.remote, target.local)
    if there.returncode:
        raise PublishError(
            f"{target.remote} cannot be reached: {complaint(there)}",
            remedy="Check the address with `git remote -v`, the network and your access.",
        )
    if not there.stdout.strip():
        run_git(root, "update-ref", "-d", target.tracking)
        return
    fetched = run_git(root, "fetch", "--no-tags", target.remote, f"+{target.local}:{target.tracking}")
    if fetched.returncode:
        raise PublishError(f"{target.branch} cannot be fetched from {target.remote}: {complaint(fetched)}")
    if (
        _revision(root, target.local)
        and run_git(root, "merge-base", "--is-ancestor", target.local, target.tracking).returncode
    ):
        raise PublishError(
            f"your branch {target.branch} has commits that {target.remote} does not",
            where=str(root),
            remedy=f"Push them, or drop them with `git branch -D {target.branch}`, and publish again.",
        )


def _commit_site(root: Path, site: Path, target: PagesBranch, domain: str) -> str:
    """The site as a commit on the local branch, which starts where the remote's branch stands."""
    from ghp_import import GhpError, ghp_import

    options = {"remote": target.remote, "branch": target.branch, "mesg": target.message}
    before = _revision(root, target.local)
    try:
        with contextlib.chdir(root):
            ghp_import(str(site), **options, nojekyll=True, cname=domain or None)
    except (GhpError, OSError, TypeError) as error:
        # TypeError: how ghp-import 2.1 ends when `git fast-import` failed; git has said why by then.
        _restore(root, target, before)
        raise PublishError(f"git could not take in the site: {error}", where=str(site)) from error
    return _revision(root, target.local)


def _revision(root: Path, name: str) -> str:
    return answer(root, "rev-parse", "--verify", "--quiet", name)


def _restore(root: Path, target: PagesBranch, before: str) -> None:
    if before:
        run_git(root, "update-ref", target.local, before)
    else:
        run_git(root, "update-ref", "-d", target.local)


def _address(remote: str, domain: str) -> str:
    if domain:
        return f"https://{domain}/"
    if not (github := GITHUB_ADDRESS.search(remote)):
        return ""
    host = f"{github['owner'].lower()}.github.io"
    return f"https://{host}/" if github["name"].lower() == host else f"https://{host}/{github['name']}/"
