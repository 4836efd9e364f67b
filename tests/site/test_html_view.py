"""Logged HTML becomes a page that runs none of it; tests/browser/test_hostile_media.py opens such pages."""

import html
import re

import pytest

from reportgen.site.html_view import html_view
from reportgen.site.links import workspace_links
from reportgen.site.run_files import PublishedFiles
from reportgen.site.site_files import SiteFiles
from reportgen.storage import Folder
from tests.builders import load, run


def framed(content):
    """The page, and the HTML in its frame as a browser reads the attribute."""
    page = html_view(content, "a.html").decode()
    (attribute,) = re.findall(r'srcdoc="([^"]*)"', page)
    return page, html.unescape(attribute)


def test_the_frame_allows_nothing_and_the_policy_loads_nothing():
    page, _ = framed(b"<p>hello</p>")
    assert '<iframe sandbox title="a.html" srcdoc=' in page
    assert "default-src 'none'; style-src 'unsafe-inline'; img-src data:" in page
    assert page.index("Content-Security-Policy") < page.index("srcdoc")
    assert "script" not in page


def test_what_is_harmless_stays_as_it_is():
    content = "<h1 class='a'>é & <b>b</b></h1><style>h1 { color: red }</style><svg><title>linked</title></svg>"
    assert framed(content.encode())[1] == content


@pytest.mark.parametrize(
    ("content", "inert"),
    [
        (b"<script>x</script>", "<template>x</template>"),
        (b"<SCRIPT src=x></ScRiPt >", "<template src=x></template >"),
        (b"<svg><script/></svg>", "<svg><template/></svg>"),
        (b"<meta http-equiv=refresh content='0;url=//e.org'>", "<x-meta http-equiv=refresh content='0;url=//e.org'>"),
        (b"<LINK\nrel=preconnect href=//e.org>", "<x-LINK\nrel=preconnect href=//e.org>"),
        (b"<base href=//e.org><iframe src=x><object data=x><embed/>", None),
    ],
)
def test_what_acts_by_itself_is_made_inert(content, inert):
    _, found = framed(content)
    assert inert is None or found == inert
    assert not re.search(r"<(script|link|meta|base|iframe|object|embed)[\s/>]", found, re.IGNORECASE)


@pytest.mark.parametrize(
    "content", [b'"></iframe><script>alert(1)</script>', b"&quot;></iframe>", b"\xff\xfe<\0s\0", b""]
)
def test_nothing_breaks_out_of_the_attribute(content):
    page, _ = framed(content)
    assert page.count("<iframe") == page.count("</iframe>") == 1
    assert "<script" not in page


def test_a_page_is_made_for_each_html_medium_and_the_file_is_text(tmp_path):
    value = {"_type": "html-file", "path": "files/media/html/a.html"}
    outside = {"_type": "html-file", "path": "../../../secret.html"}
    (tmp_path / "secret.html").write_text("secret")
    run("a").file("files/media/html/a.html", b"<b>x</b>").value("x", value).value("y", outside).write(tmp_path)
    workspace = load(tmp_path)
    (only,) = workspace.projects[0].runs
    links = workspace_links(workspace)
    files = SiteFiles(Folder(tmp_path / "site"))
    PublishedFiles(links, 1000).publish(only, files)
    found = {path.name: path for path in (tmp_path / "site").rglob("*") if path.is_file()}
    assert sorted(found) == ["a.html.txt", "a.html.txt.view.html"]
    assert found["a.html.txt.view.html"] == tmp_path / "site" / links.html_view(only, "media/html/a.html")
    assert sorted(files.written.values()) == sorted(path.stat().st_size for path in found.values())
