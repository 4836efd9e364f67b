"""What was read is kept, grows, and never matters for the result."""

import os

import pytest
from reportgen.reading.cache import cache_file, load_states, store_states
from reportgen.reading.load import run_of

from reportgen.reading import cache
from reportgen.reading.discover import RunFolder
from reportgen.reading.logs import read_log
from tests.builders import build_config, comparable, run


def rich_run():
    return (
        run("a")
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


@pytest.fixture
def folder(tmp_path):
    return RunFolder("digits", rich_run().write(tmp_path), "runs/digits/a")


def read(folder, cache_folder):
    """The run, and how many bytes were parsed for it."""
    log = read_log(folder, cache_folder)
    return comparable(run_of(log, build_config(folder.path.parents[2]))), log.parsed


def size(folder):
    return sum(path.stat().st_size for path in folder.path.glob("*.jsonl"))


def test_the_second_time_nothing_is_parsed_and_the_result_is_the_same(folder, tmp_path):
    plain, _ = read(folder, None)
    assert read(folder, tmp_path / "cache") == (plain, size(folder))
    assert read(folder, tmp_path / "cache") == (plain, 0)


def test_only_appended_bytes_are_parsed(folder, tmp_path):
    read(folder, tmp_path / "cache")
    more = b'{"_step": 4, "loss": 1.5}\n'
    with (folder.path / "metrics.jsonl").open("ab") as file:
        file.write(more)
    grown, parsed = read(folder, tmp_path / "cache")
    assert parsed == len(more)
    assert grown == read(folder, None)[0]


def test_times_of_files_do_not_matter(folder, tmp_path):
    read(folder, tmp_path / "cache")
    for path in folder.path.glob("*.jsonl"):
        os.utime(path, (0, 0))
    assert read(folder, tmp_path / "cache")[1] == 0


def test_a_change_of_the_same_size_is_noticed_whatever_the_times_say(folder, tmp_path):
    read(folder, tmp_path / "cache")
    path = folder.path / "metrics.jsonl"
    before, times = path.read_bytes(), path.stat()
    path.write_bytes(before.replace(b'"loss": 2', b'"loss": 7'))
    os.utime(path, ns=(times.st_atime_ns, times.st_mtime_ns))
    changed, parsed = read(folder, tmp_path / "cache")
    assert parsed == len(before)
    assert changed == read(folder, None)[0]


def test_a_file_that_is_gone_is_forgotten(folder, tmp_path):
    read(folder, tmp_path / "cache")
    (folder.path / "system.jsonl").unlink()
    assert read(folder, tmp_path / "cache")[0] == read(folder, None)[0]
    assert "system.jsonl" not in load_states(cache_file(tmp_path / "cache", folder))


def damage(data):
    yield b""
    yield b"\0" * len(data)
    yield cache.FORMAT
    yield data[:-1]
    yield data[: len(data) // 2]
    yield data + b"x"
    yield data.replace(b"cache 1", b"cache 0")
    for position in range(0, len(data), 97):
        yield data[:position] + bytes([data[position] ^ 0x40]) + data[position + 1 :]


def test_a_damaged_cache_changes_nothing_and_is_repaired(folder, tmp_path):
    plain, _ = read(folder, tmp_path / "cache")
    path = cache_file(tmp_path / "cache", folder)
    whole = path.read_bytes()
    for broken in damage(whole):
        path.write_bytes(broken)
        assert read(folder, tmp_path / "cache") == (plain, size(folder))
        assert path.read_bytes() == whole


def test_a_cache_of_another_run_is_not_taken_for_this_one(folder, tmp_path):
    other = RunFolder("digits", run("b").metric("loss", [7, 8]).finished().write(tmp_path), "runs/digits/b")
    read(folder, tmp_path / "cache")
    read(other, tmp_path / "cache")
    cache_file(tmp_path / "cache", folder).replace(cache_file(tmp_path / "cache", other))
    assert read(other, tmp_path / "cache")[0] == read(other, None)[0]


def test_no_half_written_file_is_left(folder, tmp_path, monkeypatch):
    states = {file.path.name: found.state for file, found in read_log(folder, None).files}
    path = cache_file(tmp_path / "cache", folder)
    assert store_states(path, states)

    def killed(*_):
        raise KeyboardInterrupt

    whole = path.read_bytes()
    monkeypatch.setattr("pathlib.Path.replace", killed)
    with pytest.raises(KeyboardInterrupt):
        store_states(path, {})
    assert path.read_bytes() == whole
    assert [file.name for file in path.parent.iterdir()] == [path.name]


def test_integers_that_the_cache_cannot_hold_are_read_each_time(tmp_path):
    described = run("a").line("metrics", b'{"list": [1' + b"0" * 100 + b"]}\n").finished()
    folder = RunFolder("digits", described.write(tmp_path), "runs/digits/a")
    first, second = read(folder, tmp_path / "cache"), read(folder, tmp_path / "cache")
    assert first == second
    assert first[1] == size(folder)
