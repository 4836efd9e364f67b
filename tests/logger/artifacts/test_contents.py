"""What goes into an artifact and how it comes out again."""

import json
import os
import shutil
from pathlib import Path

import numpy as np
import pytest

import reportgen
from reportgen.errors import ArtifactError, UsageError
from reportgen.logger.artifacts.manifest import ArtifactEntry, Manifest


def logged(run, artifact):
    return run.log_artifact(artifact)


def test_a_copy_is_taken_when_a_file_is_added(begin, tmp_path):
    run = begin(strict=True)
    source = tmp_path / "w.bin"
    source.write_text("first")
    artifact = reportgen.Artifact("a", "t")
    artifact.add_file(source, "x/w.bin")
    source.write_text("second, longer")
    assert Path(logged(run, artifact).download("out"), "x/w.bin").read_text() == "first"


def test_an_artifact_may_be_filled_before_there_is_a_run(begin, tmp_path):
    source = tmp_path / "w.bin"
    source.write_text("first")
    artifact = reportgen.Artifact("a", "t")
    artifact.add_file(source)
    source.unlink()
    assert Path(logged(begin(strict=True), artifact).file()).read_text() == "first"


def test_an_immutable_file_must_not_change(begin, tmp_path):
    run = begin(strict=True)
    source = tmp_path / "w.bin"
    source.write_text("first")
    artifact = reportgen.Artifact("a", "t")
    artifact.add_file(source, policy="immutable")
    source.write_text("second")
    with pytest.raises(UsageError, match="has changed since it was added"):
        run.log_artifact(artifact)


def test_the_original_and_the_copies_are_files_of_their_own(begin, tmp_path):
    run = begin(strict=True)
    source = tmp_path / "w.bin"
    source.write_text("first")
    artifact = reportgen.Artifact("a", "t")
    artifact.add_file(source)
    got = run.log_artifact(artifact).file("out")
    assert source.stat().st_nlink == Path(got).stat().st_nlink == 1
    assert os.access(got, os.W_OK)
    Path(got).write_text("scribbled")
    source.write_text("scribbled")
    artifact.verify()


@pytest.mark.parametrize("name", ["../x", "/../x", "a/../../x", "..", "", "a\0b"])
def test_no_name_leads_out_of_the_artifact(tmp_path, name):
    (tmp_path / "w").write_text("w")
    artifact = reportgen.Artifact("a", "t")
    with pytest.raises(UsageError, match="cannot be the name"):
        artifact.add_file(tmp_path / "w", name or "./.")


def test_another_content_under_the_same_name_is_refused(tmp_path):
    one, two = tmp_path / "1", tmp_path / "2"
    one.write_text("1")
    two.write_text("2")
    artifact = reportgen.Artifact("a", "t")
    artifact.add_file(one, "x")
    artifact.add_file(one, "x")
    with pytest.raises(UsageError, match="another content"):
        artifact.add_file(two, "x")
    artifact.add_file(two, "x", overwrite=True)
    assert artifact.get_added_local_path_name(str(two)) == "x"
    assert artifact.get_added_local_path_name(str(one)) is None


def test_folders_with_links_and_other_things(tmp_path):
    top = tmp_path / "top"
    (top / "sub").mkdir(parents=True)
    (top / "sub/file").write_text("f")
    (top / "link").symlink_to(top / "sub/file")
    (top / "sub/loop").symlink_to(top)
    (top / "gone").symlink_to(top / "nowhere")
    os.mkfifo(top / "pipe")
    artifact = reportgen.Artifact("a", "t")
    artifact.add_dir(top, name="in")
    assert sorted(artifact.manifest.entries) == ["in/link", "in/sub/file"]


def test_references_stay_where_they_are(begin, tmp_path):
    run = begin(strict=True)
    (tmp_path / "d/e").mkdir(parents=True)
    (tmp_path / "d/one file").write_text("1")
    (tmp_path / "d/e/two").write_text("2")
    artifact = reportgen.Artifact("a", "t")
    artifact.add_reference(f"file://{tmp_path}/d", name="local")
    artifact.add_reference(f"file://{tmp_path}/d/e/two", checksum=False)
    artifact.add_reference("https://user:secret@host.example/x/data.csv?v=1")
    with pytest.raises(UsageError, match="more than 1 files"):
        artifact.add_reference(f"file://{tmp_path}/d", name="again", max_objects=1)
    del artifact.manifest.entries["again/one file"]
    got = run.use_artifact(run.log_artifact(artifact).name)
    assert sorted(got.manifest.entries) == ["data.csv", "local/e/two", "local/one file", "two"]
    far = got.get_entry("data.csv")
    assert far.ref_target() == "https://host.example/x/data.csv"
    assert got.get_entry("local/one file").size == 1
    assert not any(path.read_bytes() == b"2" for path in Path("runs").rglob("*") if path.is_file())
    with pytest.raises(ArtifactError, match="reportgen never fetches"):
        got.download()
    folder = Path(got.download(allow_missing_references=True))
    assert (folder / "local/one file").read_text() == "1"
    got.verify()
    (tmp_path / "d/e/two").write_text("changed")
    with pytest.raises(ArtifactError, match=r"local/e/two \(damaged\)"):
        got.verify()


