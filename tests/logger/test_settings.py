import os
import string
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reportgen.errors import UsageError
from reportgen.logger.settings import new_id, safe_id, safe_name


def test_a_run_lands_in_runs_project_id(begin, tmp_path):
    run = begin(project="digits", id="first")
    assert Path(run.dir) == tmp_path / "runs" / "digits" / "first"
    assert run.project == "digits"


def test_the_environment_fills_in_what_is_not_given(begin, tmp_path, monkeypatch):
    monkeypatch.setenv("REPORTGEN_DIR", str(tmp_path / "elsewhere"))
    monkeypatch.setenv("REPORTGEN_PROJECT", "from-environment")
    assert Path(begin().dir).parent == tmp_path / "elsewhere" / "from-environment"
    assert Path(begin(project="given", dir=tmp_path / "here").dir).parent == tmp_path / "here" / "given"


def test_without_a_project_it_is_uncategorized(begin):
    assert begin().project == "uncategorized"


def test_the_folder_stays_where_it_was_when_training_moves(begin, tmp_path, monkeypatch):
    run = begin(dir="logs")
    (tmp_path / "sub").mkdir()
    monkeypatch.chdir(tmp_path / "sub")
    run.log({"a": 1})
    assert Path(run.dir, "metrics.jsonl").is_file()
    assert Path(run.dir).is_relative_to(tmp_path / "logs")


def test_mode_and_strictness_come_from_the_environment_too(begin, monkeypatch):
    monkeypatch.setenv("REPORTGEN_MODE", "disabled")
    assert begin().disabled
    assert not begin(mode="offline").disabled
    monkeypatch.setenv("REPORTGEN_STRICT", "1")
    with pytest.raises(UsageError):
        begin(mode="online").log(3)
    monkeypatch.setenv("REPORTGEN_STRICT", "0")
    begin(mode="online").log(3)


@pytest.mark.parametrize(
    "options",
    [{"mode": "cloud"}, {"capture": ["everything"]}, {"sample_seconds": "often"}],
    ids=str,
)
def test_arguments_that_mean_nothing_are_refused_with_a_remedy(begin, options):
    with pytest.raises(UsageError) as caught:
        begin(**options)
    assert caught.value.where == "init"
    assert caught.value.remedy


def test_ids_are_short_and_new(tmp_path):
    ids = {new_id(str(tmp_path)) for _ in range(500)}
    assert len(ids) == 500
    assert all(len(run_id) == 8 and set(run_id) <= set(string.ascii_lowercase + string.digits) for run_id in ids)


@settings(deadline=None)
@given(st.text(min_size=1, max_size=400))
def test_any_name_is_safe_as_one_folder_name(name):
    for safe in (safe_name(name) or "x", safe_id(name)):
        assert os.sep not in safe
        assert safe not in ("", ".", "..")
        assert not safe.startswith(".")
        assert not any(letter in safe for letter in '/\\:\0\n*?"<>|')
        assert len(os.fsencode(safe)) <= 240


def test_traversal_stays_inside(begin, tmp_path):
    run = begin(project="../../etc", id="../../../passwd")
    assert Path(run.dir).is_relative_to(tmp_path / "runs")
    assert run.project == "etc"


def test_ids_that_differ_stay_different():
    assert safe_id("a/b") != safe_id("a b") != safe_id("a-b")
    assert safe_id("Adam_1e-3.v2") == "Adam_1e-3.v2"
