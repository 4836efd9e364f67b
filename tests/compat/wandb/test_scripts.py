"""Scripts in the style of wandb's examples and of the frameworks' loggers, of which only the import line is ours.

Each runs as a process of its own in a common project folder, whose site is built at the end.
"""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from reportgen.config import BuildConfig
from reportgen.reading import load_workspace
from tests.logger.logs import environment

SCRIPTS = Path(__file__).parent / "scripts"
IMPORT = "import reportgen as wandb"
SWITCHED_OFF = ("quickstart", "epoch_axis", "growing_tables", "accelerate_tracker", "trainer_callback")
"""Scripts that need nothing of what they have logged."""


def run_script(name, folder, *arguments, status=0, **variables):
    """Run a script; it prints nothing to stderr but what is expected, and ends as expected."""
    command = [sys.executable, str(SCRIPTS / f"{name}.py"), *arguments]
    done = subprocess.run(
        command, cwd=folder, env=environment(**variables), capture_output=True, text=True, check=False
    )
    assert done.returncode == status, done.stderr
    return done.stdout, done.stderr


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("study")


@pytest.fixture
def run(folder):
    """Runs a script silently and reads what it has logged: the runs of its project, oldest first."""

    def run_silently(name, project, *arguments, out="", **variables):
        assert run_script(name, folder, *arguments, **variables) == (out, "")
        return runs(folder, project)

    return run_silently


def runs(folder, project):
    workspace = load_workspace(BuildConfig(folder=folder, site_dir=folder / "site"))
    assert [str(problem) for problem in workspace.all_problems()] == []
    (found,) = [each for each in workspace.projects if each.name == project]
    return sorted(found.runs, key=lambda each: each.started)


def kinds(run):
    return {medium.key: medium.kind for medium in run.media}


@pytest.mark.parametrize("path", sorted(SCRIPTS.glob("*.py")), ids=lambda path: path.stem)
def test_only_the_import_line_differs(path):
    assert [line for line in path.read_text().splitlines() if "reportgen" in line] == [IMPORT]


def test_quickstart(run):
    out = "".join(f"epoch {epoch}\n" for epoch in range(2, 10))
    (found,) = run("quickstart", "quickstart", out=out)
    assert (found.state, found.rows, len(found.series["acc"])) == ("finished", 8, 8)
    assert found.config["architecture"] == "CNN"
    assert [alert.title for alert in found.alerts] == ["Low accuracy"]


def test_configuration(run):
    (found,) = run("configuration", "configuration", "--learning-rate", "0.01")
    optimizer = {"name": "sgd", "momentum": 0.9, "nesterov": True}
    expected = {"batch_size": 64, "optimizer": optimizer, "learning_rate": 0.01, "debug": False, "dropout": 0.2}
    assert found.config == {**expected, "epochs": 3, "seed": 42}
    assert (found.name, found.tags, found.notes) == ("lr-0.01", ("baseline", "paper1", "tuned"), "tweak baseline")
    assert (list(found.series["epoch"].steps), list(found.series["epoch"].values)) == ([0, 1], [0, 2])


def test_an_axis_of_its_own(run):
    (found,) = run("epoch_axis", "epoch-axis")
    assert (found.rows, len(found.series["val/loss"])) == (44, 4)
    assert (found.summary["val/accuracy.max"], found.summary["val/loss.min"]) == (1, 0.5)
    assert (found.summary["test/accuracy"], found.summary["confusion.false_positives"]) == (0.93, 3)
    assert {metric.name: metric.step_metric for metric in found.definitions}["val/*"] == "epoch"


def test_media(run):
    (found,) = run("media", "media", MPLBACKEND="Agg")
    assert kinds(found) == {
        **dict.fromkeys(("array", "pil", "path", "examples", "segmented", "as an image"), "image-file"),
        **dict.fromkeys(("interactive", "wrapped"), "plotly-file"),
        **dict.fromkeys(("histogram", "counted", "weights"), "histogram"),
        **dict.fromkeys(("cloud", "scene", "mesh"), "object3D-file"),
        "pyplot": kinds(found)["pyplot"],
        "sound": "audio-file",
        "film": "video-file",
        "page": "html-file",
        "molecule": "molecule-file",
    }
    assert kinds(found)["pyplot"] in ("plotly-file", "image-file")


def test_tables(run):
    (found,) = run("growing_tables", "tables")
    assert set(kinds(found)) == {"predictions", "frame", "bare", "data", "growing", "changing"}
    assert set(kinds(found).values()) == {"table-file"}
    assert found.rows == 7


def test_a_pipeline_of_artifacts(run, folder):
    loaded, first, second, evaluated = run("pipeline", "pipeline")
    logged = [
        [(each.action, each.name, each.version) for each in one.artifact_records] for one in (loaded, first, second)
    ]
    assert logged == [
        [("log", "digits", "v0"), ("log", "digits-source", "v0")],
        [("use", "digits", "v0"), ("log", "digits-net", "v0"), ("log", "plain-model", "v0")],
        [("use", "digits", "v0"), ("log", "digits-net", "v1"), ("log", "plain-model", "v1")],
    ]
    used = [(each.name, each.version) for each in evaluated.artifact_records]
    assert used == [("digits-net", "v0"), ("plain-model", "v1")]
    assert [file.path for file in first.files if file.path.endswith(".md")] == ["notes.md"]
    assert (folder / "runs/model-registry").is_dir()


