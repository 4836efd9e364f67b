import os
import pickle
import string
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reportgen.errors import UsageError
from reportgen.logger.settings import CAPTURES, Settings, new_id, safe_id, safe_name
from tests.logger.logs import only_run, records, run_script


def test_a_run_lands_in_runs_project_id(begin, tmp_path):
    run = begin(project="digits", id="first")
    assert Path(run.folder) == tmp_path / "runs" / "digits" / "first"
    assert run.project == "digits"


def test_the_environment_fills_in_what_is_not_given(begin, tmp_path, monkeypatch):
    monkeypatch.setenv("REPORTGEN_DIR", str(tmp_path / "elsewhere"))
    monkeypatch.setenv("REPORTGEN_PROJECT", "from-environment")
    assert Path(begin().folder).parent == tmp_path / "elsewhere" / "from-environment"
    assert Path(begin(project="given", dir=tmp_path / "here").folder).parent == tmp_path / "here" / "given"


def test_without_a_project_it_is_uncategorized(begin):
    assert begin().project == "uncategorized"


def test_the_folder_stays_where_it_was_when_training_moves(begin, tmp_path, monkeypatch):
    run = begin(dir="logs")
    (tmp_path / "sub").mkdir()
    monkeypatch.chdir(tmp_path / "sub")
    run.log({"a": 1})
    assert Path(run.folder, "metrics.jsonl").is_file()
    assert Path(run.folder).is_relative_to(tmp_path / "logs")


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
    [
        {"mode": "cloud"},
        {"capture": ["everything"]},
        {"sample_seconds": "often"},
        {"reinit": "perhaps"},
        {"resume": "maybe"},
        {"resume": "allow", "fork_from": "a1?_step=3"},
        {"resume_from": "a1"},
        {"fork_from": "a1?_step=x"},
        {"settings": 3},
        {"settings": {"console": "loud"}},
        {"settings": {"alert_webhook": "file:///etc/passwd"}},
    ],
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
    assert Path(run.folder).is_relative_to(tmp_path / "runs")
    assert run.project == "etc"


def test_ids_that_differ_stay_different():
    assert safe_id("a/b") != safe_id("a b") != safe_id("a-b")
    assert safe_id("Adam_1e-3.v2") == "Adam_1e-3.v2"


def test_a_mistake_does_not_end_the_run_that_is_going_on(begin):
    run = begin()
    with pytest.raises(UsageError):
        begin(mode="cloud")
    with pytest.raises(UsageError):
        begin(config="nowhere.yaml")
    assert not run.finished


def test_settings_take_any_keyword_and_keep_it(begin):
    settings = Settings(base_url="https://example.org", start_method="fork", overrides="x", project=None)
    run = begin(settings=settings)
    assert run.settings.base_url == "https://example.org"
    assert run.settings.start_method == "fork"
    assert run.settings.overrides == {}
    assert not vars(settings).keys() & {"project", "folder"}


def test_settings_are_the_callers_and_serve_for_many_runs(begin):
    settings = Settings(run_tags=["a"], project="p")
    first, second = begin(settings=settings, name="1"), begin(settings=settings)
    assert first.id != second.id
    assert second.name == second.id
    assert vars(settings) == {"run_tags": ["a"], "project": "p"}


def test_settings_do_not_show_secrets():
    shown = repr(Settings(alert_webhook="https://example.org/s3cret", api_key="s3cret", project="p"))
    assert "s3cret" not in shown
    assert "project='p'" in shown


def test_the_fields_of_a_run_may_come_from_settings(begin):
    named = {
        "run_id": "a1",
        "run_name": "n",
        "run_group": "g",
        "run_job_type": "j",
        "run_notes": "why",
        "run_tags": "t",
    }
    run = begin(settings=Settings(**named))
    assert (run.id, run.name, run.group, run.job_type, run.notes, run.tags) == ("a1", "n", "g", "j", "why", ("t",))
    assert begin(settings=named, name="argument").name == "argument"


