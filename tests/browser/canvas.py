"""What is on a canvas, and waiting for it from outside: the policy of the pages forbids what would wait inside."""

import time
from collections.abc import Callable

from playwright.sync_api import Locator, Page

COUNT_STRONG_COLOURS = """
canvas => {
  if (!canvas.width || !canvas.height) return 0;
  const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
  const colours = new Set();
  for (let i = 0; i < data.length; i += 4) {
    const pixel = [data[i], data[i + 1], data[i + 2]];
    const strong = data[i + 3] > 200 && Math.max(...pixel) - Math.min(...pixel) > 60;
    if (strong) colours.add(pixel.map(part => part >> 5).join());
  }
  return colours.size;
}
"""
ANY_INK = """
canvas => canvas.width > 0 &&
  canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height).data.some(part => part > 0)
"""


def strong_colours(canvas: Locator) -> int:
    """How many clearly different colours, greys left out, are on a canvas."""
    return int(canvas.evaluate(COUNT_STRONG_COLOURS))


def inked(canvas: Locator) -> bool:
    """Whether anything at all is on a canvas."""
    return bool(canvas.evaluate(ANY_INK))


def until(condition: Callable[[], bool], seconds: float = 10.0) -> None:
    """Ask again and again until it holds; fail when it never does."""
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "it never came true"
        time.sleep(0.05)


def drag(page: Page, shown: Locator, start: float, end: float) -> None:
    """Select a part of a plot, in shares of its width."""
    shown.scroll_into_view_if_needed()
    box = shown.locator(".panel-stage").bounding_box()
    assert box
    y = box["y"] + box["height"] / 2
    page.mouse.move(box["x"] + box["width"] * start, y)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] * end, y, steps=4)
    page.mouse.up()
