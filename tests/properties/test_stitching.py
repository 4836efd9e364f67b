"""However rows are split over attempts and ranks, all of them are shown or overwritten, and shown in order."""

import json
import tempfile
from collections import Counter
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.builders import load

SETTINGS = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
METRICS = ("loss", "acc")
STEPS = st.lists(st.integers(0, 12), max_size=8, unique=True).map(sorted)
ROWS = STEPS.flatmap(
    lambda steps: st.tuples(
        *(
            st.dictionaries(st.sampled_from(METRICS), st.integers(0, 99), min_size=1).map(
                lambda row, s=s: {"_step": s} | row
            )
            for s in steps
        )
    )
)
STARTS = st.fixed_dictionaries(
    {}, optional={"starting_step": st.integers(0, 12), "rewind": st.fixed_dictionaries({"step": st.integers(0, 12)})}
)
ATTEMPTS = st.lists(st.tuples(STARTS, ROWS), min_size=1, max_size=4)
RANKS = st.dictionaries(st.integers(0, 3), ATTEMPTS, min_size=1, max_size=3)


def write(folder, ranks):
    """Write each attempt of each rank; give back how often each rank logged each point."""
    folder.mkdir(parents=True)
    logged = Counter()
    for rank, attempts in ranks.items():
        for number, (start, rows) in enumerate(attempts, 1):
            name = ".".join(part for part in (f"rank{rank}" if rank else "", str(number) if number > 1 else "") if part)
            dot = f".{name}" if name else ""
            record = {"type": "start", "time": 1000.0 + number, "rank": rank, "attempt": number} | start
            (folder / f"run{dot}.jsonl").write_text(json.dumps(record) + "\n")
            (folder / f"metrics{dot}.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
            for row in rows:
                logged.update((rank, key, row["_step"], row[key]) for key in METRICS if key in row)
    return logged


def shown_of(found):
    """(rank's name, metric) -> the points that are shown."""
    main = found.ranks[0].name
    return {
        (name, metric): points
        for metric, series in found.series.items()
        for name, points in found.by_rank.get(metric, {main: series}).items()
    }


@SETTINGS
@given(RANKS)
def test_nothing_is_lost_and_steps_are_in_order_at_the_seams(ranks):
    with tempfile.TemporaryDirectory() as folder:
        logged = write(Path(folder, "runs/digits/a"), ranks)
        (found,) = load(Path(folder)).projects[0].runs
        read = Counter()
        for (name, metric), points in shown_of(found).items():
            rank = int(name.removeprefix("rank ")) if name != "main" else 0
            read.update((rank, metric, *point) for point in zip(points.steps, points.values, strict=True))
            # Each attempt logs rising steps, so that only a seam could put them out of order.
            assert (points.steps[1:] > points.steps[:-1]).all()
        for metric, tails in found.overwritten.items():
            for tail in tails:
                rank = int(tail.rank.removeprefix("rank ")) if tail.rank != "main" else 0
                read.update((rank, metric, *point) for point in zip(tail.points.steps, tail.points.values, strict=True))
        assert read == logged


@SETTINGS
@given(ATTEMPTS)
def test_the_last_attempt_is_shown_whole(attempts):
    with tempfile.TemporaryDirectory() as folder:
        write(Path(folder, "runs/digits/a"), {0: attempts})
        (found,) = load(Path(folder)).projects[0].runs
        rows = attempts[-1][1]
        for metric in METRICS:
            last = [row[metric] for row in rows if metric in row]
            assert last == (found.series[metric].values.tolist()[-len(last) :] if last else [])


FORKS = st.dictionaries(
    st.sampled_from("abcde"),
    st.tuples(st.sampled_from(["", "a", "b", "c", "d", "e", "gone"]), st.integers(-1, 9), ROWS),
    min_size=1,
)


@SETTINGS
@given(FORKS)
def test_any_forks_load_and_keep_their_own_rows(forks):
    with tempfile.TemporaryDirectory() as name:
        for run_id, (parent, step, rows) in forks.items():
            folder = Path(name, "runs/digits", run_id)
            folder.mkdir(parents=True)
            fork = {"fork": {"run": parent, "step": step}} if parent else {}
            (folder / "run.jsonl").write_text(json.dumps({"type": "start", "id": run_id, "time": 1.0} | fork) + "\n")
            (folder / "metrics.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
        (project,) = load(Path(name)).projects
        assert {found.id for found in project.runs} == set(forks)
        for found in project.runs:
            rows = forks[found.id][2]
            for metric, points in found.series.items():
                own = [row[metric] for row in rows if metric in row]
                assert points.values.tolist()[len(points) - len(own) :] == own
                assert (points.steps[1:] > points.steps[:-1]).all()
