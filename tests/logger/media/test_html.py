import io

import pytest

from reportgen import Html
from tests.logger.logs import logged, told

PAGE = "<html><head><title>é</title></head><body>page</body></html>"


def test_text_is_kept_with_a_head(begin):
    value, path = logged(begin(), Html("<b>42</b>", caption="answer"))
    text = path.read_text()
    assert text.endswith("<b>42</b>")
    assert '<meta charset="utf-8">' in text
    assert '<base target="_blank">' in text
    assert "http" not in text
    assert (value["_type"], value["caption"], path.suffix) == ("html-file", "answer", ".html")


@pytest.mark.parametrize(
    ("page", "before"),
    [
        (PAGE, "<html><head>"),
        ("<!doctype html><HTML lang='en'><body>x", "<!doctype html><HTML lang='en'><head>"),
        ("<header>x</header>", ""),
        ("<html", ""),
        ("", ""),
    ],
)
def test_the_head_goes_where_heads_are(begin, page, before):
    text = logged(begin(), Html(page))[1].read_text()
    assert text.startswith(before + '<meta charset="utf-8">')
    assert text.replace("</head>", "").endswith(page[len(before) :].replace("</head>", "")[-10:])


@pytest.mark.parametrize("give", [lambda path: path, str, lambda path: path.open(), lambda path: path.open("rb")])
def test_files_byte_for_byte_without_inject(begin, tmp_path, give):
    source = tmp_path / "page.html"
    source.write_text(PAGE, encoding="utf-8")
    assert logged(begin(), Html(give(source), inject=False))[1].read_text(encoding="utf-8") == PAGE
    assert "<style>" in logged(begin(), Html(give(source)))[1].read_text(encoding="utf-8")


def test_a_file_object_that_was_written_is_read_from_its_beginning(begin):
    buffer = io.StringIO()
    buffer.write("<i>x</i>")
    assert logged(begin(), Html(buffer, inject=False))[1].read_text() == "<i>x</i>"


def test_a_text_that_looks_like_a_path(begin, capsys):
    assert logged(begin(), Html("a.html", data_is_not_path=True, inject=False))[1].read_text() == "a.html"
    assert logged(begin(), Html("<p>a.html", inject=False))[1].read_text() == "<p>a.html"
    assert "a.html" in told(begin, capsys, Html("a.html"))


@pytest.mark.parametrize("wrong", [None, 5, object()])
def test_what_is_no_html_costs_its_key_and_a_warning(begin, capsys, wrong):
    told(begin, capsys, Html(wrong))


def test_text_that_utf_8_cannot_hold(begin):
    assert logged(begin(), Html("\ud800", inject=False, caption="\ud800"))[0]["caption"] == "?"
