"""A browser tab that remembers everything a page did wrong: errors, policy violations, requests that should not be."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from playwright.sync_api import Browser, ConsoleMessage, Page, Request, Response

WATCH_POLICY = """
document.addEventListener("securitypolicyviolation", event => {
  console.error(`policy: ${event.violatedDirective} ${event.blockedURI} ${event.sourceFile}:${event.lineNumber}`);
});
"""

OUR_OWN_DOING = ("willReadFrequently", "GPU stall due to ReadPixels")
"""Hints about reading pixels, which only these tests do."""


@dataclass
class Visitor:
    """A tab on a site at `root`, and the `trouble` it has seen so far."""

    page: Page
    root: str
    trouble: list[str] = field(default_factory=list)

    @classmethod
    @contextmanager
    def start(cls, browser: Browser, root: str, width: int = 1440, scheme: str = "light") -> Iterator["Visitor"]:
        """A fresh context (nothing stored), which must have seen no trouble when it closes."""
        context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme)
        context.add_init_script(WATCH_POLICY)
        page = context.new_page()
        page.set_default_timeout(10_000)
        visitor = cls(page, root)
        page.on("console", visitor._console)
        page.on("pageerror", lambda error: visitor._note(f"uncaught: {error}"))
        page.on("request", visitor._request)
        page.on("requestfailed", visitor._failed)
        page.on("response", visitor._response)
        page.on("dialog", lambda dialog: (visitor._note(f"dialog: {dialog.message}"), dialog.dismiss()))
        try:
            yield visitor
            assert not visitor.trouble, "\n".join(visitor.trouble)
        finally:
            context.close()

    def open(self, path: str = "index.html") -> Page:
        """Go to a page of the site by its path below the root."""
        self.page.goto(self.root + path, wait_until="load")
        return self.page

    def _note(self, what: str) -> None:
        self.trouble.append(f"{self.page.url.removeprefix(self.root)}: {what}")

    def _console(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"} and not any(hint in message.text for hint in OUR_OWN_DOING):
            self._note(f"console {message.type}: {message.text}")

    def _request(self, request: Request) -> None:
        if not request.url.startswith((self.root, "data:", "blob:")):
            self._note(f"request outside the site: {request.url}")

    def _failed(self, request: Request) -> None:
        if request.failure != "net::ERR_ABORTED":  # the page was left, or became a download
            self._note(f"failed: {request.url} {request.failure}")

    def _response(self, response: Response) -> None:
        if response.status >= 400:
            self._note(f"status {response.status}: {response.url}")
