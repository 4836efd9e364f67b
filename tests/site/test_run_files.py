from reportgen.site.links import workspace_links
from reportgen.site.run_files import PublishedFiles
from reportgen.site.site_files import SiteFiles
from reportgen.storage import Folder
from tests.builders import load, run


def published(folder, largest=1000):
    workspace = load(folder)
    (only,) = workspace.projects[0].runs
    return only, PublishedFiles(workspace_links(workspace), largest)


def test_files_and_images_are_copied(tmp_path):
    run("a").image("img").file("files/model.pt", b"weights").write(tmp_path)
    only, files = published(tmp_path)
    site = tmp_path / "site"
    there = SiteFiles(Folder(site))
    files.publish(only, there)
    assert (site / "runs/a/files/model.pt").read_bytes() == b"weights"
    assert (site / "runs/a/files/media/img-0.png").is_file()
    found = {path.relative_to(site).as_posix(): path.stat().st_size for path in site.rglob("*") if path.is_file()}
    assert there.written == found


def test_what_could_run_is_text(tmp_path):
    run("a").file("files/page.html", b"<script>alert(1)</script>").file("files/a.svg", b"<svg/>").write(tmp_path)
    only, files = published(tmp_path)
    files.publish(only, SiteFiles(Folder(tmp_path / "site")))
    assert sorted(path.name for path in (tmp_path / "site/runs/a/files").iterdir()) == ["a.svg.txt", "page.html.txt"]


def test_large_files_stay_at_home(tmp_path):
    run("a").file("files/big.bin", b"x" * 1001).file("files/small.bin", b"x" * 1000).write(tmp_path)
    only, files = published(tmp_path)
    assert files.paths(only) == ["small.bin"]
    assert not files.holds(only, "big.bin")


def test_nothing_leaves_the_run_folder(tmp_path):
    secret = tmp_path / "secret.png"
    secret.write_bytes(b"secret")
    described = run("a").metric("loss", [1])
    for step, path in enumerate(
        ("../../../../secret.png", str(secret), "files/link.png", "files/media/../../../../../secret.png")
    ):
        described.value(f"img{step}", {"_type": "image-file", "path": path, "format": "png"}, step=step)
    folder = described.file("files/real.png", b"x").write(tmp_path)
    (folder / "files/link.png").symlink_to(secret)
    only, files = published(tmp_path)
    files.publish(only, SiteFiles(Folder(tmp_path / "site")))
    assert [path.read_bytes() for path in (tmp_path / "site").rglob("*") if path.is_file()] == [b"x"]
