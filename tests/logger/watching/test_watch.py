"""Watching torch modules, with torch where it is installed."""

import json
from pathlib import Path

import pytest

from tests.logger.logs import rows

torch = pytest.importorskip("torch", reason="watch is for torch modules, and torch is not installed")


def network():
    return torch.nn.Sequential(torch.nn.Linear(4, 3), torch.nn.ReLU(), torch.nn.Linear(3, 2))


def train(model, run, steps=4):
    for step in range(steps):
        loss = model(torch.ones(5, 4)).square().sum()
        loss.backward()
        run.log({"loss": loss.item(), "i": step})


def keys(run):
    """What each step has, its lines put together as the reader does."""
    found = {}
    for row in rows(run.folder):
        found.setdefault(row["_step"], set()).update(row.keys() - {"_step"})
    return found


GRADIENTS = {"gradients/0.weight", "gradients/0.bias", "gradients/2.weight", "gradients/2.bias"}
PARAMETERS = {name.replace("gradients", "parameters") for name in GRADIENTS}


def test_gradients_are_logged_in_the_step_of_the_loss(begin):
    run = begin()
    model = network()
    run.watch(model, log_freq=2)
    train(model, run)
    assert keys(run) == {0: GRADIENTS | {"loss", "i"}, 1: {"loss", "i"}, 2: GRADIENTS | {"loss", "i"}, 3: {"loss", "i"}}


def test_a_histogram_counts_every_number(begin):
    run = begin()
    model = network()
    run.watch(model, log="all", log_freq=1)
    train(model, run, steps=1)
    logged = {key: value for row in rows(run.folder) for key, value in row.items() if isinstance(value, dict)}
    assert set(logged) == GRADIENTS | PARAMETERS
    for key, value in logged.items():
        parameter = dict(model.named_parameters())[key.partition("/")[2]]
        tensor = parameter.grad if key.startswith("gradients") else parameter
        assert sum(value["values"]) == tensor.numel()
        assert value["bins"][0] - 1e-5 <= tensor.min().item() <= tensor.max().item() <= value["bins"][-1] + 1e-5


def test_parameters_are_not_logged_in_evaluation(begin):
    run = begin()
    model = network().eval()
    run.watch(model, log="parameters", log_freq=1)
    model(torch.ones(1, 4))
    run.log({"a": 1})
    assert keys(run) == {0: {"a"}}


def test_the_graph_is_a_table_with_shapes(begin):
    run = begin()
    model = network()
    run.watch(model, torch.nn.MSELoss(), log=None, log_graph=True)
    train(model, run, steps=2)
    (table,) = [row["graph_0"] for row in rows(run.folder) if "graph_0" in row]
    assert json.loads(Path(run.folder, table["path"]).read_text())["data"] == [
        ["(model)", "Sequential", "5 x 2", 23, 23],
        ["0", "Linear", "5 x 3", 15, 15],
        ["1", "ReLU", "5 x 3", 0, 0],
        ["2", "Linear", "5 x 2", 8, 8],
        ["(criterion)", "MSELoss", "", 0, 0],
    ]


@pytest.mark.parametrize(
    "values",
    [[float("nan"), 1.0, 2.0], [float("inf"), 3.0], [5.0, 5.0, 5.0], [0.0], [-3e38, 3e38], [float("nan")]],
)
def test_odd_gradients_never_end_training(begin, capsys, values):
    run = begin()
    model = torch.nn.Linear(len(values), 1, bias=False)
    run.watch(model, log_freq=1)
    (model(torch.tensor([values])).sum() * 1.0).backward()
    run.log({"a": 1})
    run.finish()
    assert rows(run.folder)[-1]["a"] == 1
    assert capsys.readouterr().err == ""


@pytest.mark.parametrize("kind", [torch.float16, torch.bfloat16, torch.float64])
def test_every_kind_of_number(begin, kind):
    run = begin()
    model = torch.nn.Linear(2, 2).to(kind)
    run.watch(model, log_freq=1)
    model(torch.ones(1, 2, dtype=kind)).sum().backward()
    assert set(keys(run)[0]) == {"gradients/weight", "gradients/bias"}


def test_sparse_gradients(begin):
    run = begin()
    model = torch.nn.Embedding(10, 2, sparse=True)
    run.watch(model, log_freq=1)
    model(torch.tensor([1, 2])).sum().backward()
    (row,) = rows(run.folder)
    assert sum(row["gradients/weight"]["values"]) == 4


def test_several_models_and_unwatch(begin):
    run = begin()
    first, second = torch.nn.Linear(1, 1, bias=False), torch.nn.Linear(1, 1, bias=False)
    run.watch([first, second], log_freq=1)
    for model in (first, second):
        model(torch.ones(1, 1)).sum().backward()
    run.log({"a": 1})
    run.unwatch(first)
    for model in (first, second):
        model(torch.ones(1, 1)).sum().backward()
    run.log({"a": 2})
    run.unwatch()
    second(torch.ones(1, 1)).sum().backward()
    run.log({"a": 3})
    both = {"gradients/weight", "gradients/graph_1.weight", "a"}
    assert keys(run) == {0: both, 1: both - {"gradients/weight"}, 2: {"a"}}


def test_what_cannot_be_watched_is_told(begin, capsys):
    run = begin()
    model = network()
    run.watch(3)
    assert "a int is no torch module" in capsys.readouterr().err
    run.watch(model)
    run.watch(model)
    assert capsys.readouterr().err == ""  # one warning each topic


def test_hooks_are_silent_when_the_run_has_finished(begin, capsys):
    run = begin()
    model = network()
    run.watch(model, log="all", log_freq=1)
    run.finish()
    model(torch.ones(1, 4)).sum().backward()
    assert capsys.readouterr().err == ""
    assert not Path(run.folder, "metrics.jsonl").exists()
