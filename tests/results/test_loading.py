"""What can be loaded, and that it is the same wherever it comes from."""

import gzip
import json
import os
import time
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import reportgen
from reportgen.document import Dataset
from reportgen.errors import MissingError, ReportgenError, ResultsError
from reportgen.results import places
from reportgen.results.scripts import dataset
from reportgen.site.data_files import DataFiles
from reportgen.site.site_files import SiteFiles
from reportgen.storage import Folder
from tests.builders import run
from tests.results.conftest import build


def comparable(results):
    """All that is in results, as text that has every digit."""
    found = [results.table().to_dict(), [run.metrics for run in results]]
    for repeats in ("last", "all", "attempt"):
        frame = results.history(repeats=repeats)
        found.append([frame.dtypes.to_dict(), frame.to_dict(orient="list")])
    for one in results:
        found.append([(file.path, file.size, file.read()) for file in one.files])
        found.append([dict(one.config), dict(one.summary), one.tags, one.notes, one.state, one.started, one.duration])
    return repr(found)


@pytest.mark.parametrize("kind", ["csv", "parquet"])
def test_a_site_with_histories_gives_exactly_what_was_logged(results, sites, serve, kind):
    logged = comparable(results)
    assert comparable(reportgen.load(sites[kind])) == logged
    address, _ = serve(sites[kind])
    published = reportgen.load(address)
    assert comparable(published) == logged
    assert published["a"].exact
    assert published["a"].page == f"{address}/digits/runs/a/index.html"


@pytest.mark.parametrize("over_http", [False, True])
def test_a_site_without_histories_gives_what_is_drawn(results, sites, serve, over_http):
    drawn = reportgen.load(serve(sites[""])[0] if over_http else str(sites[""]))
    assert drawn.table().equals(results.table())
    assert not any(run.exact for run in drawn)
    for repeats in ("last", "all", "attempt"):
        frame, logged = drawn.history(repeats=repeats), results.history(repeats=repeats)
        assert list(frame.columns) == list(logged.columns)
        for column in frame.columns[2:]:
            ours, theirs = frame[column].to_numpy(float), logged[column].to_numpy(float)
            finite = theirs[np.isfinite(theirs)]
            apart = 1e-3 if column == "_timestamp" else 1e-6 * np.ptp(finite)
            assert np.allclose(ours, theirs, rtol=1e-6, atol=apart, equal_nan=True), column
    assert len(drawn["a"].history("loss")) == 5_000


def test_folders_of_every_kind_are_loaded(study, tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    assert len(reportgen.load(study)) == 4
    assert len(reportgen.load(str(study / "runs"))) == 4
    assert [one.project for one in reportgen.load(study / "runs/digits")] == ["digits"] * 3
    (alone,) = reportgen.load(study / "runs/digits/b")
    assert (alone.id, alone.project, alone.history()["loss"].tolist()) == ("b", "digits", [9.0, 8.0, 5.5])
    monkeypatch.chdir(study / "runs/digits/a")
    assert [one.id for one in reportgen.load()] == ["a"]
    (study / "runs/digits").rename(tmp_path / "elsewhere")
    try:
        assert {one.project for one in reportgen.load(tmp_path / "elsewhere")} == {"elsewhere"}
        assert sorted(path.name for path in tmp_path.iterdir() if path.name.startswith(".")) == []
    finally:
        (tmp_path / "elsewhere").rename(study / "runs/digits")


def test_an_address_may_be_that_of_a_page(sites, serve):
    address, asked = serve(sites["csv"])
    for path in ("/", "/index.html", "/data/index.json", "/llms.txt", "/index.html?x=1#runs"):
        assert len(reportgen.load(address + path)) == 4
    assert set(asked) == {"/data/index.json", "/data/digits/runs.json", "/data/other/runs.json"}


@pytest.mark.parametrize(
    ("source", "words"),
    [("nowhere", "no such folder"), ("s3://bucket/x", "s3 addresses"), ("file:///etc", "file addresses")],
)
def test_what_cannot_be_loaded_is_said(source, words):
    with pytest.raises(ResultsError, match=words):
        reportgen.load(source)


def test_a_folder_with_nothing_in_it_is_no_project(tmp_path):
    with pytest.raises(ResultsError, match="no runs here"):
        reportgen.load(tmp_path)


def test_a_site_of_an_older_reportgen_is_to_be_built_again(copied):
    site = copied()
    (site / "data/index.json").unlink()
    with pytest.raises(ResultsError, match="again"):
        reportgen.load(site)


@pytest.mark.parametrize(
    ("index", "words"),
    [
        ({"format": "reportgen-site", "version": 2}, "version 2"),
        ({"format": "something", "version": 1}, "something else"),
        ({"format": "reportgen-site", "version": 1}, "not what they should be"),
        ([], "not what they should be"),
        ({"format": "reportgen-site", "version": 1, "projects": [{"name": "x", "records": "../x", "runs": []}]}, "out"),
    ],
)
def test_an_index_that_does_not_fit_is_refused(tmp_path, index, words):
    (tmp_path / "data").mkdir()
    (tmp_path / "data/index.json").write_text(json.dumps(index))
    with pytest.raises(ResultsError, match=words):
        reportgen.load(tmp_path)


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1:1/x.csv",
        "//host/x.csv",
        "/etc/x.csv",
        "../x.csv",
        "a/../../x.csv",
        "%2e%2e/x.csv",
        "%252e%252e/x.csv",
        "a\\x.csv",
        "#.csv",
        "?.csv",
    ],
)
def test_nothing_outside_of_the_site_is_opened(copied, serve, url):
    site = copied()
    path = site / "data/index.json"
    index = json.loads(path.read_bytes())
    index["projects"][0]["runs"][0]["history"] = url
    path.write_text(json.dumps(index))
    (site.parent / "x.csv").write_text('"_step","_timestamp"\r\n')
    for source in (site, serve(site)[0]):
        with pytest.raises(ResultsError, match="out of the site"):
            reportgen.load(source)["a"].history()


