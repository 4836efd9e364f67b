"""A site written over what an earlier build left."""

import os

from reportgen.site.site_files import SiteFiles
from reportgen.storage import Folder


def times(folder):
    return {
        path.relative_to(folder).as_posix(): path.stat().st_mtime_ns for path in folder.rglob("*") if path.is_file()
    }


def test_only_what_differs_is_written(tmp_path):
    first = SiteFiles(Folder(tmp_path))
    first.put("index.html", b"one")
    first.put("data/a.1.js", b"two", hashed=True)
    for path in (tmp_path / "index.html", tmp_path / "data/a.1.js"):
        os.utime(path, ns=(1, 1))
    second = SiteFiles(Folder(tmp_path))
    second.put("index.html", b"one")
    second.put("data/a.1.js", b"two", hashed=True)
    assert times(tmp_path) == {"index.html": 1, "data/a.1.js": 1}
    second.put("index.html", b"uno")
    assert (tmp_path / "index.html").read_bytes() == b"uno"


def test_a_hashed_file_that_was_cut_short_is_written_again(tmp_path):
    (tmp_path / "a.1.js").write_bytes(b"tw")
    SiteFiles(Folder(tmp_path)).put("a.1.js", b"two", hashed=True)
    assert (tmp_path / "a.1.js").read_bytes() == b"two"


def test_what_a_build_did_not_write_or_keep_goes_and_its_folders_with_it(tmp_path):
    first = SiteFiles(Folder(tmp_path / "site"))
    for name in ("kept.html", "old/deep/page.html", "old/other.html", "run/by/worker.html"):
        first.put(name, b"x")
    (tmp_path / "mine.txt").write_text("not of the site")
    second = SiteFiles(Folder(tmp_path / "site"))
    part = second.fresh()
    part.put("run/by/worker.html", b"y")
    second.keep(part.written)
    second.keep({"kept.html": 1})
    second.drop_rest()
    left = sorted(path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*"))
    assert left == ["mine.txt", "site", "site/kept.html", "site/run", "site/run/by", "site/run/by/worker.html"]


def test_sizes_tell_whether_files_are_as_they_were_left(tmp_path):
    first = SiteFiles(Folder(tmp_path))
    first.put("a", b"123")
    second = SiteFiles(Folder(tmp_path))
    assert second.holds(first.written)
    (tmp_path / "a").write_bytes(b"12")
    assert not SiteFiles(Folder(tmp_path)).holds(first.written)
    (tmp_path / "a").unlink()
    assert not SiteFiles(Folder(tmp_path)).holds(first.written)


def test_a_placed_file_is_followed_when_its_source_is_replaced(tmp_path):
    source = tmp_path / "model.pt"
    source.write_bytes(b"one")
    files = SiteFiles(Folder(tmp_path / "site"))
    files.place(source, "files/model.pt")
    assert (tmp_path / "site/files/model.pt").samefile(source)
    source.unlink()
    source.write_bytes(b"two")
    again = SiteFiles(Folder(tmp_path / "site"))
    again.place(source, "files/model.pt")
    assert (tmp_path / "site/files/model.pt").read_bytes() == b"two"
    assert again.written == {"files/model.pt": 3}
