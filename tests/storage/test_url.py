import pickle
import sys
from pathlib import Path

import boto3
import pytest

from reportgen.errors import InstallationError, StorageError
from reportgen.storage import Folder, is_url, storage_of
from reportgen.storage.url import UrlStorage, content_type


def test_what_is_written_is_read_and_listed(place: str) -> None:
    storage = storage_of(f"{place}/study/")
    assert dict(storage.sizes()) == {}
    storage.write("runs/a/run.jsonl", b"one\n")
    storage.write("runs/a b/ü.txt", b"")
    storage.write("runs/a/run.jsonl", b"one\ntwo\n")
    assert bytes(storage.read("runs/a/run.jsonl")) == b"one\ntwo\n"
    assert dict(storage.sizes()) == {"runs/a/run.jsonl": 8, "runs/a b/ü.txt": 0}
    assert dict(storage.sizes("runs/a")) == {"runs/a/run.jsonl": 8}
    assert dict(storage.sizes("nowhere")) == {}


def test_a_file_of_this_machine_is_placed(place: str, tmp_path: Path) -> None:
    (tmp_path / "x").write_bytes(b"12345")
    assert storage_of(place).place(tmp_path / "x", "files/x.bin") == 5
    assert bytes(storage_of(place).read("files/x.bin")) == b"12345"


def test_deleting_what_is_not_there_is_fine(place: str) -> None:
    storage = storage_of(place)
    storage.write("a", b"1")
    storage.write("b", b"2")
    storage.delete("a")
    storage.delete("a")
    assert isinstance(storage, UrlStorage)
    storage.delete_all(["a", "b", "c"])
    assert dict(storage.sizes()) == {}


def test_a_file_that_is_missing_is_an_os_error_that_says_which(place: str) -> None:
    with pytest.raises(FileNotFoundError, match=r"none\.txt"):
        storage_of(place).read("none.txt")


def test_a_storage_can_be_sent_to_another_process(place: str) -> None:
    storage_of(place).write("a", b"1")
    assert bytes(pickle.loads(pickle.dumps(storage_of(place))).read("a")) == b"1"  # noqa: S301


def test_a_listing_is_never_an_old_one(bucket: str) -> None:
    storage = storage_of(bucket)
    storage.write("a", b"1")
    assert dict(storage.sizes()) == {"a": 1}
    boto3.client("s3").put_object(Bucket=bucket[5:], Key="b", Body=b"22")
    assert dict(storage.sizes()) == {"a": 1, "b": 2}


def test_browsers_are_told_what_a_file_is_and_how_long_it_stays(bucket: str) -> None:
    told = {
        "index.html": ("text/html; charset=utf-8", "no-cache"),
        "data/manifest.js": ("text/javascript; charset=utf-8", "no-cache"),
        "assets/client.0a1b2c3d.css": ("text/css; charset=utf-8", "public, max-age=31536000, immutable"),
        "data/digits/ov/loss.0a1b2c3d.js": ("text/javascript; charset=utf-8", "public, max-age=31536000, immutable"),
        "data/index.json": ("application/json", "no-cache"),
        "files/x.png": ("image/png", "no-cache"),
        "files/unknown": ("application/octet-stream", "no-cache"),
    }
    for name, (kind, age) in told.items():
        storage_of(bucket).write(name, b"x")
        found = boto3.client("s3").head_object(Bucket=bucket[5:], Key=name)
        assert found["ContentType"].startswith(kind), name
        assert found["CacheControl"] == age, name


def test_a_store_that_lists_hashes_lists_them_here(bucket: str) -> None:
    storage = storage_of(bucket)
    storage.write("a", b"hello")
    assert isinstance(storage, UrlStorage)
    [file] = storage.files()
    assert (file.name, file.size, file.md5) == ("a", 5, "5d41402abc4b2a76b9719d911017c592")
    assert file.modified > 1_600_000_000
    assert file.version


def test_a_bucket_that_is_not_there_is_an_os_error_in_words(bucket: str) -> None:
    with pytest.raises(OSError, match="no-such-bucket") as error:
        storage_of("s3://no-such-bucket").write("a", b"1")
    assert "bucket does not exist" in str(error.value).lower()


def test_a_server_that_does_not_answer_is_an_os_error(bucket: str, monkeypatch) -> None:
    monkeypatch.setenv("AWS_ENDPOINT_URL", "http://127.0.0.1:9")
    monkeypatch.setenv("AWS_MAX_ATTEMPTS", "1")
    import s3fs

    s3fs.S3FileSystem.clear_instance_cache()
    monkeypatch.setattr(s3fs.S3FileSystem, "retries", 1)
    try:
        with pytest.raises(OSError, match=r"127\.0\.0\.1:9"):
            storage_of(bucket).read("a")
    finally:
        s3fs.S3FileSystem.clear_instance_cache()


def test_a_kind_of_place_whose_package_is_missing_names_the_extra(monkeypatch) -> None:
    monkeypatch.setitem(sys.modules, "gcsfs", None)
    with pytest.raises(InstallationError, match=r"reportgen\[gcs\]"):
        storage_of("gs://bucket").read("a")
    monkeypatch.setitem(sys.modules, "fsspec", None)
    with pytest.raises(InstallationError, match=r"reportgen\[s3\]"):
        storage_of("s3://bucket").read("a")


def test_a_kind_of_place_that_nobody_knows_is_an_error() -> None:
    with pytest.raises(StorageError, match="not a place for files"):
        storage_of("bucketeer://x").read("a")


@pytest.mark.parametrize("location", ["s3://a/b", "gs://a", "memory://x", "simplecache::s3://a/b"])
def test_what_is_a_url(location: str) -> None:
    assert is_url(location)
    assert isinstance(storage_of(location), UrlStorage)


@pytest.mark.parametrize("location", ["a/b", "/a", "C:/a", "C://a", "a:b", "", Path("s3://a")])
def test_what_is_a_path(location: str | Path) -> None:
    assert not is_url(location)
    assert storage_of(location) == Folder(Path(location))


def test_a_file_url_is_a_folder_of_this_machine(tmp_path: Path) -> None:
    assert storage_of((tmp_path / "a b").as_uri()) == Folder(tmp_path / "a b")


def test_media_types_do_not_depend_on_the_machine() -> None:
    assert content_type("a/b.js") == "text/javascript; charset=utf-8"
    assert content_type("a.svg") == "image/svg+xml; charset=utf-8"
