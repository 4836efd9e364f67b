"""Config and summary of one run."""

import pytest

from reportgen.tables import config_table, summary_table
from tests.builders import project_model, run


def test_nested_keys_are_dotted_in_the_order_logged(tmp_path):
    described = run("a").config(lr=0.001, optimizer={"name": "adam", "betas": [0.9, 0.999]}, empty={})
    (logged,) = project_model(tmp_path, described).runs
    assert config_table(logged).rows == (
        ("lr", "0.001", "0.001"),
        ("optimizer.name", "adam", "adam"),
        ("optimizer.betas", "[0.9, 0.999]", "[0.9, 0.999]"),
        ("empty", "{}", "{}"),
    )


def test_a_summary_is_rounded_with_its_full_value_behind(tmp_path):
    (logged,) = project_model(tmp_path, run("a").summary({"val/acc": 0.123456789, "note": "a\nb"})).runs
    assert summary_table(logged).rows == (("note", "a b", "a\nb"), ("val/acc", "0.1235", "0.123456789"))


def test_media_are_no_summary_values(tmp_path):
    (logged,) = project_model(tmp_path, run("a").histogram("weights", [0.0, 1.0], [3.0])).runs
    assert summary_table(logged).rows == ()


def test_an_empty_table_says_how_to_fill_it(tmp_path):
    (logged,) = project_model(tmp_path, run("a").metric("loss", [1.0])).runs
    assert "config={" in config_table(logged).empty


def test_very_deep_configs_end_as_json(tmp_path):
    deep: object = 1
    for _level in range(60):
        deep = {"k": deep}
    (logged,) = project_model(tmp_path, run("a").config(deep=deep)).runs
    ((key, _short, full),) = config_table(logged).rows
    assert key.count(".") < 30
    assert full.startswith('{"k": {"k"')


def test_pinned_keys_come_first_and_are_not_trusted(tmp_path):
    described = run("a").config(lr=1, seed=2, optimizer={"name": "adam"})
    pinned = described.record(type="update", pinned_config=["optimizer", "nothing", "seed", "seed"])
    (logged,) = project_model(tmp_path, pinned).runs
    assert [key for key, _, _ in config_table(logged).rows] == ["optimizer.name", "seed", "lr"]


@pytest.mark.parametrize("hostile", ["lr", 3, {"lr": 1}, [["lr"]], [3, None], [{"a": 1}], None])
def test_pinned_keys_that_are_none_change_nothing(tmp_path, hostile):
    described = run("a").config(lr=1, seed=2).record(type="update", pinned_config=hostile)
    (logged,) = project_model(tmp_path, described).runs
    assert [key for key, _, _ in config_table(logged).rows] == ["lr", "seed"]
