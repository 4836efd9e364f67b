"""A repository for the tests of the capture."""

import pytest

from tests.logger.capture.repositories import git


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
