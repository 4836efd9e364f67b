"""Any log, cut anywhere, loads; and what was read before never changes what is read now."""

import json
import tempfile
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reportgen.config import BuildConfig
from reportgen.model import Series
from reportgen.reading import load_workspace
from reportgen.schema import RECORD_KINDS
from tests.builders import START, build_config, comparable, run

KEYS = st.sampled_from(["loss", "val/acc", "a.b", "a", "_step", "_timestamp", "img", "é"])
NUMBERS = st.one_of(
    st.integers(-(2**70), 2**70),
    st.floats(allow_nan=False, allow_infinity=False),
    st.sampled_from(["NaN", "Infinity", "-Infinity", True, None, START]),
)
VALUES = st.recursive(
    st.one_of(NUMBERS, st.text(max_size=5), st.just({"_type": "image-file", "path": "../x"})),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(KEYS, inner, max_size=3)),
    max_leaves=5,
)
ROWS = st.one_of(
    st.fixed_dictionaries({"_step": st.integers(0, 3), "loss": st.floats(0, 1)}),
    st.dictionaries(KEYS, NUMBERS, max_size=4),
    st.dictionaries(KEYS, VALUES, max_size=4),
)
RECORDS = st.fixed_dictionaries(
    {"type": st.sampled_from([*RECORD_KINDS, "other", 3])},
    optional=dict.fromkeys(
        ("time", "config", "summary", "name", "tags", "notes", "exit_code", "host", "pid", "version", "step_metric"),
        VALUES,
    )
    | {
        "attempt": st.one_of(st.integers(1, 3), VALUES),
        "rank": st.one_of(st.integers(0, 2), VALUES),
        "label": st.one_of(st.sampled_from(["eval", "rank 1"]), VALUES),
        "rewind": st.one_of(st.fixed_dictionaries({"step": NUMBERS}), VALUES),
        "starting_step": NUMBERS,
        "fork": st.one_of(st.fixed_dictionaries({"run": st.sampled_from(["a", "b"]), "step": NUMBERS}), VALUES),
        "preempting": VALUES,
        **dict.fromkeys(("title", "text", "level", "action", "size", "aliases"), VALUES),
    },
)


def lines(values):
    """JSON lines, some of them not JSON, the last perhaps without its end."""
    line = st.one_of(
        values.map(lambda value: json.dumps(value).encode()), st.sampled_from([b"", b"bad", b"[1]", b"\xff"])
    )
    whole = st.lists(line, max_size=12).map(lambda found: b"".join(item + b"\n" for item in found))
    return st.builds(bytes.__add__, whole, st.one_of(st.just(b""), st.binary(max_size=5), line))


LOGS = st.fixed_dictionaries(
    {
        "run.jsonl": lines(RECORDS),
        "metrics.jsonl": lines(ROWS),
        "run.2.jsonl": lines(RECORDS),
        "metrics.2.jsonl": lines(ROWS),
        "system.jsonl": lines(ROWS),
        "console.jsonl": lines(st.dictionaries(st.sampled_from(["time", "stream", "text"]), VALUES, max_size=3)),
    }
)
SETTINGS = settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def write(folder, log, fraction=1.0):
    """Write every file of a log up to a fraction of its length."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, data in log.items():
        (folder / name).write_bytes(data[: round(len(data) * fraction)])


def read(folder, cache):
    """The run, through a cache; without one that works if there is None."""
    project = folder.parents[2]
    if cache is None:
        cache = project / "in-the-way"
        cache.touch()
    config = BuildConfig(project, project / "site", cache=cache, now=build_config(project).now)
    found = load_workspace(config).projects[0].runs[0]
    by_rank = [*found.by_rank.values(), *found.system_by_rank.values()]
    beside = [points for of_ranks in by_rank for points in of_ranks.values()]
    beside += [tail.points for tails in found.overwritten.values() for tail in tails]
    for series in (*found.series.values(), *found.system.values(), *beside):
        assert isinstance(series, Series)
        assert len(series.steps) == len(series.times) == len(series.values) > 0
    return comparable(found)


@SETTINGS
@given(LOGS, st.lists(st.floats(0, 1), max_size=4))
def test_reading_a_growing_log_is_reading_it_whole(log, cuts):
    with tempfile.TemporaryDirectory() as name:
        folder, cache = Path(name, "runs/p/a"), Path(name, "cache")
        for fraction in [*sorted(cuts), 1.0]:
            write(folder, log, fraction)
            grown = read(folder, cache)
            assert grown == read(folder, None)


@SETTINGS
@given(st.data())
def test_a_good_log_cut_at_any_byte_loads_with_all_whole_rows(data):
    with tempfile.TemporaryDirectory() as name:
        folder = run("a").config(lr=0.1).metric("loss", [3, 2, 1]).image("img", step=2).console("x").write(Path(name))
        stream = data.draw(st.sampled_from(["run.jsonl", "metrics.jsonl", "console.jsonl"]))
        whole = (folder / stream).read_bytes()
        kept = whole[: data.draw(st.integers(0, len(whole)))]
        (folder / stream).write_bytes(kept)
        found = load_workspace(build_config(Path(name))).projects[0].runs[0]
        if stream == "metrics.jsonl":
            complete = kept.count(b"\n") + (kept != whole and whole[len(kept) :].startswith(b"\n"))
            assert found.rows == complete
        torn = bool(kept) and kept != whole and not kept.endswith(b"\n") and not whole[len(kept) :].startswith(b"\n")
        assert len(found.problems) == torn
