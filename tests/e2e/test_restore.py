"""The code of a run comes back from its run log and the remote alone, by the recipe that its page shows."""

import os
import shutil
import subprocess

import pytest

from reportgen import schema
from reportgen.pages.recipe import code_recipe
from tests.builders import load
from tests.logger.capture.repositories import change, commit, git, tree
from tests.logger.logs import only_run, run_script

SCRIPT = "import reportgen\nwith reportgen.init(project='p', capture='git') as run: run.log({'a': 1})\n"
HOST = "https://example.org/"
FILES = {"train.py": "a = 1\n", "gone.py": "x\n", "no_end.txt": "one", "sp ace.py": "1\n", ".gitignore": "ignored/\n"}


@pytest.fixture
def lab(tmp_path, monkeypatch):
    """A folder of remotes, which stands behind an address: no network is needed."""
    remotes = tmp_path / "remotes"
    remotes.mkdir()
    settings = tmp_path / "gitconfig"
    settings.write_text(f'[url "{remotes}/"]\n\tinsteadOf = {HOST}\n[protocol "file"]\n\tallow = always\n')
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(settings))
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    return remotes


def new_repository(lab, name, files):
    """A remote with one commit, and a clone of it that knows the remote by its address."""
    folder = lab.parent / name
    folder.mkdir()
    git(lab, "init", "-q", "--bare", "-b", "main", f"{name}.git")
    git(folder, "init", "-q", "-b", "main")
    git(folder, "remote", "add", "origin", f"{HOST}{name}.git")
    commit(folder, files)
    git(folder, "push", "-q", "-u", "origin", "main")
    return folder


def add_submodule(folder, path, name):
    git(folder, "submodule", "add", "-q", f"{HOST}{name}.git", path)


def restored(lab, folder):
    """The tree that the recipe makes from a run of a script in the folder, and the one that ran. Then that is gone."""
    status, _, err = run_script(SCRIPT, folder, GIT_CONFIG_GLOBAL=os.devnull)
    assert (status, err) == (0, "")
    logs = only_run(folder / "runs")
    elsewhere = lab.parent / "elsewhere"
    (elsewhere / "runs").mkdir(parents=True)
    shutil.move(logs, elsewhere / "runs" / "p" / logs.name)
    shutil.rmtree(folder / "runs")
    ran = tree(folder)
    folder.rename(lab.parent / "gone")
    (run,) = load(elsewhere).projects[0].runs
    recipe, name = code_recipe(run.environment["git"], {file.path for file in run.files})
    if name:
        shutil.copy(run.folder / schema.FILES_FOLDER / name, elsewhere)
    done = subprocess.run(
        ["bash", "-euc", recipe],
        cwd=elsewhere,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, f"{recipe}\n{done.stderr}"
    return tree(elsewhere / "digits"), ran


def test_dirty_and_untracked_files_come_back(lab):
    folder = new_repository(lab, "digits", FILES)
    change(folder)
    shutil.rmtree(folder / "ignored")
    (folder / "link.py").symlink_to("train.py")
    new, ran = restored(lab, folder)
    assert new == ran


def test_commits_that_nobody_else_has_come_back(lab):
    folder = new_repository(lab, "digits", FILES)
    commit(folder, {"local.py": "never pushed\n", "sp ace.py": "2\n"})
    commit(folder, {"local.py": "never pushed, twice\n"})
    (folder / "train.py").write_text("a = 2\n")
    (folder / "new.py").write_text("n = 1\n")
    new, ran = restored(lab, folder)
    assert new == ran
    assert new["local.py"][0] == b"never pushed, twice\n"


def test_a_clean_commit_that_nobody_else_has_comes_back(lab):
    folder = new_repository(lab, "digits", FILES)
    commit(folder, {"train.py": SCRIPT, ".gitignore": "ignored/\nruns/\n"})
    new, ran = restored(lab, folder)
    assert new == ran


def test_submodules_come_back_dirty_moved_and_unpushed(lab):
    inner = new_repository(lab, "inner", {"i.py": "i = 1\n"})
    library = new_repository(lab, "library", {"l.py": "l = 1\n", "gone.py": "x\n"})
    add_submodule(library, "deep er/inner", "inner")
    commit(library, {})
    git(library, "push", "-q")
    folder = new_repository(lab, "digits", FILES)
    for path in ("clean", "dirty", "moved", "un pushed"):
        add_submodule(folder, path, "library")
    git(folder, "submodule", "update", "-q", "--init", "--recursive")
    commit(folder, {})
    git(folder, "push", "-q")
    commit(inner, {"i.py": "i = 2\n"})
    git(inner, "push", "-q")
    later = commit(library, {"l.py": "l = 2\n"})
    git(library, "push", "-q")
    (folder / "dirty" / "l.py").write_text("l = 'changed'\n")
    (folder / "dirty" / "gone.py").unlink()
    (folder / "dirty" / "new ü.py").write_text("new\n")
    (folder / "dirty" / "deep er" / "inner" / "i.py").write_text("i = 'changed'\n")
    git(folder / "dirty" / "deep er" / "inner", "checkout", "-q", "--detach")
    git(folder / "moved", "fetch", "-q")
    git(folder / "moved", "checkout", "-q", later)
    git(folder / "moved" / "deep er" / "inner", "pull", "-q", "origin", "main")
    commit(folder / "un pushed", {"l.py": "l = 'never pushed'\n"})
    (folder / "un pushed" / "l.py").write_text("l = 'never pushed and changed'\n")
    add_submodule(folder, "new", "inner")
    new, ran = restored(lab, folder)
    assert new == ran
    assert new["dirty/deep er/inner/i.py"][0] == b"i = 'changed'\n"
    assert new["un pushed/l.py"][0] == b"l = 'never pushed and changed'\n"


def test_a_submodule_of_a_commit_that_nobody_else_has_comes_back(lab):
    new_repository(lab, "library", {"l.py": "l = 1\n"})
    folder = new_repository(lab, "digits", FILES)
    add_submodule(folder, "library", "library")
    commit(folder, {})
    commit(folder / "library", {"l.py": "l = 2\n"})
    commit(folder, {})
    new, ran = restored(lab, folder)
    assert new == ran
    assert new["library/l.py"][0] == b"l = 2\n"
