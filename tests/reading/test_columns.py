"""How lines become rows and columns."""

import json
import math

import numpy as np
import pytest

from reportgen.reading import columns
from reportgen.reading.columns import RowsReader
from reportgen.reading.rows import BadLines, Rows


def read(*lines, stepped=True, blocks=None):
    """Rows of lines (dicts or bytes), each block a call of its own; all in one block unless told."""
    data = [line if isinstance(line, bytes) else json.dumps(line).encode() for line in lines]
    reader = RowsReader(Rows(stepped=stepped))
    for block in blocks or [range(len(data))]:
        reader.add(b"".join(data[index] + b"\n" for index in block))
    return reader.result()


def points(rows, key):
    """(step, value) of each point of a metric."""
    column = rows.columns[key]
    at = range(len(rows)) if column.rows is None else column.rows
    return [(float(rows.steps[row]), float(value)) for row, value in zip(at, column.values, strict=True)]


def test_plain_rows():
    rows = read({"_step": 0, "_timestamp": 10.5, "loss": 3}, {"_step": 1, "_timestamp": 11.5, "loss": 2.5})
    assert points(rows, "loss") == [(0, 3), (1, 2.5)]
    assert rows.times.tolist() == [10.5, 11.5]
    assert not rows.columns["loss"].values.flags.writeable


def test_consecutive_lines_of_one_step_are_one_row_in_which_later_values_win():
    rows = read(
        {"_step": 0, "_timestamp": 1.0, "a": 1, "b": 1},
        {"_step": 0, "_timestamp": 2.0, "b": 2, "c": 3},
        {"_step": 1, "a": 4},
    )
    assert len(rows) == 2
    assert points(rows, "a") == [(0, 1), (1, 4)]
    assert points(rows, "b") == [(0, 2)]
    assert points(rows, "c") == [(0, 3)]
    assert rows.times[0] == 2.0


def test_rows_merge_across_blocks():
    rows = read({"_step": 0, "a": 1}, {"_step": 0, "a": 2}, {"_step": 0, "b": 3}, blocks=[[0], [1], [2]])
    assert points(rows, "a") == [(0, 2)]
    assert points(rows, "b") == [(0, 3)]


def test_steps_that_repeat_or_go_back_keep_their_rows():
    rows = read(*({"_step": step, "a": value} for value, step in enumerate([0, 1, 2, 1, 2])))
    assert points(rows, "a") == [(0, 0), (1, 1), (2, 2), (1, 3), (2, 4)]


def test_a_line_without_a_step_counts_on():
    rows = read({"a": 1}, {"a": 2}, {"_step": 10, "a": 3}, {"a": 4}, {"_step": "x", "a": 5}, {"_step": "NaN", "a": 6})
    assert points(rows, "a") == [(0, 1), (1, 2), (10, 3), (11, 4), (12, 5), (13, 6)]


def test_counting_on_goes_over_blocks():
    assert points(read({"a": 1}, {"a": 2}, {"a": 3}, blocks=[[0], [1, 2]]), "a") == [(0, 1), (1, 2), (2, 3)]


def test_a_first_step_may_be_any_number():
    assert points(read({"_step": -1, "a": 1}, {"a": 2}), "a") == [(-1, 1), (0, 2)]


def test_samples_of_a_system_stream_are_counted():
    rows = read({"_step": 7, "cpu": 1}, {"_step": 7, "cpu": 2}, stepped=False)
    assert points(rows, "cpu") == [(0, 1), (1, 2)]


def test_missing_or_impossible_times_are_gaps():
    rows = read({"a": 1}, {"_timestamp": "yesterday", "a": 1}, {"_timestamp": "Infinity", "a": 1}, {"_timestamp": None})
    assert len(rows) == 4
    assert np.isnan(rows.times).all()
    assert set(rows.columns) == {"a"}
    assert not rows.texts


def test_every_kind_of_number():
    rows = read(
        *({"_step": step, "a": value} for step, value in enumerate([1, 1.5, True, False, "NaN", "Infinity"])),
        b'{"_step": 6, "a": "-Infinity"}',
        b'{"_step": 7, "a": 1e999}',
        b'{"_step": 8, "a": 1' + b"0" * 400 + b"}",
        b'{"_step": 9, "a": NaN}',
        b'{"_step": 10, "a": null}',
        b'{"_step": 11, "a": 123456789012345678901234567890}',
    )
    expected = [1, 1.5, 1, 0, math.nan, math.inf, -math.inf, math.inf, math.inf, math.nan, 1.2345678901234568e29]
    assert np.array_equal(rows.columns["a"].values, expected, equal_nan=True)
    assert [step for step, _ in points(rows, "a")] == [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 11]


