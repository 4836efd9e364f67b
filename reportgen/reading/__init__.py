"""Stage 2: run logs to the model. Nothing here ever writes to a run folder.

What a log may look like is described in ``docs/reference/run-log.md``; what this reader makes of doubtful ones:

* A further writer (``metrics.2.jsonl``) that began after the others' last sign of life is a later attempt: its rows
  follow theirs in the same series. One that logged at the same time is a rank, whose series stand beside theirs.
* A run folder without a run.jsonl has no way to say that it is done: it is finished, or running while its times are
  fresh. With a run.jsonl and no finish record after the last start, a run that shows no sign of life has crashed.
* A last line without its newline is read if it is whole; if it is torn, it is a problem unless the run is running.
* The cache below `BuildConfig.cache_folder` only saves time: with it, without it or with a broken one, the result is
  the same.
"""

from reportgen.reading.workspace import load_run as load_run
from reportgen.reading.workspace import load_workspace as load_workspace
