"""Copies of what is in a bucket, against a real S3 server; and of what is in memory."""

import os
from pathlib import Path

import boto3
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportgen.storage.mirror import Mirror, is_contained
from reportgen.storage.upload import upload
from reportgen.storage.url import UrlStorage
from tests.storage.s3 import Requests


def small(name: str, size: int) -> bool:
    return size <= 100 or not name.startswith("files/")


def content(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_a_copy_has_what_the_original_has_and_is_fetched_once(place: str, tmp_path: Path) -> None:
    source, mirror = UrlStorage(place), Mirror(UrlStorage(place), tmp_path / "copy")
    files = {f"runs/p/{number}/metrics.jsonl": b'{"step":1}\n' * number for number in range(1, 60)}
    for name, data in files.items():
        source.write(name, data)
    heard: list[tuple[int, int]] = []
    first = mirror.update(lambda done, total: heard.append((done, total)))
    assert heard == [(done, 59) for done in range(1, 60)]
    assert (first.files, first.fetched, first.bytes) == (59, 59, sum(map(len, files.values())))
    assert content(tmp_path / "copy") == files
    again = mirror.update()
    assert (again.fetched, again.removed, again.bytes, again.troubles) == (0, 0, 0, [])


def test_what_changed_is_fetched_and_what_is_gone_is_deleted(place: str, tmp_path: Path) -> None:
    source, mirror = UrlStorage(place), Mirror(UrlStorage(place), tmp_path)
    for name in ("a/x", "b/x", "b/y"):
        source.write(name, b"before")
    mirror.update()
    source.write("a/x", b"behind")  # of the same size, and written in the same second
    source.delete("b/x")
    source.delete("b/y")
    update = mirror.update()
    assert (update.fetched, update.removed) == (1, 2)
    assert content(tmp_path) == {"a/x": b"behind"}
    assert not (tmp_path / "b").exists()


def test_of_a_log_that_grew_only_the_new_rows_are_fetched(bucket: str, tmp_path: Path) -> None:
    source, mirror = UrlStorage(bucket), Mirror(UrlStorage(bucket), tmp_path)
    source.write("metrics.jsonl", b"1\n" * 5000)
    mirror.update()
    source.write("metrics.jsonl", b"1\n" * 5000 + b"2\n")
    update = mirror.update()
    assert (update.fetched, update.bytes) == (1, 2)
    assert content(tmp_path) == {"metrics.jsonl": b"1\n" * 5000 + b"2\n"}


def test_a_log_that_grew_and_was_rewritten_is_fetched_whole(bucket: str, tmp_path: Path) -> None:
    source, mirror = UrlStorage(bucket), Mirror(UrlStorage(bucket), tmp_path)
    source.write("metrics.jsonl", b"1\n" * 5000)
    mirror.update()
    source.write("metrics.jsonl", b"0\n" * 5001)
    assert mirror.update().bytes == 10_002
    assert content(tmp_path) == {"metrics.jsonl": b"0\n" * 5001}


def test_an_object_put_in_parts_is_fetched_whole(bucket: str, tmp_path: Path) -> None:
    source, mirror = UrlStorage(bucket), Mirror(UrlStorage(bucket), tmp_path)
    source.write("log", b"1\n")
    mirror.update()
    client, name = boto3.client("s3"), {"Bucket": bucket[5:], "Key": "log"}
    upload_id = client.create_multipart_upload(**name)["UploadId"]
    part = client.upload_part(**name, UploadId=upload_id, PartNumber=1, Body=b"1\n2\n")
    parts = {"Parts": [{"PartNumber": 1, "ETag": part["ETag"]}]}
    client.complete_multipart_upload(**name, UploadId=upload_id, MultipartUpload=parts)
    [file] = source.files()
    assert file.md5 == ""
    assert mirror.update().bytes == 4
    assert content(tmp_path) == {"log": b"1\n2\n"}
    assert mirror.update().fetched == 0


def test_content_that_is_not_wanted_is_not_fetched_but_its_size_is_known(place: str, tmp_path: Path) -> None:
    source = UrlStorage(place)
    source.write("files/model.pt", b"m" * 1000)
    source.write("files/small.txt", b"small")
    update = Mirror(source, tmp_path, small).update()
    assert update.bytes == 5
    assert (tmp_path / "files/model.pt").stat().st_size == 1000
    assert Mirror(source, tmp_path, small).update().fetched == 0
    assert Mirror(source, tmp_path).update().bytes == 1000, "now it is wanted"
    assert content(tmp_path)["files/model.pt"] == b"m" * 1000


def test_folders_of_one_side_are_left_alone(place: str, tmp_path: Path) -> None:
    source, mirror = UrlStorage(place), Mirror(UrlStorage(place), tmp_path, apart=(".reportgen/", "site/"))
    source.write("runs/a", b"1")
    source.write("site/index.html", b"a site")
    (tmp_path / ".reportgen").mkdir()
    (tmp_path / ".reportgen/state").write_bytes(b"mine")
    mirror.update()
    assert content(tmp_path) == {"runs/a": b"1", ".reportgen/state": b"mine"}


def test_a_name_that_leads_out_is_a_trouble_and_nothing_is_written_there(bucket: str, tmp_path: Path) -> None:
    client = boto3.client("s3")
    for key in ("p/good", "p/../../evil", "p//evil", "p/a\\..\\evil", "p/C:/evil"):
        client.put_object(Bucket=bucket[5:], Key=key, Body=b"x")
    update = Mirror(UrlStorage(f"{bucket}/p"), tmp_path / "copy").update()
    assert content(tmp_path) == {"copy/good": b"x"}
    assert len(update.troubles) >= 3
    assert all(bucket in trouble for trouble in update.troubles)


def test_a_file_that_cannot_be_had_is_a_trouble_and_the_others_are_fetched(bucket: str, tmp_path: Path) -> None:
    source = UrlStorage(bucket)
    source.write("a", b"1")
    source.write("a/b", b"2")  # fine for a bucket, and impossible on a disk
    source.write("n" * 300, b"3")
    source.write("z", b"4")
    update = Mirror(source, tmp_path).update()
    assert len(update.troubles) == 2
    assert content(tmp_path)["z"] == b"4"
    assert not list(tmp_path.glob(".*"))


def test_what_a_killed_build_left_is_swept_away(place: str, tmp_path: Path) -> None:
    UrlStorage(place).write("a", b"1")
    (tmp_path / ".0123.part").write_bytes(b"half")
    Mirror(UrlStorage(place), tmp_path).update()
    assert content(tmp_path) == {"a": b"1"}


def test_a_copy_that_somebody_changed_is_fetched_again(place: str, tmp_path: Path) -> None:
    UrlStorage(place).write("a", b"1")
    mirror = Mirror(UrlStorage(place), tmp_path)
    mirror.update()
    (tmp_path / "a").write_bytes(b"2")
    assert mirror.update().fetched == 1
    assert content(tmp_path) == {"a": b"1"}


@given(name=st.text(min_size=1))
def test_a_contained_name_stays_below_its_folder(name: str) -> None:
    if is_contained(name):
        assert os.path.normpath(f"/top/{name}") == f"/top/{name}"


def test_a_folder_is_brought_to_a_place_and_what_is_stale_goes(place: str, tmp_path: Path) -> None:
    target = UrlStorage(f"{place}/site")
    site = {"index.html": b"<p>", "data/manifest.js": b"m1", "data/x.0a1b2c3d.js": b"x1", "files/a.bin": b""}
    _write(tmp_path, site)
    first = upload(tmp_path, target)
    assert (first.files, first.put, first.deleted) == (4, 4, 0)
    assert _there(target) == site
    (tmp_path / "data/x.0a1b2c3d.js").unlink()
    changed = {"index.html": b"<b>", "data/x.99999999.js": b"x2"}
    _write(tmp_path, changed)
    second = upload(tmp_path, target)
    assert second.deleted == 1
    assert _there(target) == {name: data for name, data in (site | changed).items() if name != "data/x.0a1b2c3d.js"}


def test_only_what_changed_is_put_in_the_order_that_readers_need(bucket: str, s3_address: str, tmp_path: Path) -> None:
    target = UrlStorage(bucket)
    _write(tmp_path, {"index.html": b"<p>", "other.html": b"o", "data/x.0a1b2c3d.js": b"x", "data/manifest.js": b"1"})
    requests = Requests(s3_address)
    upload(tmp_path, target, rank=lambda name: ("x", "html", "manifest").index(_kind(name)))
    assert [_kind(path) for path in requests.of("PUT")] == ["x", "html", "html", "manifest"]
    _write(tmp_path, {"index.html": b"<b>"})
    requests = Requests(s3_address)
    assert upload(tmp_path, target).put == 1
    assert requests.of("PUT") == [f"/{bucket[5:]}/index.html"]
    requests = Requests(s3_address)
    assert upload(tmp_path, target).put == 0
    assert requests.of("PUT") == requests.of("POST") == requests.of("DELETE") == []


def _kind(name: str) -> str:
    return "html" if name.endswith("html") else "manifest" if "manifest" in name else "x"


def _write(folder: Path, files: dict[str, bytes]) -> None:
    for name, data in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)


def _there(target: UrlStorage) -> dict[str, bytes]:
    return {name: bytes(target.read(name)) for name, _ in target.sizes()}


@pytest.mark.parametrize("name", ["a/b", "a.b/..c", "…"])
def test_ordinary_names_are_contained(name: str) -> None:
    assert is_contained(name)
