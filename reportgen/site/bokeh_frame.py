"""The page in which BokehJS draws: one for a site, shown in a sandboxed frame for each figure that is looked at.

BokehJS writes style elements, which the policy of our pages forbids, so it has a page of its own. The frame's sandbox
gives that page no origin: it reaches neither the site nor anything else, and from a folder not even files beside it.
Therefore the scripts are in the page, allowed by their hashes, and the document comes as a message from the page around
it. The policy has no ``unsafe-eval``: code in a document does not run.
"""

import base64
import hashlib
import re
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from pathlib import Path

from reportgen.site.assets import ASSETS, asset_map, theme_folder

BOKEH = "bokeh.html"
BOKEH_START = "bokeh.js"
PARTS = ("bokeh", "bokeh-widgets", "bokeh-tables", "bokeh-gl")
"""Of BokehJS; without its typesetting of formulas, which is larger than all of these."""
SCRIPT_END = re.compile(r"</(?=script)", re.IGNORECASE)
PAGE = (
    "<!doctype html>\n"
    '<html lang="en"><head><meta charset="utf-8">\n'
    '<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
    "<title>A Bokeh figure</title>\n"
    "<style>body {{ margin: 0; padding: 8px; background: #fff }}</style></head>\n"
    "<body>{scripts}</body></html>\n"
)


def bokeh_asset() -> dict[str, str]:
    """The name of the page and its uri in the site; empty where Bokeh is not installed."""
    try:
        return {BOKEH: f"{ASSETS}/bokeh-{version('bokeh')}.html"} if _folder() else {}
    except PackageNotFoundError:
        return {}


def bokeh_frame() -> bytes:
    """The page, of the scripts in the installed package."""
    start = theme_folder() / asset_map()[BOKEH_START]
    files = [(_folder() or Path()) / f"{part}.min.js" for part in PARTS]
    scripts = [SCRIPT_END.sub(r"<\\/", path.read_text("utf-8")) for path in (*files, start)]
    hashes = " ".join(f"'sha256-{_digest(script)}'" for script in scripts)
    policy = f"default-src 'none'; script-src {hashes}; style-src 'unsafe-inline'; img-src data: blob:; font-src data:"
    tags = "".join(f"<script>{script}</script>\n" for script in scripts)
    return PAGE.format(policy=f"{policy}; base-uri 'none'; form-action 'none'", scripts=tags).encode()


def _digest(script: str) -> str:
    return base64.b64encode(hashlib.sha256(script.encode()).digest()).decode("ascii")


def _folder() -> Path | None:
    """Where the installed Bokeh has its scripts. The package is not imported: its files are all that is wanted."""
    found = find_spec("bokeh")
    if found is None or found.origin is None:
        return None
    folder = Path(found.origin).parent / "server" / "static" / "js"
    return folder if all((folder / f"{part}.min.js").is_file() for part in PARTS) else None
