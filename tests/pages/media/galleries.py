"""The gallery of a run described in a test."""

from reportgen.pages.media import gallery_block


def made_gallery(context_of, described, **more):
    """What `gallery_block` makes of it."""
    context = context_of(described, **more)
    (logged,) = context.workspace.projects[0].runs
    return gallery_block(logged, context)
