"""What was read of each run log, kept so that the next build parses only what was appended.

For each run one file that is replaced as a whole, and for long runs segments, files that never change; columns lie in
both as raw numbers, so that reading one of them touches no other. What is known of the runs as a whole is kept apart,
project by project. Everything may be deleted, truncated or scribbled over at any time: what does not check out is read
again from the log.
"""

from reportgen.reading.store.arrays import DamagedError as DamagedError
from reportgen.reading.store.fact_files import Entries as Entries
from reportgen.reading.store.fact_files import Entry as Entry
from reportgen.reading.store.fact_files import fact_files as fact_files
from reportgen.reading.store.heads import States as States
from reportgen.reading.store.run_store import RunStore as RunStore
from reportgen.reading.store.run_store import run_store as run_store
