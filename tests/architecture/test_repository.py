"""Nothing in the repository points at one machine, and nothing that is shipped reaches for the network."""

import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import hatch_build

ROOT = Path(__file__).resolve().parents[2]
PRIVATE_FOLDER = re.compile(r"(?<![\w.:/-])/(?:home|root|Users|work|tmp|mnt)/(?!ada\b)[\w.-]+")
"""An absolute path of somebody's machine. Ada, who ran the example's studies, does not exist."""
NAMESPACES = re.compile(
    r"http://www\.w3\.org/(?:1999/x(?:link|html)|2000/(?:svg|xmlns/)|XML/1998/namespace)|https://vega\.github\.io/schema/vega(?:-lite)?/v\d\.json"
)
"""Names that look like addresses and are never loaded."""
ADDRESS = re.compile(r"https?://[^\s\"'`)<>\\]+")


def committed() -> Iterator[tuple[str, str]]:
    """Path and content of every text file that git knows."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True)
    for name in filter(None, listed.stdout.split("\0")):
        path = ROOT / name
        content = path.read_bytes() if path.is_file() else b"\0"
        if b"\0" not in content:
            yield name, content.decode(errors="replace")


def test_no_file_names_a_folder_of_one_machine() -> None:
    found = [f"{name}: {path[0]}" for name, text in committed() if (path := PRIVATE_FOLDER.search(text))]
    assert found == []


def test_what_is_built_is_not_committed() -> None:
    names = [name for name, _ in committed()]
    assert len(names) > 100
    built = ("node_modules/", f"{hatch_build.ASSETS}/", "site/assets/", ".venv/", "dist/")
    assert [name for name in names if any(part in name for part in built)] == []


def test_the_browser_code_names_no_address() -> None:
    assert hatch_build.missing_outputs(ROOT) == [], "the browser code is not built: make demo"
    assets = [path for path in (ROOT / hatch_build.ASSETS).iterdir() if path.suffix in {".js", ".css"}]
    assert len(assets) >= 4
    found = {
        f"{path.name}: {address}"
        for path in assets
        for address in ADDRESS.findall(NAMESPACES.sub("", path.read_text(encoding="utf-8")))
    }
    assert found == set()


def test_the_templates_load_nothing_from_elsewhere() -> None:
    loads = re.compile(r"(?:src|href|srcset|action|data)\s*=\s*[\"']?\s*(?:https?:)?//", re.IGNORECASE)
    templates = list((ROOT / hatch_build.THEME).rglob("*.html"))
    assert templates
    found = [path.name for path in templates if loads.search(path.read_text(encoding="utf-8"))]
    assert found == []


def test_no_template_has_inline_code() -> None:
    """The content security policy would block it."""
    inline = re.compile(r"<script(?![^>]*\bsrc=)[^>]*>|\sstyle\s*=|\son[a-z]+\s*=\s*[\"']|javascript:", re.IGNORECASE)
    found = [
        f"{path.name}: {match[0]}"
        for path in (ROOT / hatch_build.THEME).rglob("*.html")
        if (match := inline.search(path.read_text(encoding="utf-8")))
    ]
    assert found == []
