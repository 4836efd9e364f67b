import hashlib
import os
import threading
import tracemalloc
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import numpy as np
import pytest

from reportgen import Audio, Html, Image, Object3D, Table
from reportgen.logger.media import store as store_module
from reportgen.logger.media.store import MediaStore
from tests.logger.logs import logged, rows


def files(folder):
    return sorted(path for path in Path(folder).rglob("*") if path.is_file())


@pytest.mark.parametrize("keep", ["write", "copy"])
def test_equal_contents_are_one_file(tmp_path, keep):
    source = tmp_path / "source"
    source.write_bytes(b"content")
    store = MediaStore(str(tmp_path / "run"))
    given = b"content" if keep == "write" else str(source)
    first = getattr(store, keep)("html", ".html", given)
    (kept,) = files(tmp_path / "run")
    stamp = kept.stat().st_mtime_ns, kept.stat().st_ino
    assert getattr(store, keep)("html", ".html", given) == first
    assert files(tmp_path / "run") == [kept]
    assert (kept.stat().st_mtime_ns, kept.stat().st_ino) == stamp
    assert first == {
        "path": f"files/media/html/{hashlib.sha256(b'content').hexdigest()[:16]}.html",
        "sha256": hashlib.sha256(b"content").hexdigest(),
        "size": 7,
    }


def test_a_copy_does_not_change_with_its_original(begin, tmp_path):
    source = tmp_path / "a.html"
    source.write_text("before")
    _, path = logged(begin(), Html(source, inject=False))
    with source.open("r+") as file:
        file.write("after!")
    assert path.read_text() == "before"


def test_a_large_file_is_never_in_memory(begin, tmp_path):
    source = tmp_path / "big.glb"
    with source.open("wb") as file:
        file.truncate(30 << 20)
    run = begin()
    tracemalloc.start()
    run.log({"mesh": Object3D(source)})
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert rows(run.folder)[-1]["mesh"]["size"] == 30 << 20
    assert most < 8 << 20


def test_a_file_that_grows_meanwhile_is_named_after_what_was_copied(tmp_path, monkeypatch):
    source = tmp_path / "source"
    source.write_bytes(b"one")
    pour = store_module._pour

    def pour_and_grow(original, sink):
        poured = pour(original, sink)
        if sink is None:
            source.write_bytes(b"one and two")
        return poured

    monkeypatch.setattr(store_module, "_pour", pour_and_grow)
    file = MediaStore(str(tmp_path / "run")).copy("html", ".html", str(source))
    (kept,) = files(tmp_path / "run")
    assert kept.read_bytes() == b"one and two"
    assert (file["sha256"], file["size"]) == (hashlib.sha256(b"one and two").hexdigest(), 11)
    assert kept.name.startswith(str(file["sha256"])[:16])


def test_nothing_is_left_of_a_file_that_could_not_be_written(tmp_path, monkeypatch):
    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "replace", full)
    with pytest.raises(OSError, match="No space"):
        MediaStore(str(tmp_path)).write("html", ".html", b"content")
    assert files(tmp_path) == []


def test_a_damaged_file_is_written_again(tmp_path):
    store = MediaStore(str(tmp_path))
    store.write("html", ".html", b"content")
    (kept,) = files(tmp_path)
    kept.write_bytes(b"con")
    store.write("html", ".html", b"content")
    assert kept.read_bytes() == b"content"


def write_all(folder):
    store = MediaStore(folder)
    return [store.write("html", ".html", str(number % 20).encode() * 10_000)["path"] for number in range(100)]


def test_processes_and_threads_may_write_the_same(tmp_path):
    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as pool:
        futures = [pool.submit(write_all, str(tmp_path)) for _ in range(2)]
        threads = [threading.Thread(target=write_all, args=(str(tmp_path),)) for _ in range(2)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        paths = {path for future in futures for path in future.result()}
    assert {str(path.relative_to(tmp_path)) for path in files(tmp_path)} == paths
    for path in files(tmp_path):
        assert path.name.startswith(hashlib.sha256(path.read_bytes()).hexdigest()[:16])


def test_a_medium_is_hashed_once(begin):
    run = begin()
    image = Image(np.zeros((2, 2)))
    logged(run, image)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(MediaStore, "write", lambda *_: pytest.fail("written again"))
        run.log({"again": image, "list": [image, image]})
    value = rows(run.folder)[-1]["again"]
    assert value["_type"] == "image-file"
    Path(run.folder, value["path"]).unlink()
    assert logged(run, image)[0]["path"] == value["path"]


def test_one_medium_in_two_runs_is_in_both(begin):
    audio = Audio([0.5, 0.25], sample_rate=8000)
    first = logged(begin(), audio)[0]
    assert logged(begin(), audio)[0] == first


def test_a_row_with_media_survives_a_folder_that_cannot_be_written(begin, capsys):
    run = begin()
    Path(run.folder, "files").write_text("in the way")
    run.log({"image": Image(np.zeros((2, 2))), "table": Table(["a"], [[1]]), "loss": 1})
    assert rows(run.folder) == [{"_step": 0, "image": None, "table": None, "loss": 1}]
    assert "cannot log 'image'" in capsys.readouterr().err
    Path(run.folder, "files").unlink()
    assert logged(run, Image(np.zeros((2, 2))))[0]["_type"] == "image-file"
