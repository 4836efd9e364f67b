"""The project's own specifications: found by name and nowhere else, with templates that carry no code."""

import json

import pytest

from reportgen.charts.logged import LoggedChart, logged_chart
from reportgen.errors import BlockError

EVIL = "'+alert(1)+'"
LITE = {
    "data": {"name": "wandb"},
    "title": "${string:title:No title}",
    "transform": [{"calculate": "datum['${field:x}'] * 2 + '${string:unit}'", "as": "double"}],
    "mark": "point",
    "encoding": {
        "x": {"field": "${field:x}", "type": "quantitative"},
        "y": {"field": "double", "type": "quantitative"},
    },
}


@pytest.fixture
def specs(tmp_path):
    folder = tmp_path / "specs"
    (folder / "team").mkdir(parents=True)
    (folder / "team" / "own.json").write_text(json.dumps(LITE))
    (tmp_path / "secret.json").write_text(json.dumps(LITE))
    return folder


def made(specs, spec="team/own", column="size", **strings):
    logged = LoggedChart(spec, "", {"x": column}, strings, [column, "n"], [[1, 2], [3, 4]])
    return logged_chart(logged, "c", None, specs)


def rows(chart):
    return next(table["values"] for table in chart.spec["data"] if table["name"] == "wandb")


def test_a_file_of_the_project_draws_its_name(specs):
    chart, notes = made(specs, title="Sizes")
    text = json.dumps(chart.spec)
    assert rows(chart) == [{"size": 1, "n": 2}, {"size": 3, "n": 4}]
    assert '"text": "Sizes"' in text
    assert "datum['size'] * 2" in text
    assert (chart.panel["kind"], chart.title, notes) == ("vega", "team/own", ())


def test_a_text_that_is_missing_has_its_default(specs):
    assert '"text": "No title"' in json.dumps(made(specs)[0].spec)


def test_what_a_run_logged_is_no_part_of_an_expression(specs):
    chart, _ = made(specs, column=EVIL, title=EVIL, unit=EVIL)
    assert rows(chart) == [{"n": 2, "x": 1}, {"n": 4, "x": 3}]
    assert json.dumps(chart.spec).count(json.dumps(EVIL)[1:-1]) == 1  # the title, which is text
    assert "datum['x'] * 2 + 'alert1'" in json.dumps(chart.spec)


@pytest.mark.parametrize(
    "name", ["../secret", "/etc/passwd", "team/../../secret", "missing", "", "a\0b", "x" * 5000, "team", "link"]
)
def test_a_name_leads_to_no_other_file(specs, name):
    (specs / "link.json").symlink_to(specs.parent / "secret.json")
    with pytest.raises(BlockError, match="no specification is called"):
        made(specs, name)


def test_without_a_folder_the_remedy_says_where_a_file_belongs():
    with pytest.raises(BlockError, match=r"specs/team/own\.json"):
        made(None)


@pytest.mark.parametrize(
    ("content", "message"), [("{", "no JSON"), ("[1]", "is no specification"), ('{"mark": 7}', "cannot be compiled")]
)
def test_a_file_that_is_no_specification_is_named(specs, content, message):
    (specs / "bad.json").write_text(content)
    with pytest.raises(BlockError, match=message):
        made(specs, "bad")


def test_addresses_are_taken_out_and_that_is_said(specs):
    spec = {
        **LITE,
        "data": {"url": "https://example.org/x.csv"},
        "encoding": {**LITE["encoding"], "href": {"field": "n"}},
    }
    (specs / "remote.json").write_text(json.dumps(spec))
    chart, notes = made(specs, "remote")
    assert "example.org" not in json.dumps(chart.spec)
    assert rows(chart)[0] == {"size": 1, "n": 2}
    assert notes == ("specs/remote.json: addresses are left out, as a site loads nothing from elsewhere.",)


def test_vega_is_taken_as_it_is(specs):
    spec = {
        "$schema": "https://vega.github.io/schema/vega/v6.json",
        "width": 100,
        "height": 90,
        "data": [{"name": "table", "url": "x.csv"}],
        "marks": [{"type": "symbol", "from": {"data": "table"}, "encode": {"enter": {"x": {"field": "${field:x}"}}}}],
    }
    (specs / "vega.json").write_text(json.dumps(spec))
    chart, _ = made(specs, "vega")
    assert rows(chart) == [{"size": 1, "n": 2}, {"size": 3, "n": 4}]
    assert chart.spec["data"][1] == {"name": "table", "source": "wandb"}
    assert chart.spec["marks"][0]["encode"]["enter"]["x"] == {"field": "size"}
    assert chart.panel["height"] == 135
