"""What is remembered of the runs of a site."""

import pytest

from reportgen.site.ledger import Entry, Ledger
from reportgen.site.overviews import OVERVIEW_RUNS, store_parts, stored_parts
from reportgen.storage import Folder
from tests.builders import load, run


@pytest.fixture
def runs(tmp_path):
    for number in range(3):
        run(f"r{number}").at(number).metric("loss", [1]).write(tmp_path)
    return load(tmp_path).projects[0].runs


def test_entries_come_back_for_the_runs_that_are_there(tmp_path, runs):
    ledger = Ledger.opened(Folder(tmp_path / "cache"), "sites/a/p", runs)
    ledger.book(1, runs[1], Entry("key", {"data/x.js": 3}, ("k", "u")))
    ledger.save()
    again = Ledger.opened(Folder(tmp_path / "cache"), "sites/a/p", runs[1:])
    assert again.entry_of("r0") is None
    assert again.entry(1, runs[2]) == Entry()
    kept = again.entry(0, runs[1])
    assert (kept.data_key, kept.data, kept.curves("run").url, kept.curves("system")) == (
        "key",
        {"data/x.js": 3},
        "u",
        None,
    )


@pytest.mark.parametrize("damage", [b"", b"\x00", b"\xff" * 50, None])
def test_a_damaged_sheet_is_an_empty_one(tmp_path, runs, damage):
    ledger = Ledger.opened(Folder(tmp_path), "sites/a/p", runs)
    ledger.book(0, runs[0], Entry("key"))
    ledger.save()
    (sheet,) = (tmp_path / "sites/a").iterdir()
    sheet.write_bytes(sheet.read_bytes()[:-1] if damage is None else damage)
    assert Ledger.opened(Folder(tmp_path), "sites/a/p", runs).entry(0, runs[0]) == Entry()


def test_only_sheets_that_changed_are_written(tmp_path):
    runs = [type("One", (), {"id": f"r{number}"})() for number in range(OVERVIEW_RUNS + 1)]
    ledger = Ledger.opened(Folder(tmp_path), "p", runs)
    ledger.book(OVERVIEW_RUNS, runs[-1], Entry("key"))
    ledger.save()
    assert [path.name for path in tmp_path.iterdir()] == ["p-1.ledger"]


def test_a_cache_that_cannot_be_written_is_no_error(tmp_path, runs):
    (tmp_path / "file").write_text("")
    ledger = Ledger.opened(Folder(tmp_path / "file"), "p", runs)
    ledger.book(0, runs[0], Entry("key"))
    ledger.save()
    store_parts(Folder(tmp_path / "file"), "parts", {"k": {"ov/loss": b"{}"}})
    assert stored_parts(Folder(tmp_path / "file"), "parts") == {}
