"""The media of a run beside those of others, as the workspace shows them; what needs more room is on the run's page."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import numpy as np

from reportgen import schema
from reportgen.document import Film, HistogramBars, HtmlFrame, MediumContent, Picture, Sound
from reportgen.model import Media, Run, Workspace
from reportgen.pages.context import Links, PageContext
from reportgen.pages.media.gallery import ITEMS_PER_KEY, by_key
from reportgen.pages.media.histogram import shown_histogram
from reportgen.pages.media.html import shown_html
from reportgen.pages.media.logged_medium import LoggedMedium, Shown, evenly
from reportgen.pages.media.picture import shown_picture
from reportgen.pages.media.recording import shown_sound, shown_video

SHOWN: Mapping[str, Callable[[LoggedMedium], Shown | None]] = {
    schema.IMAGE: shown_picture,
    schema.HISTOGRAM: shown_histogram,
    schema.AUDIO: shown_sound,
    schema.VIDEO: shown_video,
    schema.HTML: shown_html,
}
HISTOGRAM = "histogram"
WORDS = {
    schema.IMAGE: "image",
    schema.HISTOGRAM: HISTOGRAM,
    schema.AUDIO: "audio",
    schema.VIDEO: "video",
    schema.HTML: "html",
    schema.TABLE: "table",
    schema.CHART: "chart",
    schema.PLOTLY: "Plotly figure",
    schema.BOKEH: "Bokeh document",
    schema.OBJECT3D: "object in space",
    schema.MOLECULE: "molecule",
}
"""Kind -> its word in the browser, which knows the first five and says the others."""


def media_beside_others(
    run: Run, links: Links, published: Callable[[Run, str], bool], url: Callable[[str], str]
) -> dict[str, list[dict[str, Any]]]:
    """Key -> the ``RunMedium`` of types.ts of each logged medium, in the order of steps.

    Args:
        run: whose media.
        links: addresses in the site.
        published: whether a file of a run is copied into the site.
        url: a uri as the browser wants it.
    """
    context = PageContext(links, Workspace(Path(), ()), published=published)
    return {
        key: [_entry(medium, run, context, url) for medium in evenly(logged, ITEMS_PER_KEY)]
        for key, logged in by_key(run.media).items()
    }


def _entry(medium: Media, run: Run, context: PageContext, url: Callable[[str], str]) -> dict[str, Any]:
    logged = LoggedMedium(medium.value, medium.path, run, context, "", "")
    shown = SHOWN[medium.kind](logged) if medium.kind in SHOWN else None
    caption = logged.text("caption")
    entry: dict[str, Any] = {"step": medium.step, "kind": WORDS.get(medium.kind, medium.kind)}
    return entry | ({"caption": caption} if caption else {}) | (_content(shown.content, url) if shown else {})


def _content(content: MediumContent, url: Callable[[str], str]) -> dict[str, Any]:
    if isinstance(content, HistogramBars):
        # Mostly the edges are evenly spaced, and then three numbers say it.
        return {"bins": np.array(content.bins), "values": list(content.values)}
    if not isinstance(content, Picture | Sound | Film | HtmlFrame):
        return {}
    sides = (
        {"width": content.width, "height": content.height}
        if isinstance(content, Picture | Film) and content.width and content.height
        else {}
    )
    return {"uri": url(content.uri), **sides}
