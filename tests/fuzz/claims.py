"""What holds of the reader whatever is in a run folder. Each claim is a function that raises where it does not hold."""

import contextlib
import json
import os
import shutil
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from reportgen.config import BuildConfig
from reportgen.model import Run, Series
from reportgen.reading import lines as reading_lines
from reportgen.reading import load_run
from tests.builders import NOW, comparable
from tests.fuzz import oracle
from tests.fuzz.logs import Log

NAMED = 20
"""Bad lines of a file that are named one by one."""
NOT_AN_OBJECT = "not a JSON object, so the line was skipped"


def write(top: Path, log: Log, run_id: str = "a") -> Path:
    """Write a run folder below a project folder, in place of the one that is there."""
    folder = top / "runs/p" / run_id
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    for name, data in log.items():
        (folder / name).write_bytes(data)
    return folder


def read(folder: Path, cache: Path | None = None) -> Run:
    """Read a run folder; without a cache, there is a file in its place."""
    top = folder.parents[2]
    if cache is None:
        cache = top / "no-cache"
        cache.touch()
    return load_run(folder, "p", config=BuildConfig(folder=top, site_dir=top / "site", cache=cache, now=NOW, jobs=1))


def rows(log: Log) -> int | None:
    """How many rows a run folder has; None if it is none."""
    streams = [found for name, data in log.items() if (found := _stream(name, data))]
    return sum(len(oracle.rows(found.objects)) for kind, found in streams if kind == "metrics") if streams else None


def agrees_with_the_oracle(run: Run, log: Log) -> None:
    """Nothing that is intact is lost or made up, and what is bad is counted."""
    streams = {name: found for name, data in log.items() if (found := _stream(name, data))}
    metrics = {name: oracle.rows(found.objects) for name, (kind, found) in streams.items() if kind == "metrics"}
    system = {
        name: oracle.rows(found.objects, stepped=False) for name, (kind, found) in streams.items() if kind == "system"
    }
    assert run.rows == sum(map(len, metrics.values()))
    assert _points(_logged(run)) == _points_of(metrics)
    assert _points(_sampled(run)) == _points_of(system)
    _agree_on_media(run, metrics)
    if list(metrics) == ["metrics.jsonl"] and not any(name.startswith("run") for name in streams):
        _agree_in_order(run, metrics["metrics.jsonl"])
    texts = Counter(
        (value["text"], "stderr" if value.get("stream") == "stderr" else "stdout")
        for kind, found in streams.values()
        if kind == "console"
        for value in found.objects
        if isinstance(value.get("text"), str)
    )
    assert Counter((chunk.text, chunk.stream) for chunk in run.console) == texts
    _agree_on_bad_lines(run, {name: found for name, (_, found) in streams.items()})


def _stream(name: str, data: bytes) -> tuple[str, oracle.Lines] | None:
    match = oracle.STREAM.fullmatch(name)
    return (match[1], oracle.lines(data)) if match else None


def _logged(run: Run) -> Iterator[Series]:
    """All points of all ranks, shown or replaced."""
    for metric in {*run.series, *run.by_rank}:
        beside = run.by_rank.get(metric)
        yield from [run.series[metric]] if beside is None else beside.values()
    yield from (tail.points for tails in run.overwritten.values() for tail in tails)


def _sampled(run: Run) -> Iterator[Series]:
    for metric in {*run.system, *run.system_by_rank}:
        beside = run.system_by_rank.get(metric)
        yield from [run.system[metric]] if beside is None else beside.values()


def _points(found: Iterator[Series]) -> Counter[tuple[str, str, str]]:
    counted: Counter[tuple[str, str, str]] = Counter()
    for series in found:
        assert len(series.steps) == len(series.times) == len(series.values) > 0
        columns = zip(series.times.tolist(), series.values.tolist(), strict=True)
        counted.update((series.metric, repr(time), repr(value + 0.0)) for time, value in columns)
    return counted


def _points_of(files: dict[str, list[oracle.Row]]) -> Counter[tuple[str, str, str]]:
    return Counter(
        (key, repr(row.time), repr(value + 0.0))
        for rows in files.values()
        for row in rows
        for key, value in row.numbers.items()
    )


def _agree_in_order(run: Run, rows: list[oracle.Row]) -> None:
    """The rows of a writer that is alone stand as they were logged, each at its step."""
    keys = {key for row in rows for key in row.numbers}
    assert set(run.series) == keys
    for key, series in run.series.items():
        logged = [(row.step, row.time, row.numbers[key]) for row in rows if key in row.numbers]
        columns = (series.steps.tolist(), series.times.tolist(), series.values.tolist())
        assert list(map(_shown, zip(*columns, strict=True))) == list(map(_shown, logged))