def test_nan_among_plain_numbers_is_a_value_and_null_is_none():
    rows = read(*({"_step": step, "a": value} for step, value in enumerate([1.0, 2.0, "NaN", None, 3.0])))
    assert np.array_equal(rows.columns["a"].values, [1, 2, math.nan, 3], equal_nan=True)


def test_sparse_metrics_keep_their_rows():
    lines = [{"_step": step, "loss": step} | ({"val": step / 10} if step % 100 == 99 else {}) for step in range(1000)]
    rows = read(*lines)
    assert len(rows.columns["loss"].values) == 1000
    assert points(rows, "val") == [(step, step / 10) for step in range(99, 1000, 100)]


def test_nested_dicts_become_dotted_keys_and_join_those_logged_flat():
    rows = read(
        {"_step": 0, "a": {"b": 1, "c": {"d": 2}}}, {"_step": 1, "a.b": 3}, {"_step": 2, "a": {"b": 4, "e": {}}}
    )
    assert points(rows, "a.b") == [(0, 1), (1, 3), (2, 4)]
    assert points(rows, "a.c.d") == [(0, 2)]


def test_what_is_nested_under_an_empty_key_is_neither_a_step_nor_a_key_of_the_row():
    rows = read({"_step": 3, "": {"_step": 7, "x": 1}})
    assert points(rows, ".x") == [(3, 1)]
    assert points(rows, "._step") == [(3, 7)]


def test_a_key_that_is_nested_and_flat_keeps_the_order_of_its_lines():
    rows = read({"a.b": "NaN"}, {"a": {"b": 1}}, {"a.b": 2})
    np.testing.assert_array_equal(points(rows, "a.b"), [(0, math.nan), (1, 1), (2, 2)])
    assert read({"a.b": "t"}, {"a": {"b": "u"}}, {"a.b": "v"}).texts == {"a.b": (2, "v")}
    for more in ([], [b"bad"]):  # by shape, and line by line
        assert points(read({"a": {"b": 1}, "a.b": 2}, {"a.b": 3, "a": {"b": 4}}, *more), "a.b") == [(0, 2), (1, 4)]


def test_texts_and_lists_keep_their_last():
    rows = read({"_step": 0, "note": "one", "list": [1, 2]}, {"_step": 1, "note": "two"})
    assert rows.texts == {"note": (1, "two"), "list": (0, [1, 2])}


def test_media_keep_their_row():
    image = {"_type": "image-file", "path": "files/media/a.png"}
    rows = read(
        {"_step": 0, "x": 1}, {"_step": 5, "img": image}, {"_step": 6, "img": [image, image], "deep": {"i": image}}
    )
    assert [(cell.row, cell.key, len(cell.values)) for cell in rows.last.media] == [
        (1, "img", 1),
        (2, "deep.i", 1),
        (2, "img", 2),
    ]


def test_media_logged_twice_in_a_row_are_the_later_ones():
    first, second = ({"_type": "image-file", "path": name} for name in ("a", "b"))
    rows = read({"_step": 0, "img": first}, {"_step": 0, "img": second})
    assert [cell.values for cell in rows.last.media] == [((second),)]


@pytest.mark.parametrize(
    "bad",
    [
        b"garbage",
        b"[1, 2]",
        b"12",
        b'"text"',
        b'{"a": 1',
        b'{"a": "\xff"}',
        b'{"a": 1} {"a": 2}',
        b"{" * 5000,
        b"\0\0\0",
    ],
)
def test_a_bad_line_is_skipped_and_counted(bad):
    rows = read({"_step": 0, "a": 1}, bad, {"_step": 1, "a": 2})
    assert points(rows, "a") == [(0, 1), (1, 2)]
    assert rows.bad == BadLines(1, (2,))


def test_deep_nesting_is_a_bad_line_in_the_fast_parse_too():
    deep = b'{"_step": 1, "a": ' + b'{"x":' * 100 + b"1" + b"}" * 100 + b"}"
    rows = read({"_step": 0, "a": {"x": 1}}, deep)
    assert rows.bad == BadLines(1, (2,))
    assert list(rows.columns) == ["a.x"]


