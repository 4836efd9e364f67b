"""Logged HTML, in a frame that runs nothing."""

from reportgen.document import HtmlFrame
from reportgen.pages.media.logged_medium import LoggedMedium, Shown


def shown_html(medium: LoggedMedium) -> Shown | None:
    """The page that was made for it; None when its file is not part of the site. The file itself is text there."""
    name = medium.published(medium.path)
    uri = medium.context.links.html_view(medium.run, name) if name else ""
    return Shown(HtmlFrame(uri, medium.label), file=medium.file()) if uri else None
