"""Charts as pictures: what they show, and what they never hold."""

import json
import re
import zlib
from pathlib import Path

import pytest

from reportgen.charts import ChartRequest, line_chart
from reportgen.charts.pictures import ChartPicture, chart_picture, drawn
from reportgen.charts.pictures.light import ACCENT, CONFIG, LINE, MUTED, PAGE, RUNS, TEXT
from reportgen.charts.scatter import scatter_chart
from reportgen.document import Chart
from tests.builders import project_model, run

SCHEMES = Path(__file__).parents[2] / "themes" / "client" / "css" / "schemes.css"


def specification(picture):
    assert isinstance(picture, ChartPicture)
    return json.loads(zlib.decompress(picture.packed))


def lines(picture):
    """Name -> its points, of a picture of lines."""
    found = {}
    for row in specification(picture)["data"][0]["values"]:
        found.setdefault(row["name"], []).append((row["x"], row["y"]))
    return found


@pytest.fixture
def project(tmp_path):
    runs = [
        run(name).config(kind=name[0]).metric("loss", [3.0 - number, 2.0, 1.0])
        for number, name in enumerate(("a1", "a2", "b1"))
    ]
    return project_model(tmp_path, *(one.finished() for one in runs))


def chart(project, **options):
    return line_chart(ChartRequest(project, project.runs, {"metric": "loss", **options}, "c"))


def test_every_run_is_a_line_in_its_own_colour(project):
    picture = chart_picture(chart(project), project)
    assert lines(picture)["a2"] == [(0, 2.0), (1, 2.0), (2, 1.0)]
    svg = drawn(picture)
    assert svg.startswith("<svg")
    for place in range(3):
        assert RUNS[place] in svg
    assert "step" in svg
    assert "b1" in svg, "a legend of few lines"


def test_a_spike_is_in_the_picture_however_long_the_run(tmp_path):
    values = [0.0] * 50_000
    values[31_234] = 99.0
    project = project_model(tmp_path, run("a").metric("loss", values).finished())
    (points,) = lines(chart_picture(chart(project), project)).values()
    assert len(points) <= 400
    assert max(y for _, y in points) == 99


def test_groups_colours_and_log_axes(project):
    grouped = lines(chart_picture(chart(project, group="config.kind"), project))
    assert list(grouped) == ["a", "b"]
    assert grouped["a"][0] == (0, 2.5)
    assert list(lines(chart_picture(chart(project, color="config.kind"), project))) == ["a", "b"]
    scales = specification(chart_picture(chart(project, log_x=True, log_y=True), project))["scales"]
    assert [scale["type"] for scale in scales] == ["log", "log", "ordinal"]
    assert 0 not in {x for x, _ in lines(chart_picture(chart(project, log_x=True), project))["a1"]}


def test_a_run_alone_has_the_colour_of_its_place(project):
    assert specification(chart_picture(chart(project), project, first=13))["scales"][2]["range"][0] == RUNS[1]


def test_what_vega_draws_and_nothing_from_elsewhere(project, tmp_path):
    scatter = scatter_chart(ChartRequest(project, project.runs, {"x": "config.kind", "y": "loss"}, "s"))
    assert "loss" in drawn(chart_picture(scatter, project), tmp_path)
    url = {"data": [{"name": "d", "url": "https://example.org/secret.json"}], "marks": []}
    assert "Only a browser" in drawn(chart_picture(Chart("u", "", {"kind": "vega"}, spec=url), project))
    hostile = {
        "width": 50,
        "height": 50,
        "marks": [
            {
                "type": "text",
                "encode": {
                    "enter": {"text": {"value": "<script>alert(1)</script>"}, "href": {"value": "javascript:alert(1)"}}
                },
            }
        ],
    }
    svg = drawn(chart_picture(Chart("h", "", {"kind": "vega"}, spec=hostile), project))
    assert "<script" not in svg
    assert "javascript:" not in svg


def test_what_is_drawn_is_kept(project, tmp_path):
    picture = chart_picture(chart(project), project)
    first = drawn(picture, tmp_path)
    (kept,) = (tmp_path / "charts").glob("*.svg")
    kept.write_text(first + "<!-- kept -->")
    assert drawn(picture, tmp_path).endswith("<!-- kept -->")
    assert chart_picture(Chart("e", "", {**chart(project).panel, "metrics": ["none"]}), project) is None


def test_colours_are_those_of_the_light_scheme():
    body = SCHEMES.read_text().split(":root {")[1].split("}")[0]
    tokens = dict(re.findall(r"(--[\w-]+): ([^;]+);", body))
    tokens = {name: tokens.get(value[4:-1], value) for name, value in tokens.items()}
    assert tuple(tokens[f"--run-{number}"] for number in range(12)) == RUNS
    assert [tokens[f"--{name}"] for name in ("page", "text", "text-muted", "line", "accent")] == [
        PAGE,
        TEXT,
        MUTED,
        LINE,
        ACCENT,
    ]
    assert CONFIG["range"]["category"] == list(RUNS)
