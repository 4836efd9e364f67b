"""Runs, cache and site in buckets of a real S3 server; the work on a real Dask cluster. The site is always the same."""

import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import boto3
import pytest

import reportgen
from reportgen.errors import ProjectError, StorageError
from reportgen.storage import storage_of
from tests.builders import NOW
from tests.e2e.study import tree, write_study
from tests.executors.cluster import can_hide, cluster
from tests.storage.s3 import Requests, environment

RUNS = "s3://bucket/study/runs"


@dataclass
class Bucket:
    """The bucket of a test."""

    address: str
    client: Any

    def put(self, folder: Path, prefix: str) -> None:
        for name, data in tree(folder).items():
            self.client.put_object(Bucket="bucket", Key=f"{prefix}/{name}", Body=data)

    def tree(self, prefix: str) -> dict[str, bytes]:
        pages = self.client.get_paginator("list_objects_v2").paginate(Bucket="bucket", Prefix=f"{prefix}/")
        keys = [found["Key"] for page in pages for found in page.get("Contents", ())]
        return {key[len(prefix) + 1 :]: self.client.get_object(Bucket="bucket", Key=key)["Body"].read() for key in keys}


@pytest.fixture
def bucket(s3_address: str, tmp_path: Path, monkeypatch) -> Iterator[Bucket]:
    for name, value in (environment(s3_address) | {"XDG_CACHE_HOME": str(tmp_path / "home")}).items():
        monkeypatch.setenv(name, value)
    client = boto3.client("s3")
    client.create_bucket(Bucket="bucket")
    yield Bucket(s3_address, client)
    found = boto3.resource("s3").Bucket("bucket")
    found.objects.all().delete()
    found.delete()


@pytest.fixture(scope="module")
def local(tmp_path_factory, build) -> tuple[Path, dict[str, bytes]]:
    """A study, and its site as it is where nothing is elsewhere."""
    folder = write_study(tmp_path_factory.mktemp("local") / "study")
    done = build(folder)
    assert done.returncode == 0, done.stderr
    site = tree(folder / "site")
    shutil.rmtree(folder / "site")
    shutil.rmtree(folder / ".reportgen")
    return folder, site


def test_a_project_in_a_bucket_has_the_same_site_in_it_and_is_built_anew_only_where_it_changed(
    bucket: Bucket, local, build
) -> None:
    folder, site = local
    bucket.put(folder, "study")
    done = build("s3://bucket/study", "--jobs", 2)
    assert (done.returncode, done.stderr) == (0, "")
    assert "site: s3://bucket/study/site/index.html" in done.stdout
    assert bucket.tree("study/site") == site

    requests = Requests(bucket.address)
    again = build("s3://bucket/study")
    assert "0 read (0 B) and 4 known" in again.stdout
    assert [path for path in requests.of("GET") if "?" not in path] == [], "nothing but lists is asked for"
    assert requests.of("PUT") == requests.of("POST") == requests.of("DELETE") == []

    log = "study/runs/digits/a2/metrics.jsonl"
    before = bucket.client.get_object(Bucket="bucket", Key=log)["Body"].read()
    row = b'{"_step": 2100, "_timestamp": 1772300000, "train/loss": 0.5}\n'
    bucket.client.put_object(Bucket="bucket", Key=log, Body=before + row)
    requests = Requests(bucket.address)
    grown = build("s3://bucket/study")
    assert "1 read" in grown.stdout
    assert [path for path in requests.of("GET") if "?" not in path] == [f"/bucket/{log}"]
    put = {path.removeprefix("/bucket/study/site/") for path in requests.of("PUT")}
    assert "digits" in str(put)
    assert not any(re.search(r"runs/a[134]/", name) for name in put), put
    assert len(requests.of("POST")) == 1, "what is stale goes with one request"

    whole = build("s3://bucket/study", "--site-dir", folder.parent / "whole", XDG_CACHE_HOME=str(folder.parent / "new"))
    assert whole.returncode == 0
    assert bucket.tree("study/site") == tree(folder.parent / "whole")


def test_runs_and_cache_and_site_may_each_be_elsewhere(bucket: Bucket, local, build, tmp_path: Path) -> None:
    folder, site = local
    bucket.put(folder / "runs", "study/runs")
    for number in (1, 2):  # the second time on another machine, which has the cache alone
        study = shutil.copytree(folder, tmp_path / f"machine-{number}", ignore=shutil.ignore_patterns("runs"))
        text = f"plugins: [{{reportgen: {{runs: {RUNS}, cache: 's3://bucket/cache'}}}}]\nsite_dir: s3://bucket/study/site\n"
        (study / "mkdocs.yml").write_text(f"site_name: digits\ntheme: reportgen\n{text}")
        done = build(study)
        assert (done.returncode, done.stderr) == (0, "")
        assert ("4 known" in done.stdout) == (number == 2)
        assert _alike(bucket.tree("study/site"), site)


