"""Values that stand for media without being wrapped: figures, pictures and frames of other libraries."""

from __future__ import annotations

from reportgen.logger.media.store import Media


def medium_of(value: object) -> Media | None:
    """The medium that a bare value is logged as; None when it is none."""
    from reportgen.logger.media.frame import is_frame
    from reportgen.logger.media.picture import is_picture

    if is_picture(value):
        from reportgen.logger.media.image import Image

        return Image(value)
    if is_frame(value):
        from reportgen.logger.media.table import Table

        return Table(dataframe=value)
    homes = {base.__module__.partition(".")[0] for base in type(value).__mro__}
    if "plotly" in homes:
        from reportgen.logger.media.plotly import Plotly, is_plotly

        return Plotly(value) if is_plotly(value) else None
    if "bokeh" in homes:
        from reportgen.logger.media.bokeh import Bokeh, is_bokeh

        return Bokeh(value) if is_bokeh(value) else None
    return None
