"""Console output."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reportgen.model import ConsoleChunk
from reportgen.pages import console
from reportgen.pages.console import console_block
from reportgen.pages.console_lines import LINE_CHARACTERS, console_lines, plain
from tests.builders import START, project_model, run


def made(tmp_path, described):
    (logged,) = project_model(tmp_path, described).runs
    return console_block(logged, "digits/r/a/console")


def lines_of(*texts, stream="stdout"):
    return [line.text for line in console_lines(ConsoleChunk(0.0, stream, text) for text in texts)]


def test_the_dataset_has_every_line_with_its_time_and_stream(tmp_path):
    described = (
        run("a")
        .console("epoch ", seconds=1)
        .console("1\n", seconds=2)
        .console("\x1b[31moops\x1b[0m\n", stream="stderr", seconds=3.25)
    )
    block, notes = made(tmp_path, described)
    (part,) = block.parts
    assert (part.first, part.lines, part.data.key) == (0, 2, "digits/r/a/console-0")
    payload = part.data.payload
    assert payload["text"] == "epoch 1\n\x1b[31moops\x1b[0m"
    assert payload["errors"] == [1]
    assert payload["start"] == START + 2
    assert payload["times"].tolist() == [0, 1.25]
    assert (block.lines, block.tail, notes) == (2, "epoch 1\noops", ())


def test_a_run_without_output_has_no_console(tmp_path):
    assert made(tmp_path, run("a").metric("loss", [1.0])) == (None, ())


def test_a_long_console_comes_in_parts(tmp_path, monkeypatch):
    monkeypatch.setattr(console, "PART_LINES", 3)
    monkeypatch.setattr(console, "PART_CHARACTERS", 20)
    block, _notes = made(tmp_path, run("a").console("1\n2\n3\n4\n" + "x" * 18 + "\n55\n666\n"))
    assert [(part.first, part.lines) for part in block.parts] == [(0, 3), (3, 2), (5, 2)]
    assert [part.data.payload["text"].split("\n")[0] for part in block.parts] == ["1", "4", "55"]
    assert len({part.data.key for part in block.parts}) == 3


@pytest.mark.parametrize(("limit", "size"), [("CONSOLE_CHARACTERS", 10), ("MOST_LINES", 2)])
def test_the_end_of_very_much_output_is_kept_and_the_rest_counted(tmp_path, monkeypatch, limit, size):
    monkeypatch.setattr(console, limit, size)
    block, notes = made(tmp_path, run("a").console("0123456789\nabcd\nefgh\n"))
    assert block.parts[0].data.payload["text"] == "abcd\nefgh"
    assert notes == ("The first 1 lines of the output are not shown.",)


def test_one_looks_at_the_end_of_a_run_that_has_not_finished(tmp_path):
    assert made(tmp_path, run("a").console("x").failed())[0].at_end
    assert not made(tmp_path, run("a").console("x").finished())[0].at_end


def test_the_tail_is_plain_and_ends_with_the_last_lines(tmp_path):
    block, _notes = made(tmp_path, run("a").console("\n".join(f"\x1b[1m{number}\x1b[0m" for number in range(500))))
    tail = block.tail.split("\n")
    assert (len(tail), tail[-1]) == (100, "499")


def test_lines_of_both_streams_that_are_not_ended_count(tmp_path):
    described = run("a").console("one\ntwo", seconds=1).console("50%", stream="stderr", seconds=2)
    assert made(tmp_path, described)[0].lines == 3


def test_streams_do_not_mix_within_a_line():
    chunks = [ConsoleChunk(1, "stdout", "a"), ConsoleChunk(2, "stderr", "warn\n"), ConsoleChunk(3, "stdout", "b\nc")]
    found = [(line.text, line.stream, line.time) for line in console_lines(chunks)]
    assert found == [("warn", "stderr", 2), ("ab", "stdout", 3), ("c", "stdout", 3)]


@pytest.mark.parametrize(
    ("texts", "shown"),
    [
        (["10%\r50%\r100%\n"], "100%"),
        (["abcdef\rXY\n"], "XYcdef"),
        (["abcdef\r\x1b[KXY\n"], "XY"),
        (["1%\r", "2%\r", "done\r\n"], "done"),
        (["\r\x1b[31m5%", "\r\x1b[32m6%\n"], "\x1b[32m6%"),
        ([f"\r{number}%" for number in range(5000)], "4999%"),
        ([*(f"long text {number}\r" for number in range(1001)), "short"], "shorttext 1000"),
    ],
)
def test_a_progress_bar_is_as_it_was_drawn_last(texts, shown):
    assert lines_of(*texts) == [shown]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("\x1b]0;title\x07a\x1b[2Kb\x1b[?25lc\x1b(Bd\x00\x08e", "abcde"),
        ("\x1b[38:2::1:2:3mx\x1b[48:5:9my", "\x1b[38;2;1;2;3mx\x1b[48;5;9my"),
        ("\x1b[>4;1mx\x1b[1 mz", "xz"),
        ("\x1b]8;;https://example.com\x1b\\link\x1b]8;;\x1b\\\t\x9b!", "link\t!"),
    ],
)
def test_of_the_codes_colours_and_weight_are_left(text, shown):
    assert lines_of(text) == [shown]


def test_a_line_says_again_what_was_left_on():
    text = "\x1b[1;31;48;5;9mred\nstill\x1b[22;39m\nback\x1b[0m\nplain\n\x1b[38;2;1;2;3mlast\n\nend"
    assert lines_of(text) == [
        "\x1b[1;31;48;5;9mred",
        "\x1b[1;31;48;5;9mstill\x1b[22;39m",
        "\x1b[48;5;9mback\x1b[0m",
        "plain",
        "\x1b[38;2;1;2;3mlast",
        "",
        "\x1b[38;2;1;2;3mend",
    ]


def test_a_very_long_line_is_cut():
    (line,) = lines_of("x" * (LINE_CHARACTERS + 5))
    assert line == "x" * LINE_CHARACTERS + " …"


@settings(deadline=None)
@given(st.lists(st.text(st.sampled_from("a\x1b[]m;38:5\r\n\x07\x00K1"), max_size=30), max_size=6))
def test_whatever_was_printed_gives_lines_of_text(texts):
    for line in lines_of(*texts):
        assert "\n" not in line
        assert "\r" not in line
        assert "\x1b" not in plain(line)
