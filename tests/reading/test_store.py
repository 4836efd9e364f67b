"""What was read is kept, grows, and never matters for the result."""

import os
import pickle
import shutil
import subprocess
import sys
import textwrap
from pathlib import Path

import numpy as np
import pytest

from reportgen.config import BuildConfig
from reportgen.errors import ProjectError
from reportgen.reading import columns, content, load_workspace
from reportgen.reading.store import heads, segments
from tests.builders import NOW, comparable, run

SEGMENT = 64
"""Rows of a segment in these tests."""


@pytest.fixture(autouse=True)
def short_segments(monkeypatch):
    monkeypatch.setattr(columns, "SEGMENT_ROWS", SEGMENT)
    content._opened.cache_clear()


def rich_run(name="a"):
    return (
        run(name)
        .config(lr=0.1)
        .metric("loss", [3, 2, float("nan"), float("inf")])
        .metric("val", [1], steps=[2])
        .value("note", "text", step=1)
        .value("list", [1, "two", None], step=1)
        .image("img", step=1)
        .histogram("h", [0, 1], [2])
        .system("cpu", [1, 2])
        .console("hi\n")
        .line("metrics", b"bad\n")
        .finished()
    )


def long_run(name="long", rows=5 * SEGMENT + 7):
    """A run with segments: a dense and a sparse metric, media, and rows that stand on several lines."""
    lines = []
    for step in range(rows):
        lines.append(b'{"_step": %d, "loss": %d}\n' % (step, step))
        if step % 5 == 0:
            lines.append(b'{"_step": %d, "loss": %d, "rare": %d}\n' % (step, step + 1, step))
        if step % 50 == 0:
            lines.append(b'{"_step": %d, "h": {"_type": "histogram", "bins": [0, 1], "values": [%d]}}\n' % (step, step))
    return run(name).line("metrics", b"".join(lines)).finished()


@pytest.fixture
def project(tmp_path):
    folder = tmp_path / "project"
    rich_run().write(folder)
    long_run().write(folder)
    return folder


def load(folder, cache=None):
    return load_workspace(BuildConfig(folder, folder / "site", cache=cache, now=NOW, jobs=1))


def read(folder, cache=None):
    """All runs with all that is behind them, and how many bytes were parsed."""
    workspace = load(folder, cache)
    return comparable(workspace.projects), workspace.reading.parsed


def uncached(folder):
    """The same without a cache that works."""
    blocked = folder / "no-cache"
    blocked.touch()
    return read(folder, blocked)[0]


def size(folder):
    return sum(path.stat().st_size for path in folder.rglob("runs/**/*.jsonl"))


def cached_files(folder, kind):
    return sorted((folder / ".reportgen/cache").rglob(f"*.{kind}"))


def append(folder, data, name="runs/digits/long/metrics.jsonl"):
    with (folder / name).open("ab") as file:
        file.write(data)


def test_the_second_time_nothing_is_parsed_and_the_result_is_the_same(project):
    plain = uncached(project)
    assert read(project) == (plain, size(project))
    assert read(project) == (plain, 0)
    reading = load(project).reading
    assert (reading.read, reading.reused, reading.parsed) == (0, 2, 0)


def test_only_appended_bytes_are_parsed_and_whole_segments_stay(project):
    read(project)
    before = {path: (path.stat().st_ino, path.stat().st_mtime_ns) for path in cached_files(project, "segment")}
    assert len(before) == 5
    more = b"".join(b'{"_step": %d, "loss": 1.5}\n' % step for step in range(1000, 1000 + SEGMENT))
    append(project, more)
    grown, parsed = read(project)
    assert parsed == len(more)
    assert grown == uncached(project)
    after = {path: (path.stat().st_ino, path.stat().st_mtime_ns) for path in cached_files(project, "segment")}
    assert len(after) == 6
    assert before.items() <= after.items()


def test_a_row_that_goes_on_after_a_segment_was_full_is_one_row(project):
    described = run("edge").line("metrics", b"".join(b'{"_step": %d, "x": 1}\n' % step for step in range(SEGMENT)))
    described.finished().write(project)
    read(project)
    append(
        project,
        b'{"_step": %d, "x": 5, "y": 6}\n{"_step": %d, "x": 7}\n' % (SEGMENT - 1, SEGMENT),
        "runs/digits/edge/metrics.jsonl",
    )
    assert read(project)[0] == uncached(project)
    (edge,) = [found for found in load(project).projects[0].runs if found.id == "edge"]
    assert edge.rows == SEGMENT + 1
    assert edge.series["x"].values[-2:].tolist() == [5, 7]
    assert edge.series["y"].steps.tolist() == [SEGMENT - 1]


