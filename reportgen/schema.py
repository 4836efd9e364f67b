"""The run-log contract, version 1: file names, record kinds, field names and value encoding.

The logger writes what this module names and the reader reads it; neither knows the other. The format is described for
people in ``docs/reference/run-log.md``. Everything here is a constant: importing it costs nothing.
"""

FORMAT_VERSION = 1

# Files of a run folder: ``<projects folder>/<project>/<run id>/``.
RUN_FILE = "run.jsonl"
METRICS_FILE = "metrics.jsonl"
SYSTEM_FILE = "system.jsonl"
CONSOLE_FILE = "console.jsonl"
STREAMS = ("run", "metrics", "system", "console")
"""Stem of each stream's file. A further writer of the same run appends to ``<stream>.<writer>.jsonl``."""
FILES_FOLDER = "files"
MEDIA_FOLDER = "files/media"
PATCH_FILE = "files/diff.patch"
PUSHED_PATCH_FILE = "files/diff_{}.patch"
"""Of the commit that it applies to, when that is not the commit of the run."""
REQUIREMENTS_FILE = "files/requirements.txt"
ARTIFACTS_FOLDER = "_artifacts"
"""Folder of a project, beside its runs, that holds the artifacts which its runs log and use."""
ARTIFACT_VERSIONS, ARTIFACT_CHANGES, ARTIFACT_OBJECTS = "versions", "changes", "objects"
"""Folders below it: ``versions/<artifact>/v3.json``, ``versions/<artifact>/changes/7.json``, contents by SHA-256."""
DEFAULT_FOLDER = "runs"
"""Folder that holds the projects, unless ``dir`` or ``REPORTGEN_DIR`` says otherwise."""

# Record kinds of run.jsonl: the value of "type".
START = "start"
CONFIG = "config"
SUMMARY = "summary"
UPDATE = "update"
METRIC = "metric"
ARTIFACT = "artifact"
ALERT = "alert"
FINISH = "finish"
RECORD_KINDS = (START, CONFIG, SUMMARY, UPDATE, METRIC, ARTIFACT, ALERT, FINISH)

# Goals of a metric: what is best of it.
MINIMIZE = "minimize"
MAXIMIZE = "maximize"
GOALS = (MINIMIZE, MAXIMIZE)

# Levels of an alert, and what was done with an artifact.
LEVELS = ("INFO", "WARN", "ERROR")
ARTIFACT_ACTIONS = ("log", "use")

# Reserved keys of a row of metrics.jsonl and system.jsonl.
STEP = "_step"
TIMESTAMP = "_timestamp"
"""Wall time in seconds since the epoch (float)."""

# Media values: a dict with "_type".
MEDIA_TYPE = "_type"
IMAGE = "image-file"
HISTOGRAM = "histogram"
TABLE = "table-file"
AUDIO = "audio-file"
VIDEO = "video-file"
HTML = "html-file"
PLOTLY = "plotly-file"
BOKEH = "bokeh-file"
OBJECT3D = "object3D-file"
MOLECULE = "molecule-file"
CHART = "chart"
"""A table with the name of the specification that draws it."""
MEDIA_KINDS = (IMAGE, HISTOGRAM, TABLE, AUDIO, VIDEO, HTML, PLOTLY, BOKEH, OBJECT3D, MOLECULE, CHART)

# JSON has no NaN and no infinities: they are written as these strings.
NAN = "NaN"
INFINITY = "Infinity"
NEGATIVE_INFINITY = "-Infinity"
NON_FINITE = {NAN: float("nan"), INFINITY: float("inf"), NEGATIVE_INFINITY: float("-inf")}

# States of a run, derived by the reader and never written.
FINISHED = "finished"
FAILED = "failed"
CRASHED = "crashed"
RUNNING = "running"
STATES = (FINISHED, FAILED, CRASHED, RUNNING)
STALE_SECONDS = 120.0
"""A run without a finish record whose last sign of life is older than this has crashed."""
