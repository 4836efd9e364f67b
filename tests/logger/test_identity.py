import time
from pathlib import Path

from reportgen.config import BuildConfig
from reportgen.pages.overview import overview_facts
from reportgen.reading import load_workspace
from reportgen.tables import config_table
from tests.logger.logs import records


def read_back(tmp_path):
    (project,) = load_workspace(BuildConfig(folder=tmp_path, site_dir=tmp_path / "site")).projects
    return project.runs[-1]


def test_what_a_run_is_can_be_asked(begin):
    before = time.time()
    run = begin(project="digits", id="a1", entity="lab", mode="offline")
    assert (run.entity, run.path) == ("lab", "lab/digits/a1")
    assert run.sync_dir == run.folder == run.settings.folder
    assert run.dir == str(Path(run.folder, "files"))
    assert before <= run.start_time <= time.time()
    assert (run.offline, run.disabled, run.resumed, run.starting_step) == (True, False, False, 0)
    assert (run.url, run.project_url, run.sweep_url, run.sweep_id) == (None, None, None, None)
    assert begin(project="digits", id="a2").path == "digits/a2"


def test_the_start_time_is_the_one_on_record(begin):
    run = begin()
    assert records(run.folder, "start")[0]["time"] == run.start_time


def test_frameworks_may_label_a_run(begin):
    assert begin()._label(code="transformers_trainer") is None


def test_whose_run_it_is_stands_on_its_page(begin, tmp_path):
    begin(entity="lab", settings={"sweep_id": "s1"}).finish()
    facts = {fact.label: fact.value for fact in overview_facts(read_back(tmp_path))[0].facts}
    assert (facts["Entity"], facts["Sweep"]) == ("lab", "s1")


def test_pinned_keys_come_first_in_the_table(begin, tmp_path):
    run = begin(config={"a": 1, "b": {"c": 2}, "d": 3})
    run.pin_config_keys(["d", "missing", "b"])
    run.finish()
    assert [row[0] for row in config_table(read_back(tmp_path)).rows] == ["d", "b.c", "a"]
    again = begin(config={"a": 1, "b": 2})
    again.pin_config_keys(["a"])
    again.pin_config_keys("b")
    again.finish()
    assert records(again.folder, "update")[-1] == {"pinned_config": ["b"]}
