"""The shapes of a site's data, as far as they are read: open data, and the curves of `themes/client/types.ts`."""

from typing import Any

import msgspec

from reportgen.definitions import MetricDefinition


class Head(msgspec.Struct):
    """What every version of the index begins with."""

    format: str
    version: int


class RunEntry(msgspec.Struct):
    """Where the data of a run are; empty for what it does not have."""

    id: str
    page: str
    curves: str = ""
    history: str = ""
    files: str = ""


class ProjectEntry(msgspec.Struct):
    """A project of the index."""

    name: str
    records: str
    runs: list[RunEntry]


class SiteIndex(msgspec.Struct):
    """``data/index.json``."""

    projects: list[ProjectEntry]


class AttemptRecord(msgspec.Struct):
    """An attempt of a run that has several."""

    number: int
    started: float | None = None
    first_step: float | None = None


class RunRecord(msgspec.Struct):
    """A run of ``runs.json``."""

    id: str
    name: str
    state: str
    exit_code: int | None = None
    started: float | None = None
    ended: float | None = None
    tags: list[str] = []
    notes: str = ""
    group: str = ""
    job_type: str = ""
    rows: int = 0
    config: dict[str, Any] = {}
    summary: dict[str, Any] = {}
    definitions: list[MetricDefinition] = []
    attempts: list[AttemptRecord] = []


class Records(msgspec.Struct):
    """``runs.json``."""

    runs: list[RunRecord]


class FileRecord(msgspec.Struct):
    """A saved file; without a url it is not published."""

    path: str
    size: int
    url: str = ""


class FileRecords(msgspec.Struct):
    """``files.json`` of a run."""

    files: list[FileRecord]


class Compact(msgspec.Struct, rename={"start": "from"}):
    """A column that is no list: evenly spaced numbers, the last one perhaps elsewhere, or packed floats."""

    start: float = 0.0
    by: float = 0.0
    n: int = 0
    to: float | None = None
    f4: str = ""
    f8: str = ""


Numbers = Compact | list[float | None]


class Ref(msgspec.Struct):
    """Where a dataset is."""

    url: str


class TileEntry(msgspec.Struct):
    """A tile of a level: a dataset, or with a metric that curve of the run's."""

    data: Ref
    metric: str = ""


class LevelEntry(msgspec.Struct):
    """A level of a long curve."""

    bucket: int
    tiles: list[TileEntry]


class Deeper(msgspec.Struct):
    """The levels of a long curve, or the url of the dataset that has them."""

    url: str = ""
    levels: list[LevelEntry] = []


class Curve(msgspec.Struct):
    """A metric of a run, or a tile of one."""

    bucket: int
    step: Numbers
    time: Numbers
    last: Numbers
    bad: list[list[int]] = []
    deeper: Deeper | None = None


class RunCurves(msgspec.Struct):
    """The curves of a run."""

    curves: dict[str, Curve]
    overwritten: Ref | None = None


class RankCurve(msgspec.Struct):
    """The curve of a rank in an attempt."""

    rank: str
    curve: Curve
    attempt: int = 1


class RankCurves(msgspec.Struct):
    """What later attempts have replaced."""

    curves: dict[str, list[RankCurve]]
