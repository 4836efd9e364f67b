"""Stage 2: run logs to the model. `load_workspace` reads everything, `load_run` one run; nothing here ever writes to a run."""

from reportgen.reading.workspace import load_run as load_run
from reportgen.reading.workspace import load_workspace as load_workspace
