"""Curves of ranks, their bands and overwritten points lead down to what was logged too."""

import numpy as np
import pytest

from reportgen.site.curve_data import CurveData
from reportgen.site.rank_data import write_beside
from tests.builders import load, run
from tests.e2e.site_check import numbers, payload
from tests.site.places import data_place

ROWS = 5000


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    folder = tmp_path_factory.mktemp("ranks")
    described = run("a").define("loss", step_metric="epoch")
    for rank in (0, 1):
        described.rank(rank).metric("loss", [rank + step % 7 for step in range(ROWS)])
        described.metric("epoch", [step // 10 for step in range(ROWS)])
        described.attempt(2).metric("loss", [5.0] * 2500, steps=range(2500, ROWS))
    described.write(folder)
    workspace = load(folder)
    (one,) = workspace.projects[0].runs
    place = data_place(folder, workspace)
    fields = write_beside(one, 0, CurveData(place.links, place.data), system=False)
    return folder / "site", fields


def raw(site, curve):
    """The finest level of a curve, whole, by column."""
    level = payload(site, curve["deeper"]["key"])["levels"][-1]
    assert level["bucket"] == 1
    tiles = [payload(site, tile["data"]["key"]) for tile in level["tiles"]]
    return {name: np.concatenate([numbers(tile[name]) for tile in tiles]) for name in tiles[0] if name != "bucket"}


def test_each_rank_has_levels_of_its_own(site):
    folder, fields = site
    ranks = payload(folder, fields["ranks"]["loss"]["key"])["curves"]["loss"]
    for number, one in enumerate(ranks):
        points = raw(folder, one["curve"])
        logged = [number + step % 7 if step < 2500 else 5 for step in range(ROWS)]
        np.testing.assert_array_equal(points["last"], logged)
        np.testing.assert_array_equal(points["step"], np.arange(ROWS))
        # The second attempt has logged no epoch, so that the last one before it goes on.
        np.testing.assert_array_equal(points["x"], np.minimum(np.arange(ROWS) // 10, 249))


def test_a_band_has_extremes_in_its_raw_points(site):
    folder, fields = site
    band = payload(folder, fields["bands"]["key"])["curves"]["loss"]
    points = raw(folder, band)
    logged = np.array([step % 7 if step < 2500 else 4.5 for step in range(ROWS)])
    np.testing.assert_array_equal(points["last"], logged + 0.5)
    assert (points["max"] - points["min"]).tolist() == [1] * 2500 + [0] * 2500
    over = band["over"]
    assert over["x"] == over["step"]


def test_overwritten_points_have_levels(site):
    folder, fields = site
    tails = payload(folder, fields["overwritten"]["key"])["curves"]["loss"]
    points = raw(folder, tails[0]["curve"])
    np.testing.assert_array_equal(points["step"], np.arange(2500, ROWS))
    np.testing.assert_array_equal(points["last"], np.arange(2500, ROWS) % 7)
