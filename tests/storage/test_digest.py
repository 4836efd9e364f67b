"""The hash of a file that grows."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportgen.storage import digest
from reportgen.storage.digest import FileDigest


@pytest.fixture(autouse=True)
def _small(monkeypatch):
    monkeypatch.setattr(digest, "BLOCK", 16)
    monkeypatch.setattr(digest, "PIECE", 5)


@given(st.binary(max_size=100), st.lists(st.integers(0, 100), max_size=5))
def test_pieces_do_not_matter(data, cuts):
    whole, parts = FileDigest(), FileDigest()
    whole.update(data)
    for start, end in pairwise(sorted({0, *cuts, len(data)} & {*range(len(data) + 1)})):
        parts.update(data[start:end])
    assert parts.hexdigest() == whole.hexdigest()


@pytest.mark.parametrize("size", [0, 1, 15, 16, 17, 32, 33, 100])
def test_a_file_is_hashed_as_its_bytes_are_and_can_be_gone_on_with(tmp_path, size):
    path, data = tmp_path / "log", bytes(range(100))
    path.write_bytes(data)
    known = FileDigest()
    known.update(data[:size])
    found = FileDigest.of_file(path, size)
    assert found.hexdigest() == known.hexdigest()
    for one in (found, known):
        one.update(data[size:])
    assert found.hexdigest() == known.hexdigest() == FileDigest.of_file(path, 100).hexdigest()


@pytest.mark.parametrize("size", [10, 16, 40])
def test_a_file_that_is_too_short_has_none(tmp_path, size):
    path = tmp_path / "log"
    path.write_bytes(b"x" * (size - 1))
    assert FileDigest.of_file(path, size) is None


@given(st.binary(min_size=1, max_size=60), st.data())
def test_other_bytes_have_another_hash(data, draw):
    place = draw.draw(st.integers(0, len(data) - 1))
    other = bytearray(data)
    other[place] ^= 1
    one, two = FileDigest(), FileDigest()
    one.update(data)
    two.update(bytes(other))
    assert one.hexdigest() != two.hexdigest()