def test_a_warning_names_the_object_that_it_is_about(bucket: Bucket, local, build) -> None:
    bucket.put(local[0], "study")
    bucket.client.put_object(Bucket="bucket", Key="study/runs/digits/a1/metrics.jsonl", Body=b"not json\n")
    bucket.client.put_object(Bucket="bucket", Key="study/runs/digits/a1/../../../evil", Body=b"x")
    done = build("s3://bucket/study")
    assert done.returncode == 0
    assert "warning: s3://bucket/study/runs/digits/a1/metrics.jsonl:1: " in done.stderr
    assert "no path below a folder" in done.stderr


@pytest.mark.parametrize(
    ("folder", "site_dir", "error", "said"),
    [
        ("s3://bucket/nothing", None, StorageError, "there are no runs"),
        ("s3://no-such-bucket/study", None, StorageError, "there are no runs"),
        ("s3://bucket/study", "s3://bucket/study", ProjectError, "would be mixed with s3://bucket/study/runs"),
        ("s3://bucket/study", "s3://bucket/study/runs/site", ProjectError, "would be mixed with"),
        ("s3://bucket/study", "s3://bucket/other", ProjectError, "files that are no site"),
        ("nowhere://bucket/study", None, StorageError, "not a place for files"),
    ],
)
def test_a_place_that_cannot_be_used_is_an_error_that_says_why(
    folder: str, site_dir: str | None, error: type[Exception], said: str, bucket: Bucket
) -> None:
    bucket.client.put_object(Bucket="bucket", Key="study/runs/p/a/run.jsonl", Body=b"{}\n")
    bucket.client.put_object(Bucket="bucket", Key="other/thesis.tex", Body=b"precious")
    with pytest.raises(error, match=said):
        reportgen.build(folder, site_dir=site_dir)
    assert bucket.tree("other") == {"thesis.tex": b"precious"}


def test_wrong_credentials_are_an_error_in_words(bucket: Bucket, build, tmp_path: Path) -> None:
    nobody = {"AWS_ACCESS_KEY_ID": "", "AWS_SECRET_ACCESS_KEY": "", "HOME": str(tmp_path)}
    done = build("s3://bucket/study", **nobody)
    assert done.returncode == 2
    assert "redentials" in done.stderr


def test_a_site_that_a_dask_cluster_built_is_the_same_to_the_byte(local, build, tmp_path: Path) -> None:
    folder, site = local
    study = shutil.copytree(folder, tmp_path / "study")
    with cluster() as one:
        done = build(study, "--executor", f"dask://{one.address}")
    assert (done.returncode, done.stderr) == (0, "")
    assert tree(study / "site") == site


def test_a_site_in_memory_is_the_same_too(local, tmp_path: Path, monkeypatch) -> None:
    folder, site = local
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(int(NOW)))
    study = shutil.copytree(folder, tmp_path / "study")
    reportgen.build(study, site_dir="memory://here/site", jobs=1)
    target = storage_of("memory://here/site")
    assert {name: bytes(target.read(name)) for name, _ in target.sizes()} == site


@pytest.mark.skipif(not can_hide(), reason="needs Linux and its administrator, to give processes folders of their own")
def test_workers_without_a_disk_in_common_use_buckets_for_everything(
    bucket: Bucket, local, build, tmp_path: Path
) -> None:
    folder, site = local
    home = tmp_path / "home"
    home.mkdir()
    bucket.put(folder, "study")
    with cluster(hidden=home) as one:
        options = b"site_name: digits\ntheme: reportgen\nplugins: [{reportgen: {cache: 's3://bucket/cache'}}]\n"
        bucket.client.put_object(Bucket="bucket", Key="study/mkdocs.yml", Body=options)
        done = build("s3://bucket/study", "--executor", f"dask://{one.address}")
        assert (done.returncode, done.stderr) == (0, "")
        assert _alike(bucket.tree("study/site"), site)
        requests = Requests(bucket.address)
        again = build("s3://bucket/study", "--executor", f"dask://{one.address}")
        assert "4 known" in again.stdout
        assert requests.of("PUT") == []


def _alike(found: dict[str, bytes], site: dict[str, bytes]) -> bool:
    """Whether two sites are the same."""
    assert found.keys() == site.keys()
    return all(found[name] == data for name, data in site.items())
