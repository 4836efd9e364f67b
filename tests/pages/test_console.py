"""Console output."""

from reportgen.pages import console
from reportgen.pages.console import console_block, plain_tail
from tests.builders import project_model, run


def made(tmp_path, described):
    (logged,) = project_model(tmp_path, described).runs
    return console_block(logged, "digits/r/a/console")


def test_the_dataset_has_every_piece_with_its_time_and_stream(tmp_path):
    described = (
        run("a")
        .console("epoch ", seconds=1)
        .console("1\n", seconds=2)
        .console("\x1b[31moops\x1b[0m\n", stream="stderr", seconds=3)
    )
    block, data, notes = made(tmp_path, described)
    assert data is block.data
    assert data.key == "digits/r/a/console"
    assert data.payload["streams"] == ["stdout", "stderr"]
    assert data.payload["texts"] == ["epoch 1\n", "\x1b[31moops\x1b[0m\n"]
    assert data.payload["times"][1] - data.payload["times"][0] == 2
    assert (block.lines, block.tail, notes) == (2, "epoch 1\noops", ())


def test_a_run_without_output_has_no_dataset(tmp_path):
    block, data, _notes = made(tmp_path, run("a").metric("loss", [1.0]))
    assert (block.lines, data) == (0, None)


def test_the_end_of_very_much_output_is_kept_and_the_rest_counted(tmp_path, monkeypatch):
    monkeypatch.setattr(console, "CONSOLE_CHARACTERS", 10)
    described = run("a").console("0123456789\n").console("abcdefgh\n", seconds=1)
    _block, data, notes = made(tmp_path, described)
    assert "".join(data.payload["texts"]) == "\nabcdefgh\n"
    assert notes == ("The first 10 characters of the output are not shown.",)


def test_the_tail_is_what_stood_on_the_screen():
    text = "start\r\n 10 %\r 50 %\r100 %\n\x1b[1mdone\x1b[0m\x07 \x1b]0;title\x07end\x00\n"
    assert plain_tail(text) == "start\n100 %\ndone end"


def test_the_tail_ends_with_the_last_lines():
    lines = plain_tail("\n".join(map(str, range(500)))).split("\n")
    assert (len(lines), lines[-1]) == (100, "499")


def test_lines_of_both_streams_that_are_not_ended_count(tmp_path):
    described = run("a").console("one\ntwo", seconds=1).console("50%", stream="stderr", seconds=2)
    assert made(tmp_path, described)[0].lines == 3


def test_of_too_much_output_the_drawings_that_others_cover_go_first(tmp_path, monkeypatch):
    monkeypatch.setattr(console, "CONSOLE_CHARACTERS", 40)
    described = run("a").console("begin\n")
    for percent in range(50):
        described.console(f"\r{percent}%", seconds=1 + percent)
    described.console("\n", seconds=99).console("end\r\n", seconds=100)
    _block, data, notes = made(tmp_path, described)
    assert "".join(data.payload["texts"]) == "begin\n\r49%\nend\r\n"
    assert notes == ()


def test_drawings_that_move_the_cursor_stay(tmp_path, monkeypatch):
    monkeypatch.setattr(console, "CONSOLE_CHARACTERS", 30)
    described = run("a").console("x" * 30 + "\n").console("\ra\x1b[A\rb\n", seconds=1)
    _block, data, _notes = made(tmp_path, described)
    assert data.payload["texts"][-1] == "\ra\x1b[A\rb\n"