@pytest.mark.parametrize(
    ("settings", "off"),
    [
        ({}, set()),
        ({"console": "off"}, {"console"}),
        ({"disable_git": True}, {"git"}),
        ({"x_disable_stats": True}, {"system"}),
        ({"_disable_stats": True}, {"system"}),
        ({"x_disable_meta": True}, {"environment", "git", "packages"}),
        ({"x_disable_machine_info": True}, {"environment", "system"}),
        ({"x_save_requirements": False}, {"packages"}),
    ],
    ids=["nothing", "console", "git", "stats", "stats, private", "meta", "machine info", "requirements"],
)
def test_what_is_switched_off_is_not_captured(begin, settings, off):
    captured = begin(capture=True, mode="disabled", settings=settings).settings.capture
    assert set(CAPTURES) - captured == off


@pytest.mark.parametrize("name", ["x_disable_meta", "x_disable_machine_info"])
def test_nothing_about_the_machine_when_that_is_switched_off(begin, name):
    (start,) = records(begin(settings={name: True}).folder, "start")
    assert not start.keys() & {"host", "user", "os", "cpu", "memory", "executable"}


@pytest.mark.parametrize(("given", "console"), [("wrap_raw", "wrap"), ("wrap_emu", "wrap"), ("redirect", "redirect")])
def test_the_ways_to_capture_the_console(begin, given, console):
    assert begin(settings={"console": given}).settings.console == console


def test_the_sampling_interval_has_two_names(begin):
    assert begin().settings.sample_seconds == 10
    assert begin(settings={"x_stats_sampling_interval": 3}).settings.sample_seconds == 3
    assert begin(settings={"x_stats_sampling_interval": 3}, sample_seconds=5).settings.sample_seconds == 5


@pytest.mark.parametrize(
    ("given", "resume"),
    [(True, "auto"), (False, ""), ("must", "must"), ("ALLOW", "allow"), ("true", "auto"), (None, "")],
)
def test_resume_is_one_word(begin, given, resume):
    assert begin(resume=given, id="a1", mode="disabled").settings.resume == resume


@pytest.mark.parametrize(
    ("mode", "expected"),
    [
        (None, ("online", False, False, False)),
        ("run", ("online", False, False, False)),
        ("dryrun", ("offline", True, False, False)),
        ("disabled", ("disabled", False, True, False)),
        ("shared", ("shared", False, False, True)),
    ],
)
def test_modes(begin, mode, expected):
    settings = begin(mode=mode).settings
    assert (settings.mode, settings.offline, settings.disabled, settings.shared) == expected


def test_the_old_variable_disables_unless_a_mode_is_given(begin, monkeypatch):
    monkeypatch.setenv("WANDB_DISABLED", "true")
    assert begin().disabled
    assert not begin(mode="offline").disabled
    monkeypatch.setenv("WANDB_DISABLED", "false")
    assert not begin().disabled


def test_settings_travel_to_other_processes(begin):
    settings = begin(settings={"x_label": "worker", "base_url": "x"}).settings
    again = pickle.loads(pickle.dumps(settings))  # noqa: S301 # our own
    assert vars(again) == vars(settings)
    assert (again.x_label, again.folder, again.quiet) == ("worker", settings.folder, False)


@pytest.mark.parametrize("name", ["sync_tensorboard", "tensorboard", "monitor_gym", "force"])
def test_what_has_no_effect_is_said_once(begin, capsys, name):
    begin(**{name: True})
    assert capsys.readouterr().err.count("no effect") == 1
    begin(**{name: True}, settings={"quiet": True})
    begin(**{name: False})
    assert capsys.readouterr().err == ""


def test_silent_prints_nothing_and_quiet_prints_troubles(begin, capsys):
    begin(settings={"silent": True}).log(3)
    assert capsys.readouterr().err == ""
    begin(settings={"quiet": True}).log(3)
    assert "cannot log" in capsys.readouterr().err


@pytest.mark.parametrize(("settings", "kept"), [({}, True), ({"disable_code": True}, False)])
def test_the_script_is_kept_when_asked_for(tmp_path, settings, kept):
    code = f"import reportgen\nreportgen.init(save_code=True, capture=False, settings={settings})\n"
    status, _, err = run_script(code, tmp_path)
    assert (status, err) == (0, "")
    script = only_run(tmp_path / "runs") / "files" / "code" / "train.py"
    assert (script.read_text() == code) if kept else not script.exists()