def test_a_watched_network(run):
    pytest.importorskip("torch")
    (found,) = run("watch_torch", "watch")
    layers = {key for key, kind in kinds(found).items() if kind == "histogram"}
    names = {"0.weight", "0.bias", "2.weight", "2.bias"}
    assert layers == {"activations", *(f"{what}/{name}" for what in ("gradients", "parameters") for name in names)}
    assert "graph_0" in kinds(found)
    assert len(found.series["norm"]) == 6
    assert "model.pt" in [file.path for file in found.files]


def test_a_run_that_goes_on(folder):
    assert run_script("resume", folder, status=9) == ("", "")
    assert run_script("resume", folder) == ("", "")
    (found,) = runs(folder, "resume")
    assert (found.state, found.rows, list(found.series["epoch"].values)) == ("finished", 6, list(range(6)))


def test_a_loop_over_settings(run):
    found = run("search_loop", "grid")
    assert len({each.group for each in found}) == 1
    assert [(each.name, each.job_type, each.rows, each.state) for each in found] == [
        ("overview", "overview", 4, "finished"),
        *((f"lr{rate}-b{size}", "train", 5, "finished") for rate in (0.1, 0.01) for size in (16, 32)),
        ("seed0", "seeds", 1, "finished"),
        ("seed1", "seeds", 1, "failed"),
    ]
    assert (found[0].summary["best/run"], found[0].summary["finished"]) == ("lr0.01-b16", 4)


def test_the_globals(folder):
    out, err = run_script("notebook_globals", folder)
    assert out == "second try globals nobody None -\n"
    assert re.sub(r"\x1b\[\d+m", "", err).splitlines() == [
        "reportgen: half way",
        "reportgen: warning: the loss does not move",
    ]
    first, second = runs(folder, "globals")
    assert (first.rows, second.rows, first.state, second.state) == (1, 3, "finished", "finished")
    assert (second.notes, second.tags, second.summary["note"]) == ("better", ("kept",), "looks good")


def test_charts(run):
    (found,) = run("charts", "charts")
    assert len(found.media) == 10
    assert {medium.kind for medium in found.media} == {"chart"}


def test_a_study_that_is_read_back(run):
    found = run("read_back", "study", out="read 2\n")
    chosen = found[1]
    assert (chosen.config["chosen"], chosen.summary["rank"], chosen.tags) == (True, 1, ("best",))
    assert [each.rows for each in found] == [20, 20, 20]


def test_a_logger_like_lightnings(run):
    (found,) = run("lightning_logger", "lightning")
    assert (found.id, found.name, found.state, found.rows) == ("l1", "baseline", "finished", 17)
    assert (found.config["lr"], found.config["path"]) == (1e-3, "data")
    assert list(found.series["val/loss"].steps) == [2, 5, 8, 11, 14]
    assert kinds(found) == {"val/examples": "image-file", "val/text": "table-file"}
    assert len([file for file in found.files if file.path.endswith(".ckpt")]) == 5
    assert [record.version for record in found.artifact_records] == ["v0", "v1", "v2", "v3", "v4", "v4"]


def test_a_callback_like_that_of_transformers(run):
    (found,) = run("trainer_callback", "trainer")
    assert (found.name, found.state, found.rows) == ("bert-small", "finished", 8)
    assert (found.config["model/num_parameters"], found.config["id2label"]) == (1234, {"0": "no", "1": "yes"})
    assert found.config["learning_rate"] == 5e-5
    assert (found.summary["train_runtime"], found.summary["eval/loss"]) == (12.5, 2 / 30)
    (record,) = found.artifact_records
    assert "final_model" in record.aliases


@pytest.mark.parametrize("mode", ["online", "offline"])
def test_a_tracker_like_accelerates(run, mode):
    *_, found = run("accelerate_tracker", "accelerate", WANDB_MODE=mode)
    assert found.config["lr"] == 1e-4
    assert list(found.series["train_loss"].steps) == list(range(1, 9))
    assert [medium.step for medium in found.media if medium.key == "validation"] == [4, 4, 8, 8]
    assert found.summary["val.fid"] == 12.5


@pytest.mark.parametrize("name", SWITCHED_OFF)
def test_a_run_that_is_switched_off_disturbs_nothing(name, tmp_path):
    _, err = run_script(name, tmp_path, WANDB_MODE="disabled")
    assert (err, list(tmp_path.iterdir())) == ("", [])


def test_the_site_of_all_of_them_is_built_without_a_problem(folder):
    command = [sys.executable, "-m", "reportgen", "build", "--strict"]
    done = subprocess.run(command, cwd=folder, env=environment(), capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    for project in (folder / "runs").iterdir():
        assert (folder / "site" / project.name).is_dir() or project.name == "model-registry"
