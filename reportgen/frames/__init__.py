"""Stage 3: the model as tables and curves. Names of columns and keys are those of `runs`."""

from reportgen.frames.bands import band_curve as band_curve
from reportgen.frames.best import best as best
from reportgen.frames.history import history_frame as history_frame
from reportgen.frames.history import history_rows as history_rows
from reportgen.frames.history import sampled as sampled
from reportgen.frames.levels import OVERVIEW_ENTRIES as OVERVIEW_ENTRIES
from reportgen.frames.levels import RAW_ROWS as RAW_ROWS
from reportgen.frames.levels import Level as Level
from reportgen.frames.levels import Tile as Tile
from reportgen.frames.levels import deeper_levels as deeper_levels
from reportgen.frames.levels import overview_curve as overview_curve
from reportgen.frames.levels import overview_entries as overview_entries
from reportgen.frames.own_axis import axis_of_run as axis_of_run
from reportgen.frames.own_axis import axis_of_runs as axis_of_runs
from reportgen.frames.own_axis import curve_along as curve_along
from reportgen.frames.own_axis import placed as placed
from reportgen.frames.own_axis import tail_column as tail_column
from reportgen.frames.own_axis import x_column as x_column
from reportgen.frames.query import select as select
from reportgen.frames.runs import runs_frame as runs_frame
from reportgen.frames.runs import summary_value as summary_value
from reportgen.frames.runs import table_columns as table_columns
