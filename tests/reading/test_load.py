"""A run log as a `Run`."""

import math
import os
from pathlib import Path

import pytest

from reportgen.model import ConsoleChunk, RunFile
from reportgen.reading import load_run
from tests.builders import NOW, START, build_config, load, project_model, run


def only(folder, described, *, now=NOW):
    return load_run(described.write(folder), "digits", config=build_config(folder, now=now))


def test_a_whole_run(tmp_path):
    described = (
        run("a")
        .environment(host="gpu-7", command=["python", "train.py"])
        .config(lr=0.1, optimizer={"name": "adam"})
        .name("adam")
        .tag("baseline")
        .notes("# hello")
        .group("sweep", "train")
        .define("loss", summary=["min"])
        .metric("loss", [3, 1, 2])
        .metric("val/acc", [0.5, 0.7], steps=[0, 2])
        .summary({"val/acc": 0.75, "note": "set by hand"})
        .image("samples", step=2, caption="<b>")
        .console("hi\n")
        .system("cpu", [10, 20])
        .file("files/model.pt", b"12345")
        .finished(seconds=90)
    )
    found = only(tmp_path, described)
    assert (found.id, found.name, found.project, found.state, found.exit_code) == ("a", "adam", "digits", "finished", 0)
    assert (found.started, found.ended, found.duration) == (START, START + 90, 90)
    assert (found.tags, found.notes, found.group, found.job_type) == (("baseline",), "# hello", "sweep", "train")
    assert found.config == {"lr": 0.1, "optimizer": {"name": "adam"}}
    assert found.summary == {"loss": 2.0, "loss.min": 1.0, "val/acc": 0.75, "note": "set by hand"}
    assert list(found.series) == ["loss", "val/acc"]
    assert found.series["val/acc"].steps.tolist() == [0, 2]
    assert found.series["val/acc"].times.tolist() == [START, START + 2]
    assert found.system["cpu"].steps.tolist() == [0, 1]
    assert found.rows == 3
    assert [(media.key, media.step, media.kind, media.path) for media in found.media] == [
        ("samples", 2, "image-file", "files/media/samples-2.png")
    ]
    assert found.console == (ConsoleChunk(START, "stdout", "hi\n"),)
    assert [file.path for file in found.files] == ["media/samples-2.png", "model.pt"]
    assert found.files[1] == RunFile("model.pt", 5)
    assert found.environment == {"host": "gpu-7", "command": ["python", "train.py"]}
    assert not found.problems


def test_writers_whose_names_are_no_text_are_all_read(tmp_path):
    folder = run("a").metric("loss", [1]).write(tmp_path)
    for name, value in ((b"\xfe", 2), (b"\xff", 3)):
        path = os.fsencode(folder / "metrics.") + name + b".jsonl"
        Path(os.fsdecode(path)).write_text(f'{{"loss": {value}}}\n')
    found = load_run(folder, "digits", config=build_config(tmp_path))
    assert sorted(value for points in found.by_rank["loss"].values() for value in points.values) == [1, 2, 3]


def test_a_folder_with_nothing_but_metrics_is_a_run(tmp_path):
    (tmp_path / "runs/digits/a").mkdir(parents=True)
    (tmp_path / "runs/digits/a/metrics.jsonl").write_text('{"loss": 3}\n{"loss": 2}\n')
    (found,) = load(tmp_path).projects[0].runs
    assert (found.name, found.state, found.exit_code, found.rows) == ("a", "finished", None, 2)
    assert math.isnan(found.started)
    assert math.isnan(found.duration)
    assert found.summary == {"loss": 2.0}


def test_without_a_start_record_the_first_sign_of_life_counts(tmp_path):
    described = run("a").metric("x", [1, 2]).system("cpu", [1, 2]).console("x", seconds=5)
    folder = described.write(tmp_path)
    (folder / "run.jsonl").unlink()
    found = load_run(folder, "digits", config=build_config(tmp_path))
    assert (found.started, found.ended) == (START, START + 10)


@pytest.mark.parametrize(("described", "reported"), [(run("a").running(), False), (run("a").crashed(), True)])
def test_a_torn_last_line_is_a_problem_unless_the_run_is_running(tmp_path, described, reported):
    found = only(tmp_path, described.metric("loss", [3, 2]).line("metrics", b'{"_step": 2, "lo'))
    assert found.series["loss"].values.tolist() == [3, 2]
    expected = ["runs/digits/a/metrics.jsonl:3: the last line is cut off: 16 bytes were ignored"]
    assert [str(problem) for problem in found.problems] == (expected if reported else [])


def test_bad_lines_are_named_up_to_a_number(tmp_path):
    found = only(tmp_path, run("a").metric("loss", [3]).line("metrics", b"garbage\n" * 30).finished())
    assert len(found.problems) == 21
    assert str(found.problems[0]) == "runs/digits/a/metrics.jsonl:2: not a JSON object, so the line was skipped"
    assert str(found.problems[-1]) == "runs/digits/a/metrics.jsonl: and 10 more lines that are no JSON object"


