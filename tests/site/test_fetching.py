from dataclasses import replace
from pathlib import Path

import pytest

from reportgen.errors import ExecutorError
from reportgen.executors import Inline
from reportgen.reading.discover import RunFolder
from reportgen.site.fetching import FetchingWorkers, run_folder_of, with_reach
from reportgen.site.listener import Listener
from reportgen.site.places import fetch_runs, runs_mirror, wants_of_runs
from reportgen.storage import storage_of
from tests.builders import build_config, run


class Distant(Inline):
    """Workers that see nothing of this machine's folders."""

    def sees(self, folder: Path) -> bool:
        return False


def names_in(shared: str, item: RunFolder) -> list[str]:
    return sorted(path.name for path in item.path.rglob("*") if path.is_file())


@pytest.fixture
def config(tmp_path: Path, monkeypatch):
    """Three runs in memory, where files of more than 20 bytes are large."""
    monkeypatch.setattr("reportgen.site.places.HASH_LIMIT", 0)
    place = f"memory://{tmp_path.name}"
    for name in ("a", "a-b", "b"):
        run(name).metric("loss", [1, 2]).file("files/model.pt", b"w" * 50).finished().write(tmp_path / "made")
    for path in (tmp_path / "made").rglob("*"):
        if path.is_file():
            storage_of(place).write(path.relative_to(tmp_path / "made").as_posix(), path.read_bytes())
    config = build_config(tmp_path / "study")
    urls = {"runs": f"{place}/runs", "cache_url": f"{place}/cache", "site_url": f"{place}/site"}
    return replace(config, **urls, executor="far", largest_file=20)


def test_workers_that_see_the_folders_are_as_they_were(config) -> None:
    workers = Inline()
    assert with_reach(config, workers) == (config, workers)


@pytest.mark.parametrize(
    ("field", "what"), [("cache_url", "the cache"), ("site_url", "the site"), ("runs", "the runs")]
)
def test_workers_that_do_not_need_everything_elsewhere(field: str, what: str, config) -> None:
    with pytest.raises(ExecutorError, match=what):
        with_reach(replace(config, **{field: ""}), Distant())


def test_a_worker_fetches_the_run_that_it_works_on_and_no_other(config) -> None:
    told, workers = with_reach(config, Distant())
    assert not told.shares_disk
    folder = RunFolder("digits", config.runs_folder / "digits" / "a", "a")
    [found] = workers.map(names_in, "", [folder])
    assert found == ["metrics.jsonl", "model.pt", "run.jsonl"]
    assert [path.name for path in (config.runs_folder / "digits").iterdir()] == ["a"]
    assert (folder.path / "files/model.pt").stat().st_size == 50
    assert b"w" not in (folder.path / "files/model.pt").read_bytes(), "it is larger than what is shown"


def test_a_worker_deletes_what_a_run_no_longer_has(config) -> None:
    fetch_runs(config, Listener(pytest.fail))
    stale = config.runs_folder / "digits" / "a" / "files" / "stale.txt"
    stale.write_text("old")
    _, workers = with_reach(config, Distant())
    assert isinstance(workers, FetchingWorkers)
    list(workers.map(names_in, "", [RunFolder("digits", config.runs_folder / "digits" / "a", "a")]))
    assert not stale.exists()


def test_the_cache_and_the_site_are_where_every_worker_reaches_them(config) -> None:
    told, _ = with_reach(config, Distant())
    told.cache_storage.write("facts/x", b"known")
    told.site_storage.write("index.html", b"<p>")
    assert bytes(storage_of(config.cache_url).read("facts/x")) == b"known"
    assert bytes(told.cache_storage.read("facts/x")) == b"known"
    storage_of(config.cache_url).write("facts/x", b"new")
    assert bytes(told.cache_storage.read("facts/x")) == b"new", "another worker wrote it"
    assert dict(told.cache_storage.sizes()) == {"facts/x": 3}
    told.cache_storage.delete("facts/x")
    with pytest.raises(FileNotFoundError):
        told.cache_storage.read("facts/x")
    assert bytes(storage_of(config.site_url).read("index.html")) == b"<p>"


def test_of_artifacts_only_lists_of_files_are_fetched(config) -> None:
    listed, content = "1" * 64, "2" * 64
    objects = {digest: f"p/_artifacts/objects/{digest[:2]}/{digest}" for digest in (listed, content)}
    place = storage_of(config.runs)
    for name in objects.values():
        place.write(name, b"content")
    place.write("p/_artifacts/versions/model/v0.json", b'{"digest": "%s"}' % listed.encode())
    fetch_runs(config, Listener(pytest.fail))
    assert (config.runs_folder / objects[listed]).read_bytes() == b"content"
    assert (config.runs_folder / objects[content]).read_bytes() == bytes(7)
    again = fetch_runs(config, Listener(pytest.fail))
    assert again.fetched == 0


def test_small_files_and_all_logs_are_wanted() -> None:
    wants = {"largest": 10, "named": frozenset()}
    assert wants_of_runs("p/a/metrics.jsonl", 1000, **wants)
    assert wants_of_runs("p/a/files/x.png", 10, **wants)
    assert not wants_of_runs("p/a/files/x.png", 11, **wants)


def test_runs_are_named_by_their_place(config) -> None:
    assert config.where(config.runs_folder / "p" / "a" / "run.jsonl") == f"{config.runs}/p/a/run.jsonl"
    assert config.where(config.runs_folder) == config.runs
    assert runs_mirror(config).folder == config.runs_folder
    with pytest.raises(TypeError):
        run_folder_of("a")
