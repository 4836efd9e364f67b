"""Logged Bokeh documents."""

from reportgen.document import Attachment, BokehFigure, Dataset
from reportgen.pages.media.logged_medium import LoggedMedium, Shown

MISSING = "It is drawn where Bokeh is installed when the site is built: pip install bokeh."


def shown_bokeh(medium: LoggedMedium) -> Shown | None:
    """The document as data for BokehJS; its file where the site has no BokehJS; None when there is no document."""
    content, file = medium.content(), medium.file()
    roots = content.get("roots") if isinstance(content, dict) else None
    if file is None or not isinstance(roots, list) or not roots:
        return None
    version = content.get("version")
    facts = (f"Bokeh {version[:20]}",) if isinstance(version, str) else ()
    if not medium.context.draws_bokeh:
        return Shown(Attachment("A Bokeh figure"), facts, (MISSING,), file)
    data = Dataset(medium.context.links.run_key(medium.run, medium.id), {"document": content})
    return Shown(BokehFigure(medium.label, data), facts, file=file)
