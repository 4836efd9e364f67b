from pathlib import Path

import pytest

from reportgen.document import (
    Attachment,
    BokehFigure,
    Box,
    Cell,
    Chart,
    Column,
    Console,
    ConsolePart,
    DataRef,
    Dataset,
    Fact,
    Facts,
    Film,
    Gallery,
    GalleryItem,
    HtmlFrame,
    KeyValues,
    Link,
    MediaTable,
    MediumFile,
    Mesh,
    Metric,
    Molecule,
    Notice,
    Overlay,
    Picture,
    PlotlyFigure,
    PointCloud,
    Prose,
    Section,
    Sound,
    Table,
)
from reportgen.site.assets import theme_folder
from reportgen.site.render import Footer, PageView, Renderer, safe

HOSTILE = '"><script>alert(1)</script>'


@pytest.fixture
def written():
    return []


@pytest.fixture
def renderer(written):
    def write(dataset):
        written.append(dataset)
        return DataRef(dataset.key, f"data/{dataset.key}.0.js")

    return Renderer((theme_folder(),), write)


def a_view(**changes):
    fields = {
        "uri": "runs/a/index.html",
        "kind": "run",
        "template": "run.html",
        "title": "a",
        "site_name": "digits",
        "assets": {
            "reportgen.js": "../../r.js",
            "reportgen.css": "../../r.css",
            "head.js": "../../h.js",
            "vega.js": "../../v.js",
        },
        "footer": Footer(0.0, "0.1", 1, 2),
        "facts": {"state": "finished", "started": None, "duration": None},
    }
    return PageView(**{**fields, **changes})


BLOCKS = [
    Notice("error", HOSTILE, (HOSTILE,)),
    Facts(HOSTILE, (Fact(HOSTILE, HOSTILE, copy=True),)),
    KeyValues("k", HOSTILE, ((HOSTILE, HOSTILE, HOSTILE),)),
    KeyValues("k", HOSTILE, ((HOSTILE, HOSTILE, HOSTILE),), folded=True),
    Metric(HOSTILE, HOSTILE, HOSTILE, Link(HOSTILE, uri="runs/b/index.html")),
    Chart("c", HOSTILE, {"kind": "line", "title": HOSTILE, "project": HOSTILE}, HOSTILE, HOSTILE),
    Table(
        "t", HOSTILE, (Column("name", HOSTILE, "run", "string"),), ((Cell(HOSTILE, HOSTILE),),), 1, {"project": HOSTILE}
    ),
    Console("o", 1, HOSTILE),
    Gallery(
        "g",
        (
            GalleryItem(
                HOSTILE,
                1,
                HOSTILE,
                Picture(
                    "a.png",
                    HOSTILE,
                    overlays=(
                        Overlay(HOSTILE, ((1, HOSTILE),), (Box(0, 0, 1, 1, 1, HOSTILE, HOSTILE),)),
                        Overlay(HOSTILE, ((1, HOSTILE),), uri="m.png"),
                    ),
                ),
                HOSTILE,
                (HOSTILE,),
                (HOSTILE,),
                MediumFile(HOSTILE, 1, "a.png"),
                MediaTable((HOSTILE,), ((HOSTILE,), (Attachment(HOSTILE),))),
            ),
        ),
    ),
    Sound("a.wav", HOSTILE),
    Film("a.mp4", HOSTILE),
    HtmlFrame("a.html", HOSTILE),
    PlotlyFigure(HOSTILE, Dataset("p", {"data": [HOSTILE]})),
    PointCloud(HOSTILE, Dataset("c", {"points": [HOSTILE]})),
    BokehFigure(HOSTILE, Dataset("b", {"document": {"title": HOSTILE}})),
    Mesh(HOSTILE, Dataset("m", {"format": "obj", "file": HOSTILE})),
    Molecule(HOSTILE, Dataset("a", {"elements": [HOSTILE]})),
]


