"""Real git repositories in temporary folders, with every kind of change."""

import os
import subprocess

from reportgen.logger.capture.changes import describe_code
from reportgen.logger.capture.command import Commands
from reportgen.logger.capture.git import find_repository
from reportgen.schema import PATCH_FILE


def git(folder, *arguments):
    """Output of a git command in a folder; it must succeed."""
    identity = ("-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false")
    done = subprocess.run(["git", *identity, *arguments], cwd=folder, check=True, capture_output=True, text=True)
    return done.stdout


def commit(folder, files, message="change"):
    """Write files, commit them and return the commit."""
    for name, content in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(content)
    git(folder, "add", "-A")
    git(folder, "commit", "-q", "-m", message)
    return git(folder, "rev-parse", "HEAD").strip()


def change(folder):
    """Every kind of change that source code can have."""
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
    """Content of every file, whether it can be executed and whether it is a link, without git's own."""
    return {
        str(path.relative_to(folder)): (path.read_bytes(), os.access(path, os.X_OK), path.is_symlink())
        for path in folder.rglob("*")
        if path.is_file() and ".git" not in path.parts
    }


def described(folder, exclude=""):
    """What is found out about the code in a folder: the facts, and the patches by file name."""
    return describe_code(find_repository([str(folder)], Commands()), str(exclude or folder / "runs"))


def patch_of(folder):
    """The facts, and the patch from the commit."""
    found, patches = described(folder)
    return found, patches.get(PATCH_FILE, b"")
