"""The modules of wandb's package: what scripts read, call, catch and annotate with."""

import subprocess
import sys

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

import reportgen as wandb
from reportgen.compat.wandb import paths
from reportgen.logger.resolve import resolved
from tests.logger.logs import environment

NAMES = ["PROJECT", "ENTITY", "MODE", "TAGS", "DIR", "SILENT", "QUIET", "SAVE_CODE", "DISABLE_CODE", "DISABLE_GIT"]


@pytest.fixture(autouse=True)
def nothing_is_set(monkeypatch):
    for prefix in ("REPORTGEN_", "WANDB_"):
        for name in NAMES:
            monkeypatch.delenv(prefix + name, raising=False)


def test_the_modules_are_there_without_an_import_of_their_own():
    code = """
import sys
import reportgen as wandb
print(wandb.errors.CommError.__name__, wandb.env.PROJECT, len(wandb.util.generate_id()))
print(wandb.sdk.wandb_run.Run.__name__, wandb.data_types.WBValue.__name__)
print(sorted({"pandas", "numpy", "msgspec"} & set(sys.modules)))
from reportgen import data_types, util
print(wandb.apis.public.Run.__module__, "pandas" in sys.modules)
"""
    done = subprocess.run([sys.executable, "-c", code], env=environment(), capture_output=True, text=True, check=False)
    assert done.stderr == ""
    assert done.stdout.splitlines() == [
        "CommError WANDB_PROJECT 8",
        "Run Media",
        "[]",
        "reportgen.compat.wandb.public_run True",
    ]


def test_every_path_leads_to_a_class_or_function():
    for path in paths._HOMES:
        first, *rest = path.split(".")
        thing = getattr(wandb, first)
        for name in rest:
            assert name in dir(thing)
            thing = getattr(thing, name)
        assert callable(thing), path
    assert wandb.sdk.wandb_run.Run is wandb.Run
    assert wandb.sdk.data_types.image.Image is wandb.data_types.Image is wandb.Image
    with pytest.raises(AttributeError, match="wandb_walk"):
        _ = wandb.sdk.wandb_walk


def test_media_are_told_from_other_values():
    assert all(issubclass(kind, wandb.data_types.WBValue) for kind in (wandb.Image, wandb.Table, wandb.Histogram))
    assert not isinstance(1.0, wandb.data_types.WBValue)


def test_errors_are_caught_by_wandbs_names():
    errors = wandb.errors
    for kind in (errors.UsageError, errors.CommError, errors.AuthenticationError, errors.UnsupportedError):
        assert issubclass(kind, errors.Error)
    assert issubclass(errors.AuthenticationError, errors.CommError)
    with pytest.raises(errors.UnsupportedError) as caught:
        wandb.sweep({"method": "grid"})
    assert "server" in caught.value.message
    with pytest.raises(wandb.UsageError):
        wandb.init(mode="sometimes")


def test_variables_have_wandbs_names_and_are_read_as_init_reads_them(monkeypatch):
    monkeypatch.setenv(wandb.env.PROJECT, "from-wandb")
    monkeypatch.setenv(wandb.env.MODE, "offline")
    monkeypatch.setenv(wandb.env.TAGS, "a, b")
    assert (wandb.env.get_project(), resolved({}, {}).project) == ("from-wandb", "from-wandb")
    assert (wandb.env.is_offline(), wandb.env.get_tags(), wandb.env.get_entity("me")) == (True, ["a", "b"], "me")
    monkeypatch.setenv("REPORTGEN_PROJECT", "ours")
    assert wandb.env.get_project() == resolved({}, {}).project == "ours"
    assert wandb.env.get_project(env={"WANDB_PROJECT": "another"}) == "another"
    assert (wandb.env.IGNORE, wandb.env.API_KEY) == ("WANDB_IGNORE_GLOBS", "WANDB_API_KEY")
    assert {"PROJECT", "get_project"} <= set(dir(wandb.env))
    with pytest.raises(AttributeError, match="REDACT"):
        _ = wandb.env.REDACT


@pytest.mark.parametrize("ours", [True, False])
def test_a_variable_that_is_set_counts(monkeypatch, ours):
    if ours:
        monkeypatch.setenv("REPORTGEN_ENTITY", "before")
    monkeypatch.setenv("WANDB_ENTITY", "before")
    monkeypatch.setenv("WANDB_PROJECT", "before")
    wandb.env.set_entity("lab")
    wandb.env.set_project("digits")
    settings = resolved({}, {})
    assert (settings.entity, settings.project) == ("lab", "digits")


def test_switches(monkeypatch):
    assert not any([wandb.env.is_quiet(), wandb.env.is_silent(), wandb.env.should_save_code(), wandb.env.disable_git()])
    for name in ("QUIET", "SILENT", "SAVE_CODE", "DISABLE_GIT"):
        monkeypatch.setenv(f"WANDB_{name}", "true")
    assert all([wandb.env.is_quiet(), wandb.env.is_silent(), wandb.env.should_save_code(), wandb.env.disable_git()])
    monkeypatch.setenv("WANDB_DISABLE_CODE", "1")
    assert not wandb.env.should_save_code()


def test_ids_are_those_of_runs():
    ids = {wandb.util.generate_id() for _ in range(100)}
    assert len(ids) == 100
    assert all(resolved({"run_id": each}, {}).run_id == each for each in ids)
    assert len(wandb.util.generate_id(length=16)) == 16


@pytest.mark.parametrize(
    ("size", "words"), [(0, "0.0B"), (999, "999.0B"), (1500, "1.5KB"), (2_000_000, "2.0MB"), (3 * 10**18, "3.0EB")]
)
def test_sizes_in_words(size, words):
    assert wandb.util.to_human_size(size) == words
    assert wandb.util.from_human_size(words) == size


def test_a_number_without_a_unit_is_of_bytes():
    assert wandb.util.from_human_size("10") == wandb.util.from_human_size("10 b") == 10
    with pytest.raises(ValueError, match="10B"):
        wandb.util.from_human_size("many")


@given(st.integers(0, 10**20))
def test_a_size_in_words_is_nearly_that_size(size):
    assert wandb.util.from_human_size(wandb.util.to_human_size(size)) == pytest.approx(size, rel=0.06)


@given(st.text(max_size=300))
def test_a_safe_name_is_short_and_plain(name):
    safe = wandb.util.make_artifact_name_safe(name)
    assert len(safe) <= 128
    assert wandb.util.make_artifact_name_safe(safe) == safe


def test_kinds_of_values():
    util = wandb.util
    assert util.is_numpy_array(np.ones(2))
    assert not util.is_numpy_array([1, 2])
    assert util.is_pandas_data_frame(pd.DataFrame())
    assert not util.is_pandas_data_frame(np.ones(2))
    assert not util.is_pytorch_tensor(np.ones(2))
    assert util.get_module("json").dumps(1) == "1"
    assert util.get_module("nothing.at.all") is None
    with pytest.raises(ImportError, match="please install it"):
        util.get_module("nothing.at.all", required="please install it")
