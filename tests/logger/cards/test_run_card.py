from html.parser import HTMLParser

import pytest

from tests.logger.logs import lines

HOSTILE = "<script>alert(1)</script>\"'&"


class Tags(HTMLParser):
    """The tags and the text of some HTML."""

    def __init__(self, html):
        super().__init__()
        self.tags, self.text = set(), []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)

    def handle_data(self, data):
        self.text.append(data)


def test_the_card_says_who_how_where_and_what(begin):
    run = begin(name="first")
    run.log({"loss": 0.123456789, "note": "warm"})
    card = Tags(run._repr_html_())
    assert {"first", "run log", run.folder, "loss", "0.123457", "note", "warm"} <= set(card.text)
    assert any(text.startswith("active, ") for text in card.text)
    run.finish()
    assert any(text.startswith("finished, ") for text in Tags(run.to_html()).text)
    assert any(text.startswith("disabled, ") for text in Tags(begin(mode="disabled").to_html()).text)


def test_everything_on_the_card_is_escaped(begin):
    run = begin(name=HOSTILE)
    run.log({HOSTILE: HOSTILE})
    for html in (run.to_html(), run.to_html(hidden=True)):
        card = Tags(html)
        assert card.tags <= {"div", "strong", "table", "tr", "th", "td", "code", "details", "summary"}
        assert card.text.count(HOSTILE) >= 3


def test_a_card_stays_small(begin):
    class Broken:
        def __str__(self):
            raise RuntimeError("no")

    run = begin(mode="disabled")
    run.log({f"metric {number}": number for number in range(1000)})
    assert "and 988 more" in run.to_html()
    assert len(run.to_html()) < 5000
    other = begin(mode="disabled")
    other.log({"long": "x" * 100_000, "broken": Broken(), "image": {"_type": "image-file"}})
    assert len(other.to_html()) < 2000
    assert "(Broken)" in other.to_html()


def test_outside_a_notebook_nothing_is_shown(begin, capsys):
    assert begin().display() is False
    assert capsys.readouterr() == ("", "")


def test_status(begin):
    run = begin()
    run.log({"a": 1})
    status = run.status()
    assert (status.state, status.rows, status.sync_items_pending, status.sync_time) == ("active", 1, 0, None)
    assert "active, 1 steps" in repr(status)
    run._files.metrics._backlog.add(b"123\n")  # as if the disk had refused it
    assert run.status().sync_items_pending == 4
    run.finish()
    assert run.status().state == "finished"
    assert begin(mode="disabled").status().state == "disabled"


@pytest.mark.parametrize("text", ["one line", "one line\n"])
def test_write_logs_adds_to_the_console_without_printing(begin, capsys, text):
    run = begin()
    run.write_logs(text)
    run.finish()
    run.write_logs("late")
    (chunk,) = lines(f"{run.folder}/console.jsonl")
    assert (chunk["stream"], chunk["text"]) == ("stdout", "one line\n")
    assert capsys.readouterr() == ("", "")
