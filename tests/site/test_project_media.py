"""Media of runs as the workspace loads them: an index of keys, where those of each run are, and files for each run."""

from reportgen.site.project_data import write_project_data
from tests.builders import load, run
from tests.e2e.site_check import numbers, payload
from tests.site.places import data_place


def index_of(folder, *described):
    for one in described:
        one.write(folder)
    workspace = load(folder)
    return payload(folder / "site", write_project_data(workspace.projects[0], data_place(folder, workspace)).key)


def media_of(folder, index, number):
    places = payload(folder / "site", index["mediaOf"]["key"])
    refs = (places[part][number] for part in ("histograms", "media"))
    found = [payload(folder / "site", ref["key"]) for ref in refs if ref]
    assert all(part["run"] == number for part in found)
    return places["keys"], [part["media"] for part in found]


def test_each_run_has_its_media_in_a_file_and_the_index_the_keys(tmp_path):
    first = run("a").histogram("weights", [0, 1, 3], [2, 4], step=2).histogram("weights", [0, 1], [1], step=1)
    first.image("picture", caption="a caption").table("table", ["x"], [[1]]).finished()
    index = index_of(
        tmp_path, first, run("b").at(10).metric("loss", [1]), run("c").at(20).histogram("weights", [0, 1], [5])
    )
    assert index["media"] == [
        {"key": "picture", "kind": "image", "runs": 1},
        {"key": "table", "kind": "table", "runs": 1},
        {"key": "weights", "kind": "histogram", "runs": 2},
    ]
    keys, (histograms, found) = media_of(tmp_path, index, 0)
    assert keys == {"picture": [0], "table": [0], "weights": [0, 2]}
    assert list(histograms) == ["weights"]
    assert [(one["step"], list(numbers(one["bins"])), one["values"]) for one in histograms["weights"]] == [
        (1, [0, 1], [1]),
        (2, [0, 1, 3], [2, 4]),
    ]
    (picture,) = found["picture"]
    assert (picture["kind"], picture["caption"], picture["width"]) == ("image", "a caption", 2)
    assert picture["uri"].startswith("runs/a/files/")
    assert found["table"] == [{"step": 0, "kind": "table"}]


def test_a_project_without_media_has_none_and_damaged_ones_have_no_content(tmp_path):
    assert index_of(tmp_path / "none", run("a").metric("loss", [1]))["media"] == []
    odd = run("a").value("h", {"_type": "histogram", "bins": [1], "values": ["x"]})
    odd = odd.value("i", {"_type": "image-file", "path": "../../secret.png"}).finished()
    index = index_of(tmp_path / "odd", odd)
    _, found = media_of(tmp_path / "odd", index, 0)
    assert found == [{"h": [{"step": 0, "kind": "histogram"}]}, {"i": [{"step": 0, "kind": "image"}]}]


def test_unchanged_runs_keep_their_media(tmp_path):
    described = run("a").histogram("weights", [0, 1], [1]).finished()
    before = index_of(tmp_path, described)
    workspace = load(tmp_path)
    place = data_place(tmp_path, workspace)
    ref = write_project_data(workspace.projects[0], place)
    assert payload(tmp_path / "site", ref.key)["media"] == before["media"]
    assert any("/histograms." in name for name in place.data.files.written)
