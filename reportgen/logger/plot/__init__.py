"""Charts of logged tables, under wandb's names: ``reportgen.plot.line(table, "step", "loss")`` makes a value to log.

Nothing is drawn here: what is logged is a table and the name of the specification that draws it on the page of the run.
"""

from reportgen.logger.plot.chart import CustomChart, plot_table, visualize
from reportgen.logger.plot.columns import bar, histogram, line, line_series, scatter
from reportgen.logger.plot.confusion import confusion_matrix
from reportgen.logger.plot.curves import pr_curve, roc_curve

__all__ = [
    "CustomChart",
    "bar",
    "confusion_matrix",
    "histogram",
    "line",
    "line_series",
    "plot_table",
    "pr_curve",
    "roc_curve",
    "scatter",
    "visualize",
]