def test_where_the_log_was_cut_does_not_change_what_is_kept(project):
    read(project)
    expected = [path.name for path in cached_files(project, "segment")]
    log = project / "runs/digits/long/metrics.jsonl"
    whole = log.read_bytes()
    shutil.rmtree(project / ".reportgen")
    for end in (100, 2000, 2001, 5000, len(whole)):
        log.write_bytes(whole[:end])
        read(project)
    assert [path.name for path in cached_files(project, "segment")] == expected


def test_one_column_touches_no_other(project, monkeypatch):
    read(project)
    found = next(found for found in load(project).projects[0].runs if found.id == "long")
    asked = []
    real = segments.StoredBlock.column

    def column(block, metric):
        asked.append(metric)
        return real(block, metric)

    monkeypatch.setattr(segments.StoredBlock, "column", column)
    assert len(found.series["rare"]) == 66
    assert asked == ["rare"] * 5


def test_times_of_files_do_not_matter(project):
    read(project)
    for path in project.rglob("*.jsonl"):
        os.utime(path, (0, 0))
    assert read(project)[1] == 0


def test_a_change_of_the_same_size_is_noticed_whatever_the_times_say(project):
    read(project)
    path = project / "runs/digits/a/metrics.jsonl"
    before, times = path.read_bytes(), path.stat()
    path.write_bytes(before.replace(b'"loss": 2', b'"loss": 7'))
    os.utime(path, ns=(times.st_atime_ns, times.st_mtime_ns))
    assert read(project) == (uncached(project), len(before))


def test_a_log_that_was_rewritten_leaves_no_segments_of_the_old_one(project):
    read(project)
    old = {path.name for path in cached_files(project, "segment")}
    path = project / "runs/digits/long/metrics.jsonl"
    path.write_bytes(path.read_bytes().replace(b'"_step": 1, "loss": 1}', b'"_step": 1, "loss": 9}'))
    assert read(project)[0] == uncached(project)
    assert len({path.name for path in cached_files(project, "segment")} - old) == 1
    assert len(cached_files(project, "segment")) == len(old)


def test_what_a_killed_build_left_is_removed_with_the_next_change(project):
    read(project)
    orphan = cached_files(project, "segment")[0].with_name("0" * 32 + ".segment")
    orphan.write_bytes(b"half of")
    append(project, b'{"_step": 9999, "loss": 1}\n')
    read(project)
    assert not orphan.exists()


def test_files_that_come_and_go(project):
    read(project)
    image = next((project / "runs/digits/a/files").rglob("*.png"))
    content_of_image = image.read_bytes()
    image.unlink()
    (project / "runs/digits/a/system.jsonl").unlink()
    gone = read(project)[0]
    assert gone == uncached(project)
    assert "its file is missing" in str(gone)
    image.write_bytes(content_of_image)
    assert read(project) == (uncached(project), 0)
    assert "its file is missing" not in str(read(project)[0])


def test_a_copy_of_the_project_elsewhere_knows_what_was_read(project, tmp_path):
    first = load(project).projects[0].runs
    there = tmp_path / "elsewhere" / "renamed"
    shutil.copytree(project, there)
    shutil.rmtree(project)
    content._opened.cache_clear()
    copied = load(there)
    assert copied.reading.parsed == 0
    assert [found.digest for found in copied.projects[0].runs] == [found.digest for found in first]
    assert read(there)[0] == uncached(there)