def test_a_link_that_leads_out_of_a_sites_folder_is_not_followed(copied, tmp_path):
    site = copied()
    secret = tmp_path / "secret.csv"
    secret.write_text('"_step","_timestamp"\r\n')
    history = site / "data/digits/r/a/history.csv"
    history.unlink()
    history.symlink_to(secret)
    with pytest.raises(ResultsError, match="not there"):
        reportgen.load(site)["a"].history()


@pytest.mark.parametrize(
    ("content", "words"), [(b"<html>", "no history"), (b'"_step","_timestamp","a"\r\n1\r\n', "no history")]
)
def test_a_broken_history_is_said(copied, content, words):
    site = copied()
    (site / "data/digits/r/a/history.csv").write_bytes(content)
    with pytest.raises(ResultsError, match=words):
        reportgen.load(site)["a"].history()


@pytest.mark.parametrize(
    "script",
    [
        'alert(1);reportgen.put("x",{});',
        'reportgen.put("x",{"curves":{}});alert(1);',
        'reportgen.put("x",fetch("/"));',
        'reportgen.put("x",{"curves":{"loss":{"bucket":1,"step":{"from":0,"by":1,"n":1e9},"time":[],"last":[]}}});',
        'reportgen.put("x",{"curves":{"loss":{"bucket":1,"step":[1],"time":[],"last":[2]}}});',
        'reportgen.put("x",{"curves":[]});',
    ],
)
def test_a_dataset_is_read_and_never_run(copied, script):
    site = copied("")
    (path,) = (site / "data/digits/r/a").glob("charts.*.js")
    path.write_text(script)
    with pytest.raises(ResultsError):
        reportgen.load(site)["a"].history("loss")


TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=5)
TRAPS = st.sampled_from(["__proto__", '["__proto__"]:', ");", "</script>", "\u2028"])
VALUES = st.none() | st.booleans() | st.integers(-(2**63), 2**63) | st.floats(allow_nan=False, allow_infinity=False)
JSON = st.recursive(
    VALUES | TEXT | TRAPS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXT | TRAPS, inner, max_size=3),
)


@given(payload=JSON)
def test_what_a_script_holds_is_what_was_written(tmp_path_factory, payload):
    folder = tmp_path_factory.mktemp("scripts")
    ref = DataFiles(SiteFiles(Folder(folder))).write(Dataset('a/"<x', payload))
    assert dataset((folder / ref.url).read_bytes(), object, "here") == payload


