"""Tiles of long curves: encoded again only when their points are others."""

from pathlib import Path

import numpy as np
import pytest

from reportgen.frames import Points
from reportgen.site.data_files import DataFiles
from reportgen.site.level_data import LevelData, TileKey
from reportgen.site.site_files import SiteFiles
from reportgen.storage import Folder
from tests.e2e.site_check import numbers, payload

ROWS = 40_000


def points(rows=ROWS, **changed):
    steps = np.arange(rows, dtype=float)
    columns = {"step": steps, "time": 5 + steps / 8, "values": np.sin(steps)} | changed
    return Points(**columns)


def built(folder: Path, drawn: Points, known=None) -> tuple[LevelData, dict]:
    levels = LevelData(DataFiles(SiteFiles(Folder(folder))), known or {})
    return levels, levels.curve(drawn, 0, "p/r/a/loss")


def changed(before: LevelData, after: LevelData) -> list[tuple[int, int]]:
    return sorted((key.bucket, key.first) for key, tile in after.tiles.items() if before.tiles.get(key) != tile)


def test_the_index_leads_to_every_tile(tmp_path):
    levels, curve = built(tmp_path, points())
    index = payload(tmp_path, curve["deeper"]["key"])["levels"]
    assert [level["bucket"] for level in index] == [64, 8, 1]
    found = [(level["bucket"], tile["first"]) for level in index for tile in level["tiles"]]
    assert sorted(found) == sorted((key.bucket, key.first) for key in levels.tiles)
    raw = index[-1]["tiles"]
    assert (raw[1]["step"], raw[1]["time"]) == ([4096, 8191], [517, 1028.875])
    values = np.concatenate([numbers(payload(tmp_path, tile["data"]["key"])["last"]) for tile in raw])
    np.testing.assert_allclose(values, points().values, rtol=0, atol=2e-6)
    assert numbers(payload(tmp_path, curve["log"]["key"])["ends"])[-1] == ROWS - 1


def test_appended_rows_write_the_last_tile_of_each_level_and_no_other(tmp_path):
    before, _ = built(tmp_path, points())
    times = {url: (tmp_path / url).stat().st_mtime_ns for url in before.data.files.written}
    after, _ = built(tmp_path, points(ROWS + 100), before.tiles)
    assert changed(before, after) == [(1, 36_864), (8, 4096), (64, 0)]
    fresh, _ = built(tmp_path / "fresh", points(ROWS + 100))
    assert after.tiles == fresh.tiles
    assert after.data.files.written == fresh.data.files.written
    kept = [tile.url for key, tile in after.tiles.items() if before.tiles.get(key) == tile]
    assert all((tmp_path / url).stat().st_mtime_ns == times[url] for url in kept)


def test_a_tile_that_is_known_is_not_encoded(tmp_path):
    before, _ = built(tmp_path, points())
    victim = before.tiles[TileKey("p/r/a/loss", 1, 4096)]
    (tmp_path / victim.url).write_bytes(b"x" * victim.size)
    built(tmp_path, points(), before.tiles)
    assert (tmp_path / victim.url).read_bytes() == b"x" * victim.size


def test_a_tile_whose_file_is_gone_is_written_again(tmp_path):
    before, _ = built(tmp_path, points())
    victim = tmp_path / before.tiles[TileKey("p/r/a/loss", 8, 0)].url
    text = victim.read_bytes()
    victim.unlink()
    after, _ = built(tmp_path, points(), before.tiles)
    assert victim.read_bytes() == text
    assert after.tiles == before.tiles


@pytest.mark.parametrize(
    ("other", "tiles"),
    [
        ({"values": np.where(np.arange(ROWS) == 5000, 9.0, np.sin(np.arange(ROWS)))}, [(1, 4096), (8, 0), (64, 0)]),
        ({"step": np.where(np.arange(ROWS) == ROWS - 1, 1e6, np.arange(ROWS))}, [(1, 36_864), (8, 4096), (64, 0)]),
        ({"time": np.where(np.arange(ROWS) == 0, 1.0, 5 + np.arange(ROWS) / 8)}, [(1, 0), (8, 0), (64, 0)]),
    ],
)
def test_a_point_that_is_another_changes_the_tiles_that_hold_it(tmp_path, other, tiles):
    before, _ = built(tmp_path, points())
    after, _ = built(tmp_path, points(**other), before.tiles)
    assert changed(before, after) == tiles
    fresh, _ = built(tmp_path / "fresh", points(**other))
    assert after.tiles == fresh.tiles


def test_another_clock_or_places_on_a_metric_change_every_tile(tmp_path):
    before, _ = built(tmp_path, points())
    for other in ({"start": 5.0}, {"x": np.arange(ROWS) / 2}, {"extremes": (np.zeros(ROWS), np.ones(ROWS))}):
        after, _ = built(tmp_path, points(**other), before.tiles)
        assert len(changed(before, after)) == len(before.tiles)
        assert {tile.fingerprint for tile in after.tiles.values()}.isdisjoint(
            tile.fingerprint for tile in before.tiles.values()
        )
