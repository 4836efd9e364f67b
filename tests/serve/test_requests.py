"""What the server says, and to whom."""

import http.client
import json
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from reportgen.serve.live import Live
from reportgen.serve.requests import Served, Server

PAGE = "<head><meta http-equiv=x content=\"connect-src 'none'; form-action 'none'\"></head><body>hello</body>"


@pytest.fixture
def saved() -> dict[str, str]:
    return {}


@pytest.fixture
def server(tmp_path: Path, saved: dict[str, str]) -> Iterator[Server]:
    site = tmp_path / "site"
    (site / "runs").mkdir(parents=True)
    (site / "index.html").write_text(PAGE)
    (site / "404.html").write_text(PAGE.replace("hello", "nothing here"))
    (site / "runs" / "data.js").write_text("put()")
    (tmp_path / "secret").write_text("secret")

    def served(port: int) -> Served:
        hosts = frozenset(f"{name}:{port}" for name in ("localhost", "127.0.0.1"))
        return Served(lambda: site, lambda: "data1", Live(), b"follow()", saved.__setitem__, hosts)

    with Server(("127.0.0.1", 0), served) as running:
        thread = threading.Thread(target=running.serve_forever, daemon=True)
        thread.start()
        yield running
        running.served.live.end()
        running.shutdown()


def ask(server: Server, path: str, method: str = "GET", body: bytes | None = None, **headers: str):
    connection = http.client.HTTPConnection("127.0.0.1", server.server_port, timeout=10)
    connection.request(method, path, body, {name.replace("_", "-"): value for name, value in headers.items()})
    answer = connection.getresponse()
    return answer, answer.read().decode()


def test_a_page_follows_the_news_and_may_ask_this_server_alone(server: Server) -> None:
    answer, html = ask(server, "/")
    assert answer.status == 200
    assert "connect-src 'self'; form-action 'none'" in html
    assert html.count('<script defer src="/.reportgen/live.js" data-seen="') == 1
    tag = answer.headers["ETag"].strip('"')
    assert f'data-seen="{tag}"' in html
    assert tag.endswith(".data1")
    head, nothing = ask(server, "/", "HEAD")
    assert (head.headers["ETag"], nothing) == (answer.headers["ETag"], "")
    assert ask(server, "/.reportgen/live.js")[1] == "follow()"


def test_files_are_what_they_are_and_are_not_kept(server: Server) -> None:
    answer, text = ask(server, "/runs/data.js")
    assert (text, answer.headers["Cache-Control"]) == ("put()", "no-store")


@pytest.mark.parametrize("path", ["/missing", "/../secret", "/%2e%2e/secret", "/runs/..%2f..%2fsecret"])
def test_there_is_nothing_else(server: Server, path: str) -> None:
    answer, html = ask(server, path)
    assert answer.status == 404
    assert "nothing here" in html
    assert "secret" not in html


def test_news_come_as_they_are_made(server: Server) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", server.server_port, timeout=10)
    connection.request("GET", "/.reportgen/events")
    answer = connection.getresponse()
    assert answer.headers["Content-Type"] == "text/event-stream"
    server.served.live.tell()
    server.served.live.tell("reports/a.md:3: no such metric")
    told = [{"problem": ""}]
    while not told[-1]["problem"]:
        line = answer.readline()
        if line.startswith(b"data: "):
            told.append(json.loads(line.removeprefix(b"data: ")))
    assert told[-1] == {"problem": "reports/a.md:3: no such metric"}


def save(server: Server, name: str = "fast.yml", body: bytes = b"title: Fast\n", **changed: str):
    own = f"127.0.0.1:{server.server_port}"
    headers = {"Content_Type": "application/yaml", "Origin": f"http://{own}", "Host": own} | changed
    return ask(server, f"/.reportgen/views/{name}", "POST", body, **headers)


def test_a_view_is_saved_for_a_page_of_this_server(server: Server, saved: dict[str, str]) -> None:
    answer, text = save(server)
    assert (answer.status, json.loads(text)) == (200, {"saved": "fast.yml"})
    assert saved == {"fast.yml": "title: Fast\n"}


@pytest.mark.parametrize(
    ("changed", "status"),
    [
        ({"Origin": "http://evil.example"}, 403),
        ({"Host": "evil.example", "Origin": "http://evil.example"}, 403),
        ({"Content_Type": "text/plain"}, 403),
        ({"name": "../mkdocs.yml"}, 404),
        ({"name": "%2e%2e%2fmkdocs.yml"}, 404),
        ({"name": "a.py"}, 404),
        ({"name": ".hidden.yml"}, 404),
        ({"body": b"x" * 200_001}, 413),
        ({"body": b"\xff"}, 500),
    ],
    ids=str,
)
def test_nobody_else_may_and_nothing_else(server: Server, saved: dict[str, str], changed: dict, status: int) -> None:
    answer, _ = save(server, **changed)
    assert answer.status == status
    assert saved == {}


def test_a_name_that_somebody_else_gave_this_machine_is_refused(server: Server) -> None:
    answer, text = ask(server, "/", Host="rebound.example:80")
    assert answer.status == 403
    assert "hello" not in text