class TestServer:
    def test_that_has_no_site(self, tmp_path, serve):
        with pytest.raises(ResultsError, match="404") as caught:
            reportgen.load(serve(tmp_path)[0])
        assert "index.json" in str(caught.value)
        assert isinstance(caught.value, ReportgenError)

    def test_that_is_not_there(self, serve, tmp_path):
        with pytest.raises(ResultsError, match="cannot be read"):
            reportgen.load("http://127.0.0.1:1/", timeout=5)

    def test_that_does_not_answer(self, tmp_path, serve):
        address, _ = serve(tmp_path, lambda _: time.sleep(2) or True)
        with pytest.raises(ResultsError, match="timed out"):
            reportgen.load(address, timeout=0.2)

    def test_that_packs_its_answers(self, results, sites, serve):
        def packed(request):
            content = gzip.compress((Path(request.directory) / request.path.lstrip("/")).read_bytes())
            request.send_response(200)
            request.send_header("Content-Encoding", "gzip")
            request.send_header("Content-Length", str(len(content)))
            request.end_headers()
            request.wfile.write(content)
            return True

        published = reportgen.load(serve(sites["csv"], packed)[0])
        assert comparable(published) == comparable(results)

    @pytest.mark.parametrize("pack", [False, True])
    def test_that_sends_more_than_anybody_wants(self, tmp_path, serve, monkeypatch, pack):
        monkeypatch.setattr(places, "LARGEST", 1000)

        def endless(request):
            content = b" " * 100_000
            request.send_response(200)
            if pack:
                content = gzip.compress(content)
                request.send_header("Content-Encoding", "gzip")
            request.send_header("Content-Length", str(len(content)))
            request.end_headers()
            request.wfile.write(content)
            return True

        with pytest.raises(ResultsError, match="not read"):
            reportgen.load(serve(tmp_path, endless)[0])

    def test_that_breaks_off(self, tmp_path, serve):
        def cut(request):
            request.send_response(200)
            request.send_header("Content-Encoding", "gzip")
            request.end_headers()
            request.wfile.write(gzip.compress(os.urandom(5000))[:100])
            request.close_connection = True
            return True

        with pytest.raises(ResultsError, match="too early"):
            reportgen.load(serve(tmp_path, cut)[0])

    def test_that_leads_to_another_place(self, sites, serve):
        elsewhere, asked = serve(sites["csv"])

        def moved(request):
            request.send_response(301)
            request.send_header("Location", elsewhere + request.path)
            request.send_header("Content-Length", "0")
            request.end_headers()
            return True

        with pytest.raises(ResultsError, match="leads on to") as caught:
            reportgen.load(serve(sites["csv"], moved)[0])
        assert elsewhere in str(caught.value)
        assert asked == []

    def test_that_leads_to_another_folder_of_its_own(self, sites, serve):
        def moved(request):
            if request.path.startswith("/old/"):
                request.send_response(301)
                request.send_header("Location", request.path.removeprefix("/old"))
                request.send_header("Content-Length", "0")
                request.end_headers()
                return True
            return False

        assert len(reportgen.load(serve(sites["csv"], moved)[0] + "/old/")) == 4


class TestFiles:
    def test_are_copied_below_a_folder(self, results, tmp_path):
        assert [file.path for file in results["a"].files] == ["deep/notes.txt", "media/img-0.png", "model.pt"]
        found = results["a"].file("deep/notes.txt").download(tmp_path)
        assert found == tmp_path / "deep/notes.txt"
        assert found.read_bytes() == b"x"
        with pytest.raises(MissingError, match=r"Did you mean model\.pt"):
            results["a"].file("model")

    def test_that_are_not_published_are_said_to_be(self, study, tmp_path):
        loaded = reportgen.load(build(study, tmp_path / "site", largest_file=3))
        assert loaded["a"].file("deep/notes.txt").read() == b"x"
        with pytest.raises(ResultsError, match="not published"):
            loaded["a"].file("model.pt").read()

    @pytest.mark.parametrize("path", ["../x", "/etc/x", "a/../../x", "..\\x", "C:x", ""])
    def test_never_leave_the_folder(self, copied, tmp_path, path):
        site = copied()
        listed = site / "data/digits/r/a/files.json"
        data = json.loads(listed.read_bytes())
        data["files"][0]["path"] = path
        listed.write_text(json.dumps(data))
        with pytest.raises(ResultsError, match="out of the folder"):
            reportgen.load(site)["a"].files[0].download(tmp_path / "inside")
        assert not (tmp_path / "x").exists()

    def test_a_link_out_of_a_run_is_not_followed(self, tmp_path):
        folder = run("a").file("files/a.txt", b"a").finished().write(tmp_path)
        loaded = reportgen.load(tmp_path)["a"].file("a.txt")
        (folder / "files/a.txt").unlink()
        (tmp_path / "secret").write_text("s")
        (folder / "files/a.txt").symlink_to(tmp_path / "secret")
        with pytest.raises(ResultsError, match="leads out"):
            loaded.read()