def damaged(data):
    yield b""
    yield b"\0" * len(data)
    yield data[:20]
    yield data[:-1]
    yield data[: len(data) // 2]
    yield data + b"x"
    yield data.replace(b" 1\n", b" 0\n", 1).replace(b" 2\n", b" 0\n", 1)
    for position in range(0, len(data), max(1, len(data) // 40)):
        yield data[:position] + bytes([data[position] ^ 0x40]) + data[position + 1 :]


@pytest.mark.parametrize("kind", ["head", "segment", "facts"])
def test_a_damaged_cache_changes_nothing_and_is_repaired(project, kind):
    plain, _ = read(project)
    path = cached_files(project, kind)[-1]
    whole = path.read_bytes()
    for broken in damaged(whole):
        path.write_bytes(broken)
        content._opened.cache_clear()
        assert read(project)[0] == plain
        append(project, b'{"_step": 99999, "loss": 1}')  # an end that is new: what is kept is used and kept again
        read(project)
        log = project / "runs/digits/long/metrics.jsonl"
        log.write_bytes(log.read_bytes().removesuffix(b'{"_step": 99999, "loss": 1}'))
        content._opened.cache_clear()
        assert read(project) == (plain, 0)


@pytest.mark.parametrize("kind", ["head", "segment", "facts"])
def test_any_part_of_the_cache_may_be_missing(project, kind):
    plain, _ = read(project)
    for path in cached_files(project, kind):
        path.unlink()
    content._opened.cache_clear()
    assert read(project)[0] == plain
    assert read(project) == (plain, 0)


def test_a_cache_of_another_run_is_not_taken_for_this_one(project):
    rich_run("b").metric("loss", [7, 8], steps=[10, 11]).write(project)
    plain, _ = read(project)
    one, two, *_ = cached_files(project, "head")
    data = one.read_bytes()
    one.write_bytes(two.read_bytes())
    two.write_bytes(data)
    content._opened.cache_clear()
    assert read(project)[0] == plain


def test_runs_go_through_a_pipe_small_and_are_whole_on_the_other_side(project, tmp_path):
    runs = load(project).projects[0].runs
    sent = pickle.dumps(runs)
    assert max(len(pickle.dumps(found)) for found in runs) < 5000
    (tmp_path / "runs.pickle").write_bytes(sent)
    script = """
        import pickle, sys
        from pathlib import Path
        from tests.builders import comparable
        print(comparable(pickle.loads(Path(sys.argv[1]).read_bytes())))
    """
    command = [sys.executable, "-c", textwrap.dedent(script), tmp_path / "runs.pickle"]
    there = subprocess.run(command, check=True, capture_output=True, text=True, cwd=Path(__file__).parents[2])
    assert there.stdout.strip() == str(comparable(runs))


def test_what_the_store_lost_is_read_from_the_log_again(project):
    runs = load(project).projects[0].runs
    expected = comparable(runs)
    append(project, b'{"_step": 99999, "loss": 1}\n')  # what was logged since does not belong to these runs
    shutil.rmtree(project / ".reportgen")
    content._opened.cache_clear()
    assert comparable(runs) == expected
    read(project)
    content._opened.cache_clear()
    assert comparable(runs) == expected


def test_a_log_that_is_rewritten_under_a_build_is_an_error_that_says_so(project):
    runs = load(project).projects[0].runs
    shutil.rmtree(project / ".reportgen")
    path = project / "runs/digits/long/metrics.jsonl"
    path.write_bytes(path.read_bytes().replace(b"loss", b"cost"))
    content._opened.cache_clear()
    with pytest.raises(ProjectError, match="rewritten"):
        list(next(found for found in runs if found.id == "long").series.values())


def test_two_builds_at_once(project):
    script = """
        import sys
        from pathlib import Path
        from reportgen.reading import columns
        from tests.reading.test_store import SEGMENT, read
        columns.SEGMENT_ROWS = SEGMENT
        print(read(Path(sys.argv[1]))[0])
    """
    command = [sys.executable, "-c", textwrap.dedent(script), project]
    where = Path(__file__).parents[2]
    builds = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=where) for _ in range(3)]
    found = {build.communicate()[0].strip() for build in builds}
    plain = uncached(project)
    assert found == {str(plain)}
    assert read(project) == (plain, 0)


def test_no_half_written_file_is_left(project, monkeypatch):
    read(project)
    before = {path: path.read_bytes() for path in cached_files(project, "*")}
    append(project, b'{"_step": 99999, "loss": 1}\n')

    def killed(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr("pathlib.Path.replace", killed)
    with pytest.raises(KeyboardInterrupt):
        read(project)
    assert {path: path.read_bytes() for path in cached_files(project, "*")} == before
    assert not list((project / ".reportgen").rglob("*.part"))


def test_integers_that_the_cache_cannot_hold_are_read_each_time(tmp_path):
    run("a").config(big=10**100).line("metrics", b'{"list": [1' + b"0" * 100 + b"]}\n").finished().write(tmp_path)
    first, second = read(tmp_path), read(tmp_path)
    assert first == second == (uncached(tmp_path), size(tmp_path))
    (found,) = load(tmp_path).projects[0].runs
    assert found.config == {"big": 10**100}
    assert comparable(pickle.loads(pickle.dumps(found))) == comparable(found)  # noqa: S301 (our own)


def test_another_version_of_the_format_is_read_again(project, monkeypatch):
    plain, _ = read(project)
    monkeypatch.setattr(heads, "FORMAT", b"reportgen run 9\n")
    content._opened.cache_clear()
    assert read(project)[0] == plain


def test_columns_cannot_be_written(project):
    read(project)
    found = next(found for found in load(project).projects[0].runs if found.id == "long")
    for column in (found.series["loss"].steps, found.series["loss"].times, found.series["rare"].values):
        assert isinstance(column, np.ndarray)
        assert not column.flags.writeable


def test_the_digest_is_that_of_what_is_shown(project):
    digests = {found.id: found.digest for found in load(project).projects[0].runs}
    assert len(set(digests.values())) == 2
    assert {found.id: found.digest for found in load(project, project / "other-cache").projects[0].runs} == digests
    append(project, b'{"_step": 99999, "loss": 1}\n')
    grown = {found.id: found.digest for found in load(project).projects[0].runs}
    assert grown["a"] == digests["a"]
    assert grown["long"] != digests["long"]
    (project / "runs/digits/a/files/more.txt").write_text("x")
    assert {found.id: found.digest for found in load(project).projects[0].runs}["a"] != digests["a"]
