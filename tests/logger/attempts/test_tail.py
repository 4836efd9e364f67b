"""The last step and the last rows of files in any state."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reportgen.logger.attempts import tail
from reportgen.logger.attempts.tail import last_rows, last_step


def lines_of(rows):
    return b"".join(json.dumps(row).encode() + b"\n" for row in rows)


@pytest.fixture(scope="module")
def path(tmp_path_factory):
    return tmp_path_factory.mktemp("tail") / "metrics.jsonl"


@pytest.fixture(scope="module", autouse=True)
def small_windows():
    """Windows that files of a test do not fit into."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(tail, "FIRST_WINDOW", 64)
        patch.setattr(tail, "LAST_WINDOW", 512)
        patch.setattr(tail, "BLOCK", 64)
        yield


@settings(deadline=None)
@given(st.binary(max_size=3000))
def test_any_bytes_have_a_last_step_or_none(path, content):
    path.write_bytes(content)
    step = last_step(str(path))
    assert step is None or type(step) is int
    for number, row in last_rows(str(path), 1000):
        assert type(number) is int
        assert type(row) is dict


STEPS = st.lists(st.integers(0, 5), max_size=150)
GARBAGE = st.sampled_from([b"", b"\x00\xff", b"{", b'{"_step": 1e999}\n', b"[1]\n", b'"text"\n', b'{"_step": tr'])


@settings(deadline=None)
@given(STEPS, st.integers(0, 40), GARBAGE)
def test_a_file_of_steps_that_go_up_ends_with_the_last_one(path, increments, width, garbage):
    steps = [sum(increments[: index + 1]) for index in range(len(increments))]
    path.write_bytes(lines_of({"_step": step, "text": "x" * width} for step in steps) + garbage)
    assert last_step(str(path)) == (steps[-1] if steps else None)


@settings(deadline=None)
@given(STEPS, st.data())
def test_a_file_cut_anywhere_ends_with_its_last_whole_row(path, increments, data):
    steps = [sum(increments[: index + 1]) for index in range(len(increments))]
    whole = [lines_of([{"_step": step, "a": 1}]) for step in steps]
    content = b"".join(whole)
    cut = data.draw(st.integers(0, len(content)))
    path.write_bytes(content[:cut])
    # A row without its line end is whole if nothing but the line end is missing.
    complete = [step for index, step in enumerate(steps) if len(b"".join(whole[: index + 1])) - 1 <= cut]
    assert last_step(str(path)) == (complete[-1] if complete else None)


@settings(deadline=None)
@given(STEPS, st.integers(0, 800))
def test_rows_up_to_a_step_are_found_in_the_middle_of_a_file(path, increments, until):
    steps = [sum(increments[: index + 1]) for index in range(len(increments))]
    path.write_bytes(lines_of({"_step": step, "place": place} for place, step in enumerate(steps)))
    before = [step for step in steps if step <= until]
    assert last_step(str(path), until) == (before[-1] if before else None)
    found = last_rows(str(path), 256, until)
    assert [step for step, _ in found] == before[len(before) - len(found) :]
    assert bool(found) == bool(before)


@pytest.mark.parametrize("rows", [1, 3, 100])
def test_lines_without_steps_are_counted(path, rows):
    path.write_bytes(lines_of({"loss": 0.5} for _ in range(rows)))
    assert last_step(str(path)) == rows - 1


def test_lines_without_a_step_count_on_from_the_last_one_with_one(path):
    path.write_bytes(lines_of([{"_step": 7}, {"a": 1}, {"a": 2}]))
    assert last_step(str(path)) == 9


@pytest.mark.parametrize("length", [10, 63, 64, 65, 400, 511])
def test_a_row_longer_than_the_first_window_is_found(path, length):
    path.write_bytes(lines_of([{"_step": 1}, {"_step": 2, "text": "x" * length}]))
    assert last_step(str(path)) == 2


def test_a_file_that_a_power_cut_has_filled_with_zeros_keeps_its_steps(path):
    path.write_bytes(lines_of({"_step": step} for step in range(50)) + b"\0" * 5000)
    assert last_step(str(path)) == 49


@pytest.mark.parametrize("step", ["5", None, True, 1.5, [1], 2**70, "NaN"])
def test_what_is_no_step_counts_as_none(path, step):
    path.write_bytes(lines_of([{"_step": 3}, {"_step": step}]))
    assert last_step(str(path)) == 4


def test_a_missing_file_and_a_folder_have_no_rows(tmp_path):
    for missing in (tmp_path / "none", tmp_path):
        assert last_step(str(missing)) is None
        assert last_rows(str(missing), 100) == []
