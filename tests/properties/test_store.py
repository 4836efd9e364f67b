"""Whatever happens to a log and to the cache between builds, the result is that of reading the log alone."""

import json
import shutil
import tempfile
from pathlib import Path
from unittest import mock

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reportgen.config import BuildConfig
from reportgen.reading import columns, content, load_workspace
from tests.builders import NOW, comparable

SETTINGS = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])

ROW = st.fixed_dictionaries(
    {},
    optional={
        "_step": st.integers(0, 3),
        "_timestamp": st.floats(0, 9),
        "loss": st.one_of(st.floats(), st.just("NaN")),
        "rare": st.integers(),
        "note": st.text(max_size=2),
        "img": st.just({"_type": "image-file", "path": "files/x.png"}),
    },
)
ROWS = st.lists(ROW, max_size=12).map(lambda rows: b"".join(json.dumps(row).encode() + b"\n" for row in rows))
FILES = st.sampled_from(["metrics.jsonl", "metrics.2.jsonl", "metrics.rank1.jsonl", "system.jsonl"])
RUNS = st.sampled_from(["a", "b"])


def _record(fields):
    return json.dumps({"type": "start"} | fields).encode() + b"\n"


RECORDS = st.sampled_from(
    [
        {"time": 5.0},
        {"fork": {"run": "a", "step": 1}},
        {"fork": {"run": "b", "step": 2}},
        {"rewind": {"step": 1}},
        {"rank": 0},
    ]
).map(_record)
EVENTS = st.one_of(
    st.tuples(st.just("append"), RUNS, FILES, ROWS),
    st.tuples(st.just("append"), RUNS, FILES, st.binary(max_size=4)),
    st.tuples(st.just("append"), RUNS, st.just("run.jsonl"), RECORDS),
    st.tuples(st.just("rewrite"), RUNS, FILES, ROWS),
    st.tuples(st.just("cut"), RUNS, FILES, st.floats(0, 1)),
    st.tuples(st.just("remove"), RUNS, FILES),
    st.tuples(st.just("save"), RUNS, st.sampled_from(["files/x.png", "files/y.txt"])),
    st.tuples(st.just("flip"), st.integers(0, 99), st.integers(0, 10**6)),
    st.tuples(st.just("truncate"), st.integers(0, 99), st.floats(0, 1)),
    st.tuples(st.just("lose"), st.integers(0, 99)),
    st.tuples(st.just("swap"), st.integers(0, 99), st.integers(0, 99)),
    st.tuples(st.just("move")),
)


def apply(event, project):
    """Do something to the logs, the cache or the place of a project; give back where it is now."""
    kind, *about = event
    runs = project / "runs/p"
    cached = sorted(path for path in (project / ".reportgen").rglob("*") if path.is_file())
    if kind == "append":
        with (runs / about[0] / about[1]).open("ab") as file:
            file.write(about[2])
    elif kind == "rewrite":
        (runs / about[0] / about[1]).write_bytes(about[2])
    elif kind == "cut" and (path := runs / about[0] / about[1]).exists():
        data = path.read_bytes()
        path.write_bytes(data[: round(len(data) * about[2])])
    elif kind == "remove":
        (runs / about[0] / about[1]).unlink(missing_ok=True)
    elif kind == "save":
        (runs / about[0] / "files").mkdir(exist_ok=True)
        (runs / about[0] / about[1]).write_bytes(b"x")
    elif kind == "move":
        return project.rename(project.with_name(project.name + "x"))
    elif cached and kind in ("flip", "truncate", "lose", "swap"):
        places = about if kind == "swap" else about[:1]
        harm(kind, [cached[place % len(cached)] for place in places], about[-1])
    return project


def harm(kind, paths, how):
    """Damage a file of the cache. It is replaced, not written into, for builds may have it mapped."""
    data = paths[0].read_bytes()
    paths[0].unlink()
    if kind == "flip":
        place = how % max(1, len(data))
        paths[0].write_bytes(data[:place] + bytes([data[place] ^ 1]) + data[place + 1 :] if data else b"x")
    elif kind == "truncate":
        paths[0].write_bytes(data[: round(len(data) * how)])
    elif kind == "swap":
        paths[0].write_bytes(paths[1].read_bytes() if paths[1].exists() else data)
        paths[1].write_bytes(data)


def read(project, cache=None):
    workspace = load_workspace(BuildConfig(project, project / "site", cache=cache, now=NOW, jobs=1))
    found = comparable((workspace.projects, workspace.problems))
    return repr(found).replace(str(project), "")


@SETTINGS
@given(st.lists(st.lists(EVENTS, max_size=4), min_size=1, max_size=5), st.integers(1, 5))
def test_the_cache_never_matters(builds, segment):
    with tempfile.TemporaryDirectory() as name, mock.patch.object(columns, "SEGMENT_ROWS", segment):
        project = Path(name, "p")
        for run in ("a", "b"):
            (project / "runs/p" / run).mkdir(parents=True)
            (project / "runs/p" / run / "run.jsonl").write_bytes(_record({"time": 1.0}))
        blocked = Path(name, "in-the-way")
        blocked.touch()
        for events in builds:
            for event in events:
                project = apply(event, project)
            cached = read(project)
            assert cached == read(project, blocked)
            content._opened.cache_clear()
            assert cached == read(project)
            content._opened.cache_clear()
        shutil.rmtree(project / ".reportgen", ignore_errors=True)
        content._opened.cache_clear()
        assert read(project) == cached
