"""The fuzz target finds what is wrong, and finds nothing in the reader in the time that a test has."""

import random
from itertools import islice

import pytest

from tests.fuzz import claims, reader


@pytest.fixture(scope="module")
def logs():
    return reader.real_logs(reader.ROOT / "example_project/runs")


def test_it_starts_from_real_runs(logs):
    assert len(logs) > 10
    assert {"metrics.rank1.2.jsonl", "run.jsonl", "console.rank1.2.jsonl"} <= set().union(*logs)


def test_some_inputs_find_nothing(logs):
    target = reader.Target(None, logs)
    reached = [found for found in islice(reader.explore(target, [], random.Random(4)), 25) if found is not None]
    assert len(reached) > 3


def test_a_reader_that_loses_a_row_is_found_and_the_folder_is_shrunk_and_saved(logs, tmp_path, monkeypatch):
    def careless(top, log, chance):
        if any(b"Infinity" in data for data in log.values()):
            raise KeyError("Infinity")

    monkeypatch.setattr(claims, "all_claims", careless)
    target = reader.Target(tmp_path, logs)
    with pytest.raises(KeyError):
        list(islice(reader.explore(target, [], random.Random(4)), 300))
    found = sum(map(len, target.last.values()))
    assert reader.shrunk_and_saved(target, tmp_path / "failures") == tmp_path / "failures/1"
    shrunk = [path.read_bytes() for path in (tmp_path / "failures/1").iterdir()]
    assert any(b"Infinity" in data for data in shrunk)
    assert sum(map(len, shrunk)) < found