@pytest.mark.parametrize("stream", ["run", "metrics", "system", "console"])
def test_a_file_of_noise_spoils_nothing_else(tmp_path, stream):
    noise = bytes(range(256)) * 40
    found = only(tmp_path, run("a").metric("loss", [3]).system("cpu", [1]).console("x").line(stream, noise).finished())
    assert found.series["loss"].values.tolist() == [3]
    assert found.problems
    assert all(problem.where.startswith(f"runs/digits/a/{stream}.jsonl") for problem in found.problems)


@pytest.mark.parametrize(
    ("path", "what"),
    [
        ("../b/files/x.png", "leads out of the run folder"),
        ("/etc/passwd", "leads out of the run folder"),
        ("files/link.png", "leads out of the run folder"),
        ("files/nowhere.png", "is missing"),
        ("files", "is missing"),
        (7, "is no file name"),
        ("a\0b", "is no file name"),
        ("x" * 5000, "is no file name"),
    ],
)
def test_media_files_stay_inside_the_run_folder(tmp_path, path, what):
    (tmp_path / "secret.png").write_bytes(b"secret")
    run("b").file("files/x.png", b"x").write(tmp_path)
    described = run("a").value("img", {"_type": "image-file", "path": path}).file("files/x", b"").finished()
    (described.write(tmp_path) / "files/link.png").symlink_to(tmp_path / "secret.png")
    found = only(tmp_path, described)
    assert [media.path for media in found.media] == [""]
    (problem,) = found.problems
    assert problem.where == "runs/digits/a/metrics.jsonl"
    assert problem.what.startswith("img at step 0: ")
    assert what in problem.what


def test_many_missing_files_are_counted(tmp_path):
    described = run("a").finished()
    for step in range(30):
        described.value("img", {"_type": "image-file", "path": "files/gone.png"}, step=step)
    found = only(tmp_path, described)
    assert len(found.media) == 30
    assert len(found.problems) == 21
    assert str(found.problems[-1]) == "runs/digits/a/metrics.jsonl: and 10 more media without their file"


def test_media_without_a_file_carry_their_own_data(tmp_path):
    found = only(tmp_path, run("a").histogram("weights", [0, 1, 2], [5, 6]).finished())
    (media,) = found.media
    assert (media.kind, media.path, media.value["values"]) == ("histogram", "", [5, 6])
    assert not found.problems


def test_linked_files_are_not_listed(tmp_path):
    (tmp_path / "secret").mkdir()
    (tmp_path / "secret/key").write_text("x")
    described = run("a").metric("x", [1]).file("files/sub/a.txt", b"1").finished()
    folder = described.write(tmp_path)
    (folder / "files/out").symlink_to(tmp_path / "secret")
    (folder / "files/key").symlink_to(tmp_path / "secret/key")
    assert [file.path for file in only(tmp_path, described).files] == ["sub/a.txt"]


def test_console_and_rows_of_all_writers_count(tmp_path):
    described = run("a").metric("loss", [3, 2]).console("zero 0\n", seconds=0).console("zero 2\n", seconds=2).finished()
    described.rank(1).metric("loss", [9]).console("one 1\n", stream="stderr", seconds=1).finished()
    found = only(tmp_path, described)
    assert found.rows == 3
    assert [chunk.text for chunk in found.console] == ["zero 0\n", "one 1\n", "zero 2\n"]
    assert found.console[1].stream == "stderr"


def test_a_newer_log_is_read_with_a_word_of_warning(tmp_path):
    found = only(
        tmp_path, run("a").environment(version=2).metric("x", [1]).line("run", b'{"type": "hologram"}\n').finished()
    )
    assert found.series["x"].values.tolist() == [1]
    (problem,) = found.problems
    assert str(problem).startswith("runs/digits/a/run.jsonl: written in version 2 of the run log")


def test_the_summary_takes_the_last_of_numbers_and_texts(tmp_path):
    described = run("a").value("a", 1, step=0).value("a", "two", step=1).value("b", "one", step=0).value("b", 2, step=1)
    assert only(tmp_path, described).summary == {"a": "two", "b": 2.0}


def test_a_folder_name_that_is_no_text(tmp_path):
    folder = run("a").metric("x", [1]).finished().write(tmp_path)
    odd = folder.parent / "odd\udcff"
    folder.rename(odd)
    (found,) = load(tmp_path).projects[0].runs
    found.name.encode()
    assert found.id == "odd\ufffd"


def test_runs_are_oldest_first_and_those_without_a_time_last(tmp_path):
    (tmp_path / "runs/digits/0").mkdir(parents=True)
    (tmp_path / "runs/digits/0/metrics.jsonl").write_text('{"x": 1}\n')
    project = project_model(
        tmp_path, run("a").at(50).metric("x", [1]), run("c").metric("x", [1]), run("b").metric("x", [1])
    )
    assert [run.id for run in project.runs] == ["b", "c", "a", "0"]
