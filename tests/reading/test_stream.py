"""Reading a file that grows, and only what is new of it."""

import pytest

from reportgen.reading.discover import find_streams
from reportgen.reading.lines import BLOCK_BYTES
from reportgen.reading.stream import read_file


@pytest.fixture
def metrics(tmp_path):
    """Write the file of a metrics stream and return it as found."""

    def write(data):
        (tmp_path / "metrics.jsonl").write_bytes(data)
        return find_streams(tmp_path, "runs/p/a")[0][0]

    return write


def test_appended_bytes_alone_are_parsed(metrics):
    first = read_file(metrics(b'{"a": 1}\n{"a": 2}\n'))
    assert first.parsed == 18
    again = read_file(metrics(b'{"a": 1}\n{"a": 2}\n'), first.state)
    assert again.parsed == 0
    assert again.content() is first.content()
    more = read_file(metrics(b'{"a": 1}\n{"a": 2}\n{"a": 3}\n'), first.state)
    assert more.parsed == 9
    assert more.content().columns["a"].values.tolist() == [1, 2, 3]
    assert more.content().lines == 3


@pytest.mark.parametrize("rewritten", [b'{"a": 9}\n{"a": 2}\n{"a": 3}\n', b'{"a": 1}\n', b""])
def test_a_rewritten_or_shortened_file_is_read_again(metrics, rewritten):
    known = read_file(metrics(b'{"a": 1}\n{"a": 2}\n')).state
    read = read_file(metrics(rewritten), known)
    assert read.parsed == len(rewritten)
    assert read.content().lines == rewritten.count(b"\n")


def test_a_torn_last_line_is_not_there_yet(metrics):
    read = read_file(metrics(b'{"a": 1}\n{"a": 2'))
    assert read.is_cut()
    assert read.tail == b'{"a": 2'
    assert read.content().columns["a"].values.tolist() == [1]
    whole = read_file(metrics(b'{"a": 1}\n{"a": 25}\n'), read.state)
    assert whole.parsed == 10
    assert not whole.is_cut()
    assert whole.content().columns["a"].values.tolist() == [1, 25]


def test_a_whole_last_line_without_its_newline_is_read_but_not_kept(metrics):
    read = read_file(metrics(b'{"a": 1}\n{"a": 2}'))
    assert not read.is_cut()
    assert read.content().columns["a"].values.tolist() == [1, 2]
    assert read.state.consumed == 9
    assert read_file(metrics(b'{"a": 1}\n{"a": 2}\n'), read.state).content().columns["a"].values.tolist() == [1, 2]


def test_blank_space_at_the_end_is_no_torn_line(metrics):
    assert not read_file(metrics(b'{"a": 1}\n  ')).is_cut()


def test_lines_longer_than_a_block(metrics):
    text = "x" * (BLOCK_BYTES * 2)
    read = read_file(metrics(b'{"a": 1}\n{"a": 2, "text": "' + text.encode() + b'"}\n{"a": 3}\n'))
    assert read.content().columns["a"].values.tolist() == [1, 2, 3]
    assert read.content().texts["text"] == (1, text)
