"""A git repository with a remote, and a built site in it, all real."""

import os
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest


@dataclass(frozen=True)
class Repository:
    """A working repository whose origin is a bare one."""

    folder: Path
    bare: Path

    @property
    def site(self) -> Path:
        return self.folder / "site"

    def git(self, *arguments: str, at: Path | None = None) -> str:
        done = subprocess.run(["git", *arguments], cwd=at or self.folder, capture_output=True, text=True, check=True)
        return done.stdout.strip()

    def published(self, branch: str = "gh-pages") -> dict[str, bytes]:
        """Path and content of every file on the remote's branch."""
        names = self.git("ls-tree", "-r", "--name-only", "-z", branch, at=self.bare).split("\0")
        show = ["git", "-C", str(self.bare), "show"]
        return {
            name: subprocess.run([*show, f"{branch}:{name}"], capture_output=True, check=True).stdout
            for name in names
            if name
        }

    def site_files(self) -> dict[str, bytes]:
        return {
            path.relative_to(self.site).as_posix(): path.read_bytes() for path in self.site.rglob("*") if path.is_file()
        }


@pytest.fixture(autouse=True)
def lonely_git(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing of the machine's own git settings reaches a test."""
    for name in [name for name in os.environ if name.startswith("GIT_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")


@pytest.fixture
def make_repository(tmp_path: Path) -> Callable[[str], Repository]:
    def make(name: str) -> Repository:
        repository = Repository(tmp_path / name, tmp_path / "remote.git")
        if not repository.bare.exists():
            subprocess.run(["git", "init", "-q", "--bare", "-b", "main", repository.bare], check=True)
        repository.folder.mkdir()
        repository.git("init", "-q", "-b", "main")
        repository.git("config", "user.name", "Ada")
        repository.git("config", "user.email", "ada@example.org")
        repository.git("remote", "add", "origin", str(repository.bare))
        (repository.folder / "train.py").write_text("print('hello')\n")
        (repository.folder / ".gitignore").write_text("site/\n")
        repository.git("add", ".")
        repository.git("commit", "-qm", "first")
        pages = {
            "index.html": b"<h1>home</h1>",
            "runs/a b/index.html": "<h1>été</h1>".encode(),
            "data/manifest.js": b"reportgen.put('manifest', {})\n",
            "assets/picture.png": bytes(range(256)),
            "empty.txt": b"",
        }
        for path, content in pages.items():
            target = repository.site / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(content)
        return repository

    return make


@pytest.fixture
def repository(make_repository: Callable[[str], Repository]) -> Repository:
    return make_repository("study")
