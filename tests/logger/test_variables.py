"""The environment variables, each by what it does to a run."""

import json
import re
from pathlib import Path

import pytest

from reportgen.errors import UsageError
from reportgen.logger.settings import Settings
from reportgen.logger.variables import OURS, VARIABLES, arguments, flag, words
from tests.logger.logs import CHECKOUT, records

EXAMPLES = {
    "mode": ("offline", "offline"),
    "disabled": ("true", True),
    "project": ("digits", "digits"),
    "entity": ("lab", "lab"),
    "run_name": ("first", "first"),
    "run_id": ("a1", "a1"),
    "run_group": ("seeds", "seeds"),
    "run_job_type": ("train", "train"),
    "run_tags": ("a, b,", ("a", "b")),
    "run_notes": ("why", "why"),
    "root_dir": ("elsewhere", "elsewhere"),
    "resume": ("allow", "allow"),
    "config_paths": ("a.yaml,b.yaml", ("a.yaml", "b.yaml")),
    "silent": ("1", True),
    "quiet": ("yes", True),
    "console": ("off", "off"),
    "disable_code": ("True", True),
    "disable_git": ("on", True),
    "save_code": ("1", True),
    "git_commit": ("c0ffee", "c0ffee"),
    "git_remote_url": ("https://example.org/a.git", "https://example.org/a.git"),
    "git_root": ("code", "code"),
    "program": ("train.py", "train.py"),
    "args": ('["--lr", "0.1"]', ["--lr", "0.1"]),
    "host": ("gpu-7", "gpu-7"),
    "username": ("ada", "ada"),
    "ignore_globs": ("*.tmp,*.pt", ("*.tmp", "*.pt")),
    "sweep_id": ("s1", "s1"),
    "notebook_name": ("study.ipynb", "study.ipynb"),
    "init_timeout": ("60", 60.0),
    "strict": ("1", True),
    "sample_seconds": ("3", 3.0),
    "fsync_seconds": ("0", 0.0),
    "redact": ("0", False),
    "env_keys": ("CUDA_HOME, OMP_NUM_THREADS", ("CUDA_HOME", "OMP_NUM_THREADS")),
    "x_label": ("evaluator", "evaluator"),
    "alert_webhook": ("https://example.org/hook", "https://example.org/hook"),
}
"""Setting -> what its variable may be, and what that means."""


def test_every_variable_has_an_example_here():
    assert set(EXAMPLES) == set(VARIABLES)


def begin_with(begin, setting):
    """A run that was told nothing but the variable; the files that it names are there."""
    if setting == "config_paths":
        for name in ("a.yaml", "b.yaml"):
            Path(name).write_text(f"{name[0]}: 1\n")
    return begin().settings


@pytest.mark.parametrize("setting", VARIABLES)
def test_ours_is_read_and_wins_over_theirs(begin, monkeypatch, setting):
    variable, _, prefixes, _ = VARIABLES[setting]
    text, expected = EXAMPLES[setting]
    monkeypatch.setenv(f"WANDB_{variable}", text)
    theirs = getattr(begin_with(begin, setting), setting, None)
    assert (theirs == expected) == (prefixes != OURS)
    monkeypatch.setenv(f"WANDB_{variable}", "")
    monkeypatch.setenv(f"REPORTGEN_{variable}", text)
    assert getattr(begin_with(begin, setting), setting) == expected
    monkeypatch.setenv(f"WANDB_{variable}", "overruled")
    assert getattr(begin_with(begin, setting), setting) == expected


def test_the_argument_wins_then_settings_then_ours_then_theirs_then_the_default(begin, monkeypatch):
    assert begin().project == "uncategorized"
    monkeypatch.setenv("WANDB_PROJECT", "theirs")
    assert begin().project == "theirs"
    monkeypatch.setenv("REPORTGEN_PROJECT", "ours")
    assert begin().project == "ours"
    assert begin(settings=Settings(project="settings")).project == "settings"
    assert begin(settings={"project": "settings"}).project == "settings"
    assert begin(settings=Settings(project="settings"), project="argument").project == "argument"


def test_the_reference_has_the_same_table():
    reference = (CHECKOUT / "docs/reference/logging-api.md").read_text()
    section = reference.partition("### Environment")[2].partition("\n## ")[0]
    described = re.findall(r"^\| `(\w+)` \| `(\w+)` \| (.+) \|$", section, re.MULTILINE)
    assert described == [(name, variable, meaning) for name, (variable, _, _, meaning) in VARIABLES.items()]
    for name, (variable, _, prefixes, _) in VARIABLES.items():
        assert (f"`{variable}`" in section.partition("| setting")[0]) == (prefixes == OURS), name


@pytest.mark.parametrize("text", ["", "0", "false", "False", "no", " off "])
def test_a_flag_is_off(text):
    assert not flag(text)


def test_lists():
    assert words(" a ,b,, c") == ("a", "b", "c")
    assert arguments("--name 'two words' -v") == ["--name", "two words", "-v"]
    assert arguments('["a b", 1]') == ["a b", "1"]
    assert arguments("7") == ["7"]


@pytest.mark.parametrize(("variable", "text"), [("REPORTGEN_SAMPLE_SECONDS", "often"), ("WANDB_ARGS", "'unclosed")])
def test_a_variable_that_means_nothing_is_named(begin, monkeypatch, variable, text):
    monkeypatch.setenv(variable, text)
    with pytest.raises(UsageError, match=variable) as caught:
        begin()
    assert caught.value.remedy


def test_what_is_given_stands_in_the_start_record_instead_of_what_is_found(begin, monkeypatch):
    given = {
        "HOST": "gpu-7",
        "USERNAME": "ada",
        "PROGRAM": "study/train.py",
        "ARGS": json.dumps(["--token", "t0ken", "--lr", "0.1"]),
        "GIT_COMMIT": "c0ffee",
        "GIT_REMOTE_URL": "https://me:t0ken@example.org/a.git",
        "ENTITY": "lab",
        "SWEEP_ID": "s1",
    }
    for name, text in given.items():
        monkeypatch.setenv(f"WANDB_{name}", text)
    run = begin()
    (start,) = records(run.folder, "start")
    assert (start["host"], start["user"], start["program"]) == ("gpu-7", "ada", "study/train.py")
    assert start["command"][-5:] == ["study/train.py", "--token", "***", "--lr", "0.1"]
    assert start["git"] == {"commit": "c0ffee", "remote": "https://example.org/a.git"}
    assert (start["entity"], start["sweep_id"], run.sweep_id) == ("lab", "s1", "s1")


def test_a_commit_that_is_given_wins_over_the_one_that_is_found_later(begin, monkeypatch):
    monkeypatch.setenv("REPORTGEN_GIT_COMMIT", "c0ffee")
    run = begin()
    run._update({"git": {"commit": "found", "branch": "main"}})
    run._update({"gpu": []})
    assert records(run.folder, "update") == [{"git": {"commit": "c0ffee", "branch": "main"}}, {"gpu": []}]