@pytest.mark.parametrize(("levels", "bad"), [(63, 0), (64, 1)])
def test_both_parses_draw_the_same_line_between_deep_and_too_deep(levels, bad):
    deep = b'{"a": ' + b'{"x":' * levels + b"1" + b"}" * levels + b"}"
    assert read({"a": {"x": 1}}, deep).bad.count == bad
    assert read({"a": {"x": 1}}, b"bad", deep).bad.count == bad + 1


def test_line_numbers_count_blank_lines_and_blocks():
    rows = read(b"", {"a": 1}, b"  ", b"bad", {"a": 2}, b"worse", blocks=[[0, 1, 2], [3, 4, 5]])
    assert rows.bad == BadLines(2, (4, 6))
    assert rows.lines == 6


def test_only_the_first_bad_lines_are_named():
    assert read(*[b"bad"] * 50).bad == BadLines(50, tuple(range(1, 21)))


def test_a_byte_order_mark_is_no_harm_and_another_encoding_is_a_bad_line():
    assert points(read(b'\xef\xbb\xbf{"a": 1}', {"a": 2}), "a") == [(0, 1), (1, 2)]
    assert read('{"a": 1}'.encode("utf-16-le")).bad == BadLines(1, (1,))


def test_lines_may_end_as_on_windows():
    assert points(read(b'{"a": 1}\r', b'{"a": 2}\r'), "a") == [(0, 1), (1, 2)]


def test_an_object_over_several_lines_is_bad_lines():
    rows = read(b'{"a":', b"1}", {"a": 2})
    assert rows.bad.count == 2
    assert points(rows, "a") == [(0, 2)]


def test_several_objects_on_a_line_are_a_bad_line_wherever_the_shape_breaks():
    rows = read({"a": 1}, b'{"a": 1}{"a": 1}{"a": 1}{"b": 1}')
    assert points(rows, "a") == [(0, 1)]
    assert rows.bad == BadLines(1, (2,))


def test_halves_of_surrogate_pairs_become_question_marks():
    rows = read(b'{"a\\ud800": 1, "note": "x\\udfff"}')
    assert points(rows, "a?") == [(0, 1)]
    assert rows.texts["note"] == (0, "x?")


@pytest.mark.parametrize("key", ["", "a b", 'a"b', "a\\b", "é", "f0", "a\nb", "__class__", "_step2"])
def test_any_key_can_be_a_metric(key):
    assert points(read({"_step": 0, key: 1}, {"_step": 1, key: 2}), key) == [(0, 1), (1, 2)]


def test_more_keys_than_a_shape_holds():
    rows = read({f"m{number}": number for number in range(3000)}, {"m1": 5})
    assert len(rows.columns) == 3000
    assert points(rows, "m1") == [(0, 1), (1, 5)]


def test_fast_and_careful_parse_agree(monkeypatch):
    lines = [
        {"_step": step, "_timestamp": 1e9 + step, "loss": step / 3}
        | ({"val": step} if step % 7 == 0 else {})
        | ({"loss": "NaN"} if step == 50 else {})
        | ({"nested": {"x": step}} if step % 11 == 0 else {})
        for step in range(100)
    ]
    fast = read(*lines)
    monkeypatch.setattr(columns, "_objects", lambda block: 0)
    careful = read(*lines)
    assert sorted(fast.columns) == sorted(careful.columns)
    assert fast.steps.tolist() == careful.steps.tolist()
    for key in fast.columns:
        np.testing.assert_array_equal(points(fast, key), points(careful, key))


def test_rows_that_cannot_change_leave_memory(monkeypatch):
    monkeypatch.setattr(columns, "SEGMENT_ROWS", 100)
    sealed = []
    reader = RowsReader(Rows(), lambda block: sealed.append(block) or block)
    for block in range(50):
        reader.add(b"".join(b'{"_step": %d, "x": %d}\n' % (step, step) for step in range(block * 30, block * 30 + 30)))
        assert reader.result().last.count <= 100
    rows = reader.result()
    assert [block.count for block in rows.sealed] == [100] * 14
    assert list(rows.sealed) == sealed
    assert rows.columns["x"].values.tolist() == list(range(1500))
    assert rows.columns["x"].rows is None
