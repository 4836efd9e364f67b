"""What the server answers: the files of the site, news of builds, and thanks for a view to be saved."""

import hashlib
import http.server
import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from email.message import Message
from http import HTTPStatus
from io import BytesIO
from pathlib import Path
from typing import Any, BinaryIO
from urllib.parse import unquote, urlsplit

from reportgen.serve.live import Live

OWN = "/.reportgen/"
EVENTS, SCRIPT, VIEWS = f"{OWN}events", f"{OWN}live.js", f"{OWN}views/"
VIEW_NAME = re.compile(r"[a-z0-9][a-z0-9_.-]{0,99}\.yml")
LARGEST_VIEW = 200_000
BEAT_SECONDS = 15.0
"""So often a silent connection is used, or whoever is between would close it."""
POLICY = (b"connect-src 'none'", b"connect-src 'self'")
"""Pages of a published site ask nobody for anything; those of this server ask it for news."""
LOCAL = ("localhost", "127.0.0.1", "[::1]")


@dataclass(frozen=True, slots=True)
class Served:
    """What a server serves.

    Attributes:
        site: the folder with the built site.
        state: what the data of the site are known by.
        live: has the news.
        script: the browser code that follows them.
        save: keeps a view under a name; raises OSError.
        hosts: what the server may be called, with its port; empty for anything.
    """

    site: Callable[[], Path]
    state: Callable[[], str]
    live: Live
    script: bytes
    save: Callable[[str, str], None]
    hosts: frozenset[str]


class Server(http.server.ThreadingHTTPServer):
    """Listens, with a thread for each connection."""

    daemon_threads = True

    def __init__(self, address: tuple[str, int], served: Callable[[int], Served]) -> None:
        super().__init__(address, Handler)
        self.served = served(self.server_port)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say nothing of a browser that hangs up, as it does with every page that is left."""


class Handler(http.server.SimpleHTTPRequestHandler):
    """Answers one connection."""

    server: Server
    protocol_version = "HTTP/1.1"

    def __init__(self, request: Any, client_address: Any, server: Server) -> None:
        super().__init__(request, client_address, server, directory=str(server.served.site()))

    def log_message(self, *_: object) -> None:
        """Say nothing: the terminal is for builds."""

    def do_GET(self) -> None:
        """News, the script that follows them, or a file of the site."""
        path = urlsplit(self.path).path
        if not self._is_ours():
            self._short(HTTPStatus.FORBIDDEN, "This server is for its own machine.")
        elif path == EVENTS:
            self._tell_news()
        elif path == SCRIPT:
            self._short(HTTPStatus.OK, self.server.served.script, "text/javascript; charset=utf-8")
        else:
            super().do_GET()

    def do_POST(self) -> None:
        """Keep a view, if a page of this server asks for it."""
        name = unquote(urlsplit(self.path).path.removeprefix(VIEWS))
        length = int(length) if (length := self.headers.get("Content-Length", "")).isdigit() else -1
        # A page of another site can send nothing of this type without being asked first, which nobody answers.
        asks = self._is_ours(strict=True) and self.headers.get("Content-Type", "") == "application/yaml"
        if not asks or self.headers.get("Origin") != f"http://{self.headers.get('Host')}":
            self._short(HTTPStatus.FORBIDDEN, "Only a page of this server may save views.")
        elif not self.path.startswith(VIEWS) or not VIEW_NAME.fullmatch(name):
            self._short(HTTPStatus.NOT_FOUND, "A view has a name such as fast.yml.")
        elif not 0 <= length <= LARGEST_VIEW:
            self._short(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "That is too much for a view.")
        else:
            self._save(name, self.rfile.read(length))

    def _save(self, name: str, content: bytes) -> None:
        try:
            self.server.served.save(name, content.decode())
        except (OSError, ValueError) as error:
            self._short(HTTPStatus.INTERNAL_SERVER_ERROR, f"The view could not be written: {error}")
        else:
            self._short(HTTPStatus.OK, json.dumps({"saved": name}), "application/json")

    def send_head(self) -> BytesIO | BinaryIO | None:
        """As the standard library does, but pages are made to follow the news, and nothing is kept by the browser."""
        path = Path(self.translate_path(self.path))
        if path.is_dir() and urlsplit(self.path).path.endswith("/"):
            path /= "index.html"
        if path.suffix != ".html" or not path.is_file():
            return super().send_head()
        return self._page(HTTPStatus.OK, path.read_bytes())

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """The site's own page where there is nothing."""
        page = self.server.served.site() / "404.html"
        if code == HTTPStatus.NOT_FOUND and page.is_file():
            body = self._page(HTTPStatus.NOT_FOUND, page.read_bytes())
            self.copyfile(body, self.wfile)
        else:
            super().send_error(code, message, explain)

    def end_headers(self) -> None:
        """What is built anew must not come from the browser's memory."""
        self.send_header("Cache-Control", "no-store")
        super().end_headers()

    def _page(self, status: HTTPStatus, html: bytes) -> BytesIO:
        seen = f"{hashlib.sha256(html).hexdigest()[:16]}.{self.server.served.state()}"
        follow = f'<script defer src="{SCRIPT}" data-seen="{seen}"></script>\n</head>'
        html = html.replace(*POLICY, 1).replace(b"</head>", follow.encode(), 1)
        self.send_response(status)
        self.send_header("ETag", f'"{seen}"')
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(html)))
        self.end_headers()
        return BytesIO(html)

    def _short(self, status: HTTPStatus, text: str | bytes, kind: str = "text/plain; charset=utf-8") -> None:
        body = text.encode() if isinstance(text, str) else text
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        if status >= HTTPStatus.BAD_REQUEST:  # what was sent along has not been read
            self.close_connection = True
        self.end_headers()
        self.wfile.write(body)

    def _tell_news(self) -> None:
        """Tell the news as they come, until the page is left: server-sent events."""
        live = self.server.served.live
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", "text/event-stream")
        self.close_connection = True
        self.end_headers()
        number = _number(self.headers)
        while not live.ended:
            news = live.after(number, BEAT_SECONDS)
            if news is None:
                self.wfile.write(b": still here\n\n")
            else:
                number = news.number
                self.wfile.write(f"id: {number}\ndata: {json.dumps({'problem': news.problem})}\n\n".encode())
            self.wfile.flush()

    def _is_ours(self, *, strict: bool = False) -> bool:
        """Whether the server was called by a name of its own: a name that leads here by somebody's doing is refused."""
        hosts, host = self.server.served.hosts, self.headers.get("Host", "")
        if not hosts and not strict:
            return True
        return host in (hosts or {f"{name}:{self.server.server_port}" for name in LOCAL})


def _number(headers: Message) -> int:
    """The news that a page has heard of already, as a browser says when it comes back."""
    last = headers.get("Last-Event-ID", "")
    return int(last) if last.isdigit() else 0
