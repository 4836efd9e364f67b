"""The reference pages and the logger say the same."""

import inspect
import json
import re

import pytest

import reportgen
from reportgen import schema
from reportgen.config import BuildConfig
from reportgen.logger import session
from reportgen.logger.run import Run
from reportgen.reading import load_workspace
from tests.logger.logs import CHECKOUT

RUN_LOG = (CHECKOUT / "docs/reference/run-log.md").read_text()
API = (CHECKOUT / "docs/reference/logging-api.md").read_text()


def test_every_public_name_and_parameter_is_described():
    names = set(reportgen.__all__) - {"__version__"}
    names |= set(inspect.signature(session.init).parameters)
    names |= {name for name in vars(Run) if not name.startswith("_")} - {"detach", "disabled", "finished"}
    missing = sorted(name for name in names if not re.search(rf"\b{name}\b", API))
    assert missing == []


def test_every_kind_of_record_medium_and_file_is_described():
    words = {*schema.RECORD_KINDS, *schema.MEDIA_KINDS, *schema.NON_FINITE, schema.STEP, schema.TIMESTAMP}
    words |= {f"{stream}.jsonl" for stream in schema.STREAMS}
    assert [word for word in sorted(words) if word not in RUN_LOG] == []


@pytest.mark.parametrize("block", re.findall(r"```json\n(.*?)```", RUN_LOG, re.DOTALL))
def test_examples_are_json(block):
    for line in block.splitlines():
        assert json.loads(line)


def test_the_reader_reads_what_the_logger_writes(begin, tmp_path):
    run = begin(
        project="digits",
        id="a1",
        name="first",
        tags=["t"],
        config={"lr": 0.1, "opt": {"name": "adam"}},
        capture="system",
    )
    for step in range(5):
        run.log({"loss": 1 / (step + 1), "nested": {"x": step}, "text": "a"})
    run.log({"loss": float("nan"), "table": reportgen.Table(["a"], [[1]])})
    run.define_metric("loss", summary="min")
    run.summary["best"] = 7
    run.notes = "why"
    run.finish(1)
    (project,) = load_workspace(BuildConfig(folder=tmp_path, site_dir=tmp_path / "site")).projects
    (read,) = project.runs
    assert (read.id, read.name, read.project, read.tags, read.notes) == ("a1", "first", "digits", ("t",), "why")
    assert (read.state, read.exit_code, read.rows, read.problems) == ("failed", 1, 6, ())
    assert read.config == {"lr": 0.1, "opt": {"name": "adam"}}
    assert list(read.series["nested.x"].values) == [0, 1, 2, 3, 4]
    assert len(read.series["loss"]) == 6
    assert read.summary["best"] == 7
    assert [(medium.key, medium.kind) for medium in read.media] == [("table", "table-file")]
    assert "memory_percent" in read.system