@pytest.mark.parametrize("block", BLOCKS, ids=lambda block: type(block).__name__)
def test_whatever_a_block_holds_is_text(renderer, block):
    html = renderer.block(block, a_view())
    assert "alert(1)" in html
    assert "<script" not in html


def test_a_page_escapes_its_own_names_and_forbids_scripts_of_its_own(renderer):
    view = a_view(
        title=HOSTILE,
        site_name=HOSTILE,
        description=HOSTILE,
        problems=(HOSTILE,),
        sections=(Section("o", HOSTILE, ()),),
    )
    html = renderer.page(view)
    assert "<script>alert" not in html
    assert "default-src 'none'" in html
    assert " style=" not in html


def test_prose_was_sanitised_where_it_was_made(renderer):
    assert "<em>x</em>" in renderer.block(Prose("<em>x</em>"), a_view())
    assert "<em>x</em>" in renderer.page(a_view(template="report.html", kind="report", content=safe("<em>x</em>")))


def test_a_uri_becomes_relative_to_the_page(renderer):
    html = renderer.block(Metric("best", "1", source=Link("b", uri="runs/b/index.html")), a_view())
    assert 'href="../b/index.html"' in html


def test_a_vega_panel_is_written_before_it_is_named(renderer, written):
    html = renderer.block(Chart("c", "Bars", {"kind": "vega", "title": "Bars"}, spec={"marks": []}), a_view())
    assert [dataset.payload for dataset in written] == [{"spec": {"marks": []}}]
    assert written[0].key in html
    renderer.block(Chart("d", "Bars", {"kind": "vega"}, spec={"marks": []}), a_view())
    assert written[0].key == written[1].key, "the same specification is one file"


def test_a_panel_of_one_run_leads_to_its_curves(renderer):
    asked = []

    def curves(*what):
        asked.append(what)
        return DataRef("digits/r/a/charts", "data/digits/r/a/charts.0.js")

    renderer.curves = curves
    panel = {"kind": "line", "project": "digits", "source": "run", "runs": ["a"]}
    assert "data/digits/r/a/charts.0.js" in renderer.block(Chart("c", "loss", panel), a_view())
    assert asked == [("digits", "a", "run")]


def test_a_figure_and_points_lead_to_their_data(renderer, written):
    for kind in (PlotlyFigure, PointCloud):
        html = renderer.block(kind("a", Dataset(f"digits/r/a/{kind.__name__}", {"points": []})), a_view())
        assert f"digits/r/a/{kind.__name__}" in html
    assert len(written) == 2


def test_a_console_leads_to_all_of_it(renderer, written):
    parts = tuple(ConsolePart(first, 2, Dataset(f"digits/r/a/console-{first}", {"text": ""})) for first in (0, 2))
    html = renderer.block(Console("o", 4, "tail", parts), a_view())
    assert len(written) == 2
    assert "digits/r/a/console-0" in html
    assert "digits/r/a/console-2" in html


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("{{ 0|when }}", '<time datetime="1970-01-01T00:00:00Z">1970-01-01 00:00 UTC</time>'),
        ("{{ none|when }}", ""),
        ("{{ nan|when }}", ""),
        ("{{ 1e30|when }}", ""),
        ("{{ 65|duration }}", "1 min 5 s"),
        ("{{ none|duration }}", ""),
        ("{{ 0.123456|number }}", "0.1235"),
        ("{{ 'x'|number }}", "x"),
        ("{{ 1500|filesize }}", "1.5 kB"),
        ("{{ {'a': nan, 'b': '<'}|tojson }}", '{"a":null,"b":"\\u003c"}'),
    ],
)
def test_filters(renderer, source, text):
    assert renderer.environment.from_string(source).render(nan=float("nan"), rg=a_view()) == text


def test_every_block_has_a_partial():
    from typing import get_args

    from reportgen.document import Block
    from reportgen.site.render import WORD_START

    partials = {path.stem for path in (Path(theme_folder()) / "partials").glob("*.html")}
    assert {WORD_START.sub("_", kind.__name__).lower() for kind in get_args(Block)} <= partials