def _shown(point: tuple[float, ...]) -> list[str]:
    """A point so that NaN equals NaN, and 0 equals -0."""
    return [repr(number + 0.0) for number in point]


def _agree_on_media(run: Run, files: dict[str, list[oracle.Row]]) -> None:
    logged = Counter(
        (key, _text(value))
        for rows in files.values()
        for row in rows
        for key, media in row.media.items()
        for value in media
    )
    assert Counter((medium.key, _text(medium.value)) for medium in (*run.media, *run.overwritten_media)) == logged


def _text(value: Any) -> str:
    return json.dumps(value, sort_keys=True)


def _agree_on_bad_lines(run: Run, files: dict[str, oracle.Lines]) -> None:
    bad: Counter[tuple[str, str]] = Counter()
    for name, found in files.items():
        where = f"runs/p/a/{os.fsencode(name).decode('utf-8', 'replace')}"
        bad.update((f"{where}:{line}", NOT_AN_OBJECT) for line in found.bad[:NAMED])
        if len(found.bad) > NAMED:
            bad[where, f"and {len(found.bad) - NAMED} more lines that are no JSON object"] += 1
        if found.is_cut and run.state != "running":
            bad[f"{where}:{found.count + 1}", "the last line is cut off"] += 1
    lines = (NOT_AN_OBJECT, "and ", "the last line is cut off")
    told = [(problem.where, problem.what) for problem in run.problems if problem.what.startswith(lines)]
    assert Counter((w, what.partition(": ")[0]) for w, what in told if not what.endswith("without their file")) == bad


def blocks_do_not_matter(folder: Path, plain: Any, size: int) -> None:
    """How much is read at a time changes nothing."""
    with _blocks_of(size):
        assert comparable(read(folder)) == plain


@contextlib.contextmanager
def _blocks_of(size: int) -> Iterator[None]:
    usual = reading_lines.BLOCK_BYTES
    reading_lines.BLOCK_BYTES = size
    try:
        yield
    finally:
        reading_lines.BLOCK_BYTES = usual


def a_cache_does_not_matter(folder: Path, plain: Any, cache: Path, hurt: float = 0.5) -> None:
    """A cold, a warm and a damaged cache give what no cache gives."""
    for _ in ("cold", "warm"):
        assert comparable(read(folder, cache)) == plain
    for path in sorted(path for path in cache.rglob("*") if path.is_file()):
        whole = path.read_bytes()
        at = min(int(hurt * len(whole)), len(whole) - 1)
        flipped = whole[:at] + bytes([whole[at] ^ 0x10]) + whole[at + 1 :] if whole else b"x"
        for damaged in (flipped, whole[:at], b""):
            path.write_bytes(damaged)
            assert comparable(read(folder, cache)) == plain


def what_was_there_before_does_not_matter(top: Path, log: Log, name: str, at: int) -> None:
    """With a cache, a file that grows, shrinks or is rewritten at the same length is read as if it were new."""
    shorter = log | {name: log[name][:at]}
    rewritten = log | {name: log[name][:at] + b"7" + log[name][at + 1 :]}
    for other in (shorter, log, rewritten, shorter, rewritten):
        folder = write(top, other)
        assert comparable(read(folder, top / "cache")) == comparable(read(folder))


def a_cut_gives_a_prefix(top: Path, log: Log, name: str, at: int) -> None:
    """A file that ends at any byte loads, and holds what it held up to there."""
    whole = read(write(top, log))
    cut = log | {name: log[name][:at]}
    found = read(write(top, cut))
    agrees_with_the_oracle(found, cut)
    if name == "metrics.jsonl" and not any(other.startswith(("run", "metrics")) for other in log if other != name):
        for metric, series in found.series.items():
            kept = len(series) - 1  # the last line may be another one now, or belong to the same row
            if kept:
                before = whole.series[metric]
                assert comparable(series.values[:kept]) == comparable(before.values[:kept])
                assert comparable(series.steps[:kept]) == comparable(before.steps[:kept])


def all_claims(top: Path, log: Log, chance: float = 0.5) -> None:
    """Everything that holds of one run folder; ``chance`` says where it is cut and where its cache is damaged."""
    folder = write(top, log)
    run = read(folder)
    agrees_with_the_oracle(run, log)
    plain = comparable(run)
    for size in (1, 50, 700):
        blocks_do_not_matter(folder, plain, size)
    cache = top / "cache"
    shutil.rmtree(cache, ignore_errors=True)
    a_cache_does_not_matter(folder, plain, cache, chance)
    name = max(log, key=lambda name: len(log[name]))
    at = int(chance * len(log[name]))
    what_was_there_before_does_not_matter(top, log, name, at)
    a_cut_gives_a_prefix(top, log, name, at)
