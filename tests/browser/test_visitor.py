"""The watcher of these tests sees trouble when there is some; else they would prove nothing."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.browser.visits import Visitor

TROUBLE = {
    "policy": "<meta http-equiv='Content-Security-Policy' content=\"default-src 'none'\"><script>1</script>",
    "console error": "<script>console.error('oh')</script>",
    "uncaught": "<script>throw new Error('oh')</script>",
    "outside": "<img src='http://127.0.0.1:9/x.png'>",
    "failed": "<script src='missing.js'></script>",
    "dialog": "<script>alert(1)</script>",
}


@pytest.mark.parametrize("kind", TROUBLE)
def test_trouble_is_noticed(kind: str, browser: Browser, tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text(f"<!doctype html><html><head>{TROUBLE[kind]}</head></html>", encoding="utf-8")
    with pytest.raises(AssertionError, match=kind), Visitor.start(browser, tmp_path.as_uri() + "/") as visitor:
        visitor.open().wait_for_timeout(200)