def test_an_entry_of_another_artifact(begin, tmp_path):
    (tmp_path / "w").write_text("w")
    one = reportgen.Artifact("one", "t")
    one.add_file(tmp_path / "w")
    begin(project="p", strict=True).log_artifact(one)
    run = begin(project="q", strict=True)
    two = reportgen.Artifact("two", "t")
    two.add_reference(run.use_artifact("p/one").get_entry("w"), name="taken")
    assert Path(run.log_artifact(two).file()).read_text() == "w"


def test_what_comes_out_is_checked(begin, tmp_path):
    run = begin(strict=True)
    for name in ("good", "bad", "gone"):
        (tmp_path / name).write_text(name)
    artifact = reportgen.Artifact("a", "t")
    for name in ("good", "bad", "gone"):
        artifact.add_file(tmp_path / name)
    folder = Path(run.log_artifact(artifact).download("out"))
    entries = artifact.manifest.entries
    Path(entries["bad"].local_path).chmod(0o600)
    Path(entries["bad"].local_path).write_text("rot")
    Path(entries["gone"].local_path).unlink()
    with pytest.raises(ArtifactError, match=r"bad \(damaged\), gone \(missing\)"):
        artifact.verify()
    artifact.verify(str(folder))
    artifact.download("out")  # what is there is right, so that nothing is copied
    with pytest.raises(ArtifactError, match="is damaged"):
        artifact.get_entry("bad").download("elsewhere")
    assert not list(Path("elsewhere").iterdir())
    with pytest.raises(ArtifactError, match="is missing"):
        artifact.get_entry("gone").download("elsewhere")
    Path(entries["bad"].local_path).unlink()
    artifact = reportgen.Artifact("a", "t")
    for name in ("good", "bad", "gone"):
        artifact.add_file(tmp_path / name)
    run.log_artifact(artifact).verify()  # logged again from the originals


def test_checkout_leaves_nothing_else(begin, tmp_path):
    run = begin(strict=True)
    (tmp_path / "w").write_text("w")
    artifact = run.log_artifact(tmp_path / "w", name="a")
    folder = Path(artifact.download("out"))
    (folder / "extra/x").parent.mkdir()
    (folder / "extra/x").write_text("x")
    (folder / "w").write_text("changed")
    with pytest.raises(ArtifactError, match=r"w \(damaged\), extra/x \(not in the artifact\)"):
        artifact.verify("out")
    artifact.checkout("out")
    artifact.verify("out")


def test_checkout_deletes_nothing_behind_a_link(begin, tmp_path):
    (tmp_path / "w").write_text("w")
    artifact = begin(strict=True).log_artifact(tmp_path / "w", name="a")
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "precious").write_text("p")
    folder = Path(artifact.download("out"))
    (folder / "link").symlink_to(outside)
    artifact.checkout("out")
    assert [path.name for path in folder.iterdir()] == ["w"]
    assert (outside / "precious").read_text() == "p"


def test_only_a_part_is_downloaded(begin, tmp_path):
    run = begin(strict=True)
    artifact = reportgen.Artifact("a", "t")
    for name in ("x/1", "x/2", "y"):
        with artifact.new_file(name) as file:
            file.write(name)
    folder = Path(run.log_artifact(artifact).download(path_prefix="x/"))
    assert sorted(path.name for path in folder.rglob("*") if path.is_file()) == ["1", "2"]
    assert [entry.name for entry in artifact.files(["y"])] == ["y"]
    with pytest.raises(ArtifactError, match="has 3 files"):
        artifact.file()
    with pytest.raises(ArtifactError, match="has no entry z"):
        artifact.get_entry("z")


def test_media_come_back_as_they_were(begin):
    run = begin(strict=True)
    pixels = np.arange(12, dtype="uint8").reshape(2, 2, 3)
    table = reportgen.Table(["n", "image"], [[1, reportgen.Image(pixels, caption="cell")], [2, None]])
    artifact = reportgen.Artifact("a", "t")
    artifact["predictions"] = table
    artifact.add(reportgen.Image(pixels, caption="alone"), "picture")
    artifact.add(reportgen.Histogram([1, 2, 2], num_bins=2), "weights")
    used = run.use_artifact(run.log_artifact(artifact).name)
    back = used["predictions"]
    assert (back.columns, back.data[0][0], back.data[1]) == (["n", "image"], 1, [2, None])
    image = back.data[0][1]
    assert (image.caption, image.width, image.height) == ("cell", 2, 2)
    assert (used.get("picture").caption, used.get("weights").values) == ("alone", [1, 2])
    assert used.get("nothing") is None
    run.log({"again": back})


