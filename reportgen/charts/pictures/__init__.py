"""Charts as pictures, for readers without JavaScript and for paper: what a browser draws, as SVG in the light colours.

- ``chart_picture(chart, project, first=0)``: what a picture is drawn from, with a name made of it; None for none.
- ``drawn(picture, cache=None)``: its SVG. Only one process of a build may draw: the renderer has threads, which no
  process that is forked later has.
"""

from reportgen.charts.pictures.picture import ChartPicture, chart_picture, drawn

__all__ = ["ChartPicture", "chart_picture", "drawn"]
