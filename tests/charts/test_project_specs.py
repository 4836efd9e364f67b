"""Charts of a project over its runs: compiled without data, without addresses; what is wrong is said."""

import json

from reportgen.charts import project_specs

CHART = {
    "title": {"text": "By rate"},
    "data": {"name": "runs"},
    "mark": "point",
    "encoding": {
        "x": {"field": "config.lr", "type": "quantitative"},
        "y": {"field": "summary['val/acc']", "type": "quantitative"},
    },
}


def written(folder, **specs):
    for name, spec in specs.items():
        (folder / f"{name}.json").write_text(spec if isinstance(spec, str) else json.dumps(spec))
    return {spec.name: spec for spec in project_specs(folder)}


def test_a_chart_over_runs_is_compiled_and_waits_for_its_rows(tmp_path):
    spec = written(tmp_path, rate=CHART)["rate"]
    assert (spec.title, spec.problem) == ("By rate", "")
    (table,) = [table for table in spec.vega["data"] if table["name"] == "runs"]
    assert "values" not in table
    assert "title" not in spec.vega
    assert {mark["type"] for mark in spec.vega["marks"]} == {"symbol"}


def test_other_specifications_are_not_of_the_runs(tmp_path):
    logged = {"data": {"name": "wandb"}, "mark": "bar", "encoding": {"x": {"field": "${field:x}"}}}
    own = {**CHART, "data": {"values": [{"a": 1}]}}
    assert written(tmp_path, logged=logged, own=own) == {}
    assert project_specs(tmp_path / "none") == ()


def test_layers_and_vega_count_too(tmp_path):
    layered = {"layer": [{"data": {"name": "runs"}, "mark": "rule"}, {"data": {"values": [{}]}, "mark": "text"}]}
    vega = {"data": [{"name": "runs"}], "marks": [{"type": "symbol", "from": {"data": "runs"}}]}
    found = written(tmp_path, layered=layered, vega=vega)
    assert list(found) == ["layered", "vega"]
    assert found["vega"].vega == vega


def test_addresses_are_taken_out_and_broken_files_are_said(tmp_path):
    linked = {**CHART, "encoding": {**CHART["encoding"], "href": {"field": "name"}}}
    found = written(tmp_path, linked=linked, broken={**CHART, "mark": "no such mark"}, torn="{", list="[]")
    assert "addresses are left out" in found["linked"].problem
    assert "href" not in json.dumps(found["linked"].vega)
    assert found["broken"].vega is None
    assert "specs/broken.json cannot be compiled" in found["broken"].problem
    assert "is no JSON" in found["torn"].problem
    assert "is no specification" in found["list"].problem