def test_every_kind_of_file_comes_back(begin, tmp_path):
    begin(strict=True)
    (tmp_path / "m.pdb").write_text("HEADER\n")
    boxes = {"found": {"box_data": [{"position": {"minX": 0, "maxX": 1, "minY": 0, "maxY": 1}, "class_id": 1}]}}
    masks = {"ground": {"mask_data": np.ones((2, 2), "uint8"), "class_labels": {1: "road"}}}
    growing = reportgen.Table(["n"], [[1]], log_mode="INCREMENTAL")
    media = {
        "picture": reportgen.Image(np.zeros((2, 2)), boxes=boxes, masks=masks, classes=[{"id": 1, "name": "car"}]),
        "sound": reportgen.Audio(np.zeros(10), sample_rate=8000, caption="silence"),
        "page": reportgen.Html("<p>text</p>", caption="a page"),
        "points": reportgen.Object3D(np.zeros((4, 3))),
        "molecule": reportgen.Molecule(str(tmp_path / "m.pdb"), caption="m"),
        "growing": growing,
    }
    artifact = reportgen.Artifact("a", "t")
    for name, medium in media.items():
        artifact[name] = medium
    growing.add_data(2)
    artifact.add(growing, "growing", overwrite=True)
    used = reportgen.use_artifact(reportgen.log_artifact(artifact).name)
    again = reportgen.Artifact("b", "t")
    for name, medium in media.items():
        back = used[name]
        assert type(back) is type(medium)
        again[name] = back
    assert used["growing"].data == [[1], [2]]
    described = json.loads(Path(used.get_entry("picture.image.json").download()).read_text())
    repeated = json.loads(Path(again.get_entry("picture.image.json").local_path).read_text())
    assert all(described[field] == repeated[field] for field in ("boxes", "masks", "sha256"))
    for name in ("sound.audio", "page.html", "points.object3D", "molecule.molecule"):
        first, second = (one.manifest.entries[f"{name}.json"].local_path for one in (used, again))
        assert json.loads(Path(first).read_text()) == json.loads(Path(second).read_text())


def test_a_failed_block_adds_nothing():
    artifact = reportgen.Artifact("a", "t")
    with pytest.raises(ZeroDivisionError), artifact.new_file("x") as file:
        file.write(str(1 / 0))
    assert len(artifact.manifest) == 0


def test_what_was_staged_goes_with_the_artifact(tmp_path):
    artifact = reportgen.Artifact("a", "t")
    with artifact.new_file("x") as file:
        file.write("x")
    path = Path(artifact.manifest.entries["x"].local_path)
    assert path.exists()
    del artifact
    assert not path.parent.exists()


def test_a_list_of_files_from_elsewhere_cannot_lead_out(begin):
    run = begin(strict=True)
    artifact = run.log_artifact(reportgen.Artifact("a", "t"))
    store, _ = artifact.stored
    for path in ("../x", "/x", "a/../x", "."):
        digest = store.objects.put_bytes(Manifest({path: ArtifactEntry(path, "0" * 64, 1)}).content())
        with pytest.raises(ArtifactError, match="is broken"):
            store.manifest(digest)
    digest = store.objects.put_bytes(Manifest({"x": ArtifactEntry("x", "../../../secret", 1)}).content())
    with pytest.raises(ArtifactError, match="is broken"):
        store.manifest(digest)


def test_a_version_that_is_not_whole_says_so(begin, tmp_path, capsys):
    run = begin()
    (tmp_path / "there").write_text("t")
    artifact = reportgen.Artifact("a", "t")
    artifact.add_file(tmp_path / "there")
    artifact.add_file("gone.bin")
    artifact.add_dir("gone")
    with artifact.new_file("../x") as file:
        file.write("x")
    run.log_artifact(artifact)
    capsys.readouterr()
    record = json.loads(Path("runs/uncategorized/_artifacts/versions/a/v0.json").read_text())
    assert (record["left_out"], record["files"]) == (["gone.bin", "gone", "../x"], 1)


def test_a_store_that_cannot_be_written_stops_nothing(begin, tmp_path, capsys):
    run = begin(project="p")
    store = Path("runs/p/_artifacts")
    store.write_text("in the way")
    (tmp_path / "w").write_text("w")
    artifact = reportgen.Artifact("a", "t")
    assert artifact.add_file(tmp_path / "w") is None
    assert run.log_artifact(artifact).state == "PENDING"
    run.log({"loss": 1})
    assert "cannot log the artifact" in capsys.readouterr().err
    store.unlink()
    assert run.log_artifact(tmp_path / "w", name="a").version == "v0"


def test_a_folder_that_was_cleared_is_begun_again(begin, tmp_path):
    run = begin(strict=True)
    (tmp_path / "w").write_text("w")
    assert run.log_artifact(tmp_path / "w", name="a").version == "v0"
    shutil.rmtree("runs/uncategorized/_artifacts")
    again = run.log_artifact(tmp_path / "w", name="a")
    again.verify()
    assert (again.version, Path(again.file()).read_text()) == ("v0", "w")
