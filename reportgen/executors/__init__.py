"""Where the work over many runs is done: in this process, in processes of this machine, or by a Dask scheduler.

A stage hands over a function, what all its calls share and one item for each call; it gets the results back in order,
a few at a time. Whoever writes a stage does not know which executor it runs on.
"""

from reportgen.executors.opened import open_workers as open_workers
from reportgen.executors.workers import Inline as Inline
from reportgen.executors.workers import Workers as Workers
