"""Specifications: data stay data, no colours and no addresses inside, and the bundle that ships runs them."""

import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from reportgen.charts import CHARTS, ChartRequest, workspace_charts
from tests.charts.sweep import HOSTILE_NAMES, sweep

ROOT = Path(__file__).parents[2]
OPTIONS = {
    "scatter": {"x": "config.lr", "y": "val/acc", "log_x": True, "color": "config.optimizer.name"},
    "bar": {"metric": "val/acc"},
    "histogram": {"metric": "val/acc"},
    "box": {"metric": "val/acc", "group": "config.optimizer.name"},
}


def spec_of(kind, **more):
    project = sweep()
    return CHARTS[kind](ChartRequest(project, project.runs, {**OPTIONS[kind], **more, "kind": kind}, "c")).spec


def without_data(spec):
    return {**spec, "data": [{**table, "values": None} for table in spec["data"]]}


@pytest.mark.parametrize("kind", OPTIONS)
def test_names_of_runs_stay_in_the_data(kind):
    outside = json.dumps(without_data(spec_of(kind)))
    for name in HOSTILE_NAMES:
        assert json.dumps(name)[1:-1] not in outside


@pytest.mark.parametrize("kind", OPTIONS)
def test_expressions_speak_of_fixed_fields_only(kind):
    text = json.dumps(without_data(spec_of(kind)))
    fields = set(re.findall(r'datum\[\\"(.*?)\\"\]', text)) | set(re.findall(r"datum\.(\w+)", text))
    assert fields <= {"x", "y", "tip", "left", "right", "count", "value", "low", "high", "first", "median", "third"}


def test_a_title_is_text_and_no_expression():
    project = sweep()
    key = "config.optimizer.name"
    spec = CHARTS["box"](ChartRequest(project, project.runs, {"metric": "val/acc", "group": key}, "c")).spec
    expressions = re.findall(r'"(?:signal|expr|test)": "((?:[^"\\]|\\.)*)"', json.dumps(without_data(spec)))
    assert expressions
    assert not [expression for expression in expressions if "val/acc" in expression or key in expression]


@pytest.mark.parametrize("kind", OPTIONS)
def test_a_spec_has_no_colour_and_no_address_of_its_own(kind):
    text = json.dumps(spec_of(kind))
    assert not re.search(r"#[0-9a-f]{3,8}\b|\"(black|white|steelblue)\"", text)
    assert "http" not in text
    assert '"url"' not in text
    assert "background" not in text


@pytest.mark.parametrize("kind", OPTIONS)
def test_the_width_is_a_number_that_the_browser_may_set(kind):
    spec = spec_of(kind)
    assert isinstance(spec["width"], int)
    assert spec["autosize"] == {"type": "fit-x", "contains": "padding"}


def test_the_height_asked_for_is_the_height_of_the_plot():
    assert spec_of("histogram", height=123)["height"] == 123


def test_a_compiled_spec_is_kept_and_used_again(tmp_path):
    from reportgen.charts.specification import _compiled

    project = sweep()
    request = ChartRequest(project, project.runs, {"metric": "val/acc", "bins": 4, "height": 211}, "c", tmp_path)
    spec = CHARTS["histogram"](request).spec
    (kept,) = (tmp_path / "charts").iterdir()
    assert "values" not in kept.read_text()

    _compiled.cache_clear()
    altered = json.loads(kept.read_text()) | {"usermeta": "from the cache"}
    kept.write_text(json.dumps(altered))
    assert CHARTS["histogram"](request).spec == spec | {"usermeta": "from the cache"}

    _compiled.cache_clear()
    kept.write_text("{torn")
    assert CHARTS["histogram"](request).spec == spec
    _compiled.cache_clear()


def test_a_spec_is_kept_for_its_author_its_arguments_and_what_it_was_made_with(tmp_path, monkeypatch):
    from reportgen.charts import specification

    def kept():
        return {path.name for path in (tmp_path / "charts").iterdir()}

    def draw(**options):
        specification._compiled.cache_clear()
        request = ChartRequest(sweep(), sweep().runs, {"metric": "val/acc"} | options, "c", tmp_path)
        return CHARTS["histogram"](request).spec

    first = draw()
    names = kept()
    assert draw(bins=3)["data"] != first["data"]
    assert kept() == names
    assert draw(height=123)["height"] == 123
    assert kept() == names
    draw(metric="val/loss")
    assert len(kept()) == 2
    tools = specification.tools()
    monkeypatch.setattr(specification, "tools", lambda: f"{tools} and a change")
    assert draw() == first
    assert len(kept()) == 3


@pytest.mark.parametrize("changed", ["code", "altair"])
def test_a_change_of_the_code_or_of_altair_is_another_set_of_tools(tmp_path, monkeypatch, changed):
    from reportgen.charts import specification

    copy = shutil.copytree(Path(specification.__file__).parent, tmp_path / "charts")
    monkeypatch.setattr(specification, "__file__", str(copy / "specification.py"))
    before = specification.tools.__wrapped__()
    if changed == "code":
        with (copy / "bar.py").open("a") as file:
            file.write("# changed")
    else:
        monkeypatch.setattr(specification.metadata, "version", lambda _name: "99")
    assert specification.tools.__wrapped__() != before


def test_charts_of_one_shape_do_not_share_their_data():
    first, second = spec_of("histogram", bins=3), spec_of("histogram", bins=5)
    assert [len(spec["data"][0]["values"]) for spec in (first, second)] == [3, 5]


def test_the_bundle_that_ships_draws_every_spec_without_eval_and_network():
    node, manifest = shutil.which("node"), ROOT / "themes/reportgen/assets/assets.json"
    if node is None or not manifest.exists():
        pytest.skip("needs Node and the built browser code: npm run build in themes/client")
    bundle = manifest.parent / json.loads(manifest.read_text())["vega.js"]
    specs = [spec_of(kind) for kind in OPTIONS]
    specs += [spec_of("bar", group="config.optimizer.name"), spec_of("scatter", x="config.optimizer.name", log_x=False)]
    specs += [chart.spec for chart in workspace_charts(sweep())]
    done = subprocess.run(
        [node, "--disallow-code-generation-from-strings", Path(__file__).with_name("interpret.mjs"), bundle],
        input=json.dumps(specs),
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr
    drawn = json.loads(done.stdout)
    assert len(drawn) == len(specs)
    for narrow, wide in drawn:
        assert wide["span"] > narrow["span"] + 400
        assert wide["marks"] == narrow["marks"]
        assert min(wide["marks"].values()) > 0
