"""A run of a million steps: nothing is hidden at any zoom, two tiles are enough, the last zoom is what was logged."""

import json
import random
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.canvas import until
from tests.browser.conftest import build
from tests.browser.visits import Visitor

STEPS = 1_000_000
SPIKE_STEP = 654_321
SPIKE = 9.0
PADDING = 0.04
"""The room above and below the values of a plot, as in chart/domain.ts."""

PAINTED = """
(canvas, [from, to]) => {
  const { width, height } = canvas;
  const ratio = width / canvas.clientWidth;
  const { data } = canvas.getContext("2d").getImageData(0, 0, width, height);
  const at = (x, y) => (y * width + x) * 4;
  const strong = (x, y) => {
    const pixel = [...data.subarray(at(x, y), at(x, y) + 3)];
    return data[at(x, y) + 3] > 60 && Math.max(...pixel) - Math.min(...pixel) > 40;
  };
  // The x axis is the lowest row that is mostly ink, and the plot is as wide as it.
  let bottom = height - 1;
  const all = Array.from({ length: width }, (_, x) => x);
  const ink = () => all.filter(x => data[at(x, bottom) + 3] > 100 && !strong(x, bottom));
  while (bottom > 0 && ink().length < width / 2) bottom -= 1;
  const row = ink();
  const [left, right] = [row[0], row[row.length - 1]];
  const columns = [];
  const [first, last] = [from, to].map(share => Math.round(left + share * (right - left)));
  for (let x = first - 3; x <= last + 3; x += 1) columns.push(x);
  const tops = columns.filter(x => x >= 0 && x < width).map(x => {
    for (let y = 0; y < bottom; y += 1) if (strong(x, y)) return y;
    return bottom;
  });
  return [Math.min(...tops) / ratio, bottom / ratio];
}
"""
"""The highest painted pixel between two shares of a plot's width, and where its x axis is."""


def logged(step: int) -> float:
    """What the run logs: four digits, so that its numbers are those that are drawn."""
    return SPIKE if step == SPIKE_STEP else round(1 + random.Random(step).random(), 4)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("million")
    run = folder / "runs" / "p" / "long"
    run.mkdir(parents=True)
    started = 1_763_868_000.0
    start = {"type": "start", "version": 1, "id": "long", "project": "p", "name": "long", "time": started}
    finish = {"type": "finish", "time": started + STEPS / 8, "exit_code": 0}
    (run / "run.jsonl").write_text(f"{json.dumps(start)}\n{json.dumps(finish)}\n", encoding="utf-8")
    noise = [logged(step) for step in range(997)]
    with (run / "metrics.jsonl").open("w", encoding="utf-8") as rows:
        for step in range(STEPS):
            value = SPIKE if step == SPIKE_STEP else noise[step % 997]
            rows.write(f'{{"_step":{step},"_timestamp":{started + step / 8},"loss":{value}}}\n')
    return build(folder, folder / "site")


@pytest.fixture
def visitor(browser: Browser, site: Path) -> Iterator[Visitor]:
    with Visitor.start(browser, site.as_uri() + "/") as visiting:
        yield visiting


class Tiles:
    """The tiles that a page has asked for since the last look."""

    def __init__(self, page: Page) -> None:
        self._asked: list[str] = []
        page.on("request", lambda request: self._asked.append(request.url))

    def new(self) -> list[str]:
        found = [url for url in self._asked if re.search(r"/loss/\d+-\d+\.[0-9a-f]+\.js$", url)]
        self._asked.clear()
        return found


def stage(page: Page) -> Locator:
    return page.locator(".panel-stage").first


def note(page: Page) -> str:
    return page.locator(".panel-note").first.inner_text()


def zoom(page: Page, start: float, end: float, scale: str = "") -> None:
    """Look at a range of steps, and wait until it is drawn as finely as it will be."""
    page.evaluate("hash => { location.hash = hash; }", f"{scale}zoom={start}_{end}")
    ends = " to ".join(f"step {round(step):,}".replace(",", "\N{NARROW NO-BREAK SPACE}") for step in (start, end))
    expect(stage(page)).to_have_attribute("aria-description", re.compile(re.escape(ends)))
    page.wait_for_timeout(250)
    until(lambda: "loading" not in note(page))
    page.wait_for_timeout(100)


