"""``wandb.data_types``: the classes of what a row can hold beside numbers and texts, all in one place."""

from reportgen.logger.media.audio import Audio
from reportgen.logger.media.bokeh import Bokeh
from reportgen.logger.media.classes import Classes
from reportgen.logger.media.eval_table import EvalTable
from reportgen.logger.media.graph import Graph, Node
from reportgen.logger.media.histogram import Histogram
from reportgen.logger.media.html import Html
from reportgen.logger.media.image import Image
from reportgen.logger.media.joined_table import JoinedTable
from reportgen.logger.media.molecule import Molecule
from reportgen.logger.media.object3d import Object3D, box3d
from reportgen.logger.media.plotly import Plotly
from reportgen.logger.media.store import Media
from reportgen.logger.media.table import Table
from reportgen.logger.media.video import Video

WBValue = Media
"""What frameworks ask of a value before they leave it as it is."""

__all__ = [
    "Audio",
    "Bokeh",
    "Classes",
    "EvalTable",
    "Graph",
    "Histogram",
    "Html",
    "Image",
    "JoinedTable",
    "Media",
    "Molecule",
    "Node",
    "Object3D",
    "Plotly",
    "Table",
    "Video",
    "WBValue",
    "box3d",
]
