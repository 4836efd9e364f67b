import contextlib
import json
from pathlib import Path

import pytest

from reportgen.errors import QueryError
from reportgen.frames import select
from reportgen.frames.query import LONGEST
from reportgen.model import Project, Run, RunId
from reportgen.reading.records import decoded

VECTORS = json.loads((Path(__file__).parents[1] / "vectors" / "filter.json").read_text())


def project(**fields):
    fields = decoded(VECTORS["run"] | fields)
    started, duration = fields.pop("started"), fields.pop("duration")
    described = Run(
        **fields | {"id": RunId(fields["id"]), "tags": tuple(fields["tags"])},
        project="digits",
        folder=Path("runs/digits/k3v9x2"),
        exit_code=0,
        started=started,
        ended=started + duration,
    )
    return Project("digits", (described,))


@pytest.mark.parametrize("case", VECTORS["cases"], ids=lambda case: case["expression"])
def test_vectors(case):
    assert bool(select(project(), case["expression"])) is case["expected"]


@pytest.mark.parametrize("case", VECTORS["errors"], ids=lambda case: case["expression"])
def test_error_vectors(case):
    with pytest.raises(QueryError) as raised:
        select(project(), case["expression"])
    assert case["expression"] in str(raised.value)


def test_no_query_selects_every_run():
    assert len(select(project(), None)) == len(select(project(), "  ")) == 1


def test_a_misspelt_name_gets_a_suggestion():
    with pytest.raises(QueryError, match="Did you mean config"):
        select(project(), "confg.lr < 1")


def test_a_syntax_error_names_its_column():
    with pytest.raises(QueryError, match=r"ends too early[\s\S]*Column 12"):
        select(project(), "config.lr <")


def test_assignment_is_explained():
    with pytest.raises(QueryError, match="equality is =="):
        select(project(), 'state = "finished"')


def test_names_in_texts_and_macros_are_no_unknown_names():
    assert select(project(), 'tags.exists(tag, tag == "baseline") && name != "x.all(y, (z"')


def test_values_of_a_type_that_cel_lacks_are_absent_or_decimals():
    huge = project(config={"n": 10**400, "list": [1, None, {"a": 1}], "big": 2**60})
    assert select(huge, "!has(config.n) && config.big > 1e18 && config.list[0] == 1")


@pytest.mark.parametrize(
    "query",
    [
        "true" + " && true" * LONGEST,
        "tags.all(a, tags.all(b, tags.all(c, true)))",
    ],
)
def test_expressions_that_could_run_for_hours_are_refused(query):
    with pytest.raises(QueryError, match="too long or loops too deeply"):
        select(project(), query)


@pytest.mark.parametrize("query", ["!" * 1990 + "true", "(" * 900 + "true" + ")" * 900, "config" + ".a" * 900 + " < 1"])
def test_strange_expressions_do_not_crash(query):
    with contextlib.suppress(QueryError):
        select(project(), query)