def csv(page: Page) -> list[tuple[float, float]]:
    """Step and value of every entry that is drawn."""
    panel = page.locator(".panel").first
    panel.hover()
    panel.locator(".panel-menu-button").click()
    with page.expect_download() as waiting:
        page.get_by_role("menuitem", name="Download CSV").click()
    lines = Path(waiting.value.path()).read_text(encoding="utf-8").splitlines()[1:]
    return [(float(step), float(value)) for _, step, value, *_ in (line.split(",") for line in lines)]


def expected(step: int) -> float:
    return SPIKE if step == SPIKE_STEP else logged(step % 997)


def spike_is_painted(page: Page, start: float, end: float, bucket: int) -> None:
    share = (SPIKE_STEP - start) / (end - start)
    canvas = page.locator(".panel-canvas canvas").first
    # The entry that holds the spike stands at its last point.
    top, bottom = canvas.evaluate(PAINTED, [share, min(share + bucket / (end - start), 1)])
    height = (bottom - 8) * PADDING / (1 + 2 * PADDING)
    assert abs(top - (8 + height)) < 4, f"painted up to {top}, not {8 + height}, between {start} and {end}"


def test_one_step_in_a_million_is_painted_at_every_zoom_down_to_what_was_logged(visitor: Visitor) -> None:
    page = visitor.open("workspace/index.html")
    tiles = Tiles(page)
    expect(page.locator(".panel-note").first).to_contain_text("1 px ≈")
    spike_is_painted(page, 0, STEPS - 1, 2048)
    assert tiles.new() == []
    size = float(STEPS)
    buckets = []
    while size > 8:
        size /= 8
        start, end = round(SPIKE_STEP - 0.4 * size), round(SPIKE_STEP + 0.6 * size)
        zoom(page, start, end)
        asked = tiles.new()
        assert len(asked) <= 2
        buckets += [int(match[1]) for url in asked if (match := re.search(r"/(\d+)-\d+\.", url))]
        spike_is_painted(page, start, end, buckets[-1])
    assert buckets == sorted(buckets, reverse=True)
    assert buckets[-1] == 1
    assert note(page) == "raw points"
    drawn = csv(page)
    assert [step for step, _ in drawn] == list(range(start, end + 1))
    assert (SPIKE_STEP, SPIKE) in drawn
    assert all(value == expected(int(step)) for step, value in drawn)


@pytest.mark.parametrize("start", [0, 123_456, 409_590, STEPS - 3001])
def test_any_part_ends_in_raw_points(visitor: Visitor, start: int) -> None:
    page = visitor.open("workspace/index.html")
    tiles = Tiles(page)
    expect(page.locator(".panel-note").first).to_contain_text("1 px ≈")
    zoom(page, start, start + 3000)
    assert 1 <= len(tiles.new()) <= 2
    drawn = csv(page)
    assert [step for step, _ in drawn] == list(range(start, start + 3001))
    assert all(value == expected(int(step)) for step, value in drawn)
    zoom(page, start + 100, start + 110)
    assert tiles.new() == []
    assert note(page) == "raw points"


def test_logarithmic_x_begins_with_the_first_steps_and_leaves_step_0_out(visitor: Visitor) -> None:
    page = visitor.open("workspace/index.html#logX=1")
    first = page.locator(".panel-note").first
    expect(first).to_have_text(re.compile(r"^1 px ≈ \d\.\d % of x, min.max shown · 1 at x ≤ 0, left out$"))
    described = re.compile(r"step 1 to step 999.999, values from 1(\.0\d*)? to 9\.")
    expect(stage(page)).to_have_attribute("aria-description", described)
    drawn = csv(page)
    assert [step for step, _ in drawn[:50]] == list(range(1, 51))
    assert all(value == expected(int(step)) for step, value in drawn)
    tiles = Tiles(page)
    for start, end in ((10, 100_000), (400_000, 900_000), (1, 2000), (654_300, 654_400)):
        zoom(page, start, end, "logX=1&")
        assert len(tiles.new()) <= 2
    assert note(page) == "raw points"
    assert (SPIKE_STEP, SPIKE) in csv(page)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_on_a_phone_the_note_says_what_a_pixel_stands_for(browser: Browser, site: Path, scheme: str) -> None:
    with Visitor.start(browser, site.as_uri() + "/", width=390, scheme=scheme) as visitor:
        page = visitor.open("workspace/index.html")
        expect(page.locator(".panel-note").first).to_have_text(re.compile(r"^1 px ≈ \d\s?\d{3} steps, min.max shown$"))
        assert int(page.evaluate("document.documentElement.scrollWidth")) <= 390
