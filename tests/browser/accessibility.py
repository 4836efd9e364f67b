"""axe-core on a page that is open: what it finds fault with, in lines for people."""

from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

from playwright.sync_api import Page

AXE = Path(__file__).parents[2] / "themes" / "client" / "node_modules" / "axe-core" / "axe.min.js"
RUN = """
([within, options]) => axe.run(within ? { include: within.map(one => [one]) } : document, options)
  .then(found => found.violations.map(violation => ({
  rule: violation.id,
  help: violation.help,
  nodes: violation.nodes.slice(0, 5).map(node => node.target.join(" ") + "  " + node.any.concat(node.all, node.none)
    .map(check => check.message).slice(0, 1).join("")),
  count: violation.nodes.length,
})))
"""
OPTIONS: dict[str, Any] = {
    "resultTypes": ["violations"],
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
}


@cache
def _source() -> str:
    return AXE.read_text(encoding="utf-8")


def violations(page: Page, *, within: Sequence[str] = (), rules: Sequence[str] = ()) -> list[str]:
    """What axe-core finds on a page as it stands; the debugger puts it there, which no policy of the page forbids.

    Args:
        page: to look at.
        within: selectors of what is looked at; by default everything.
        rules: names of rules; by default all of WCAG 2.2 AA and the best practices.
    """
    page.evaluate(_source())
    options = {**OPTIONS, "runOnly": list(rules)} if rules else OPTIONS
    return [
        f"{found['rule']} ({found['help']}), {found['count']} times:\n    " + "\n    ".join(found["nodes"])
        for found in page.evaluate(RUN, [list(within) or None, options])
    ]
