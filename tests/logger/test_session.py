import ast
import inspect
import tomllib

import pytest

import reportgen
from reportgen.errors import UsageError
from reportgen.logger.run import Run
from tests.logger.logs import CHECKOUT, lines, only_run, records, rows, run_script


def test_before_init_every_use_says_what_to_do():
    assert reportgen.run is None
    uses = [
        lambda: reportgen.log({"a": 1}),
        lambda: reportgen.save("x"),
        lambda: reportgen.define_metric("x"),
        lambda: reportgen.config["lr"],
        lambda: reportgen.config.lr,
        lambda: reportgen.config.update({"a": 1}),
        lambda: reportgen.summary.__setitem__("a", 1),
    ]
    for use in uses:
        with pytest.raises(UsageError, match=r"Call reportgen\.init\(\) first"):
            use()
    reportgen.finish()


def test_the_module_follows_the_current_run(tmp_path):
    run = reportgen.init(project="p", capture=False, config={"lr": 1})
    assert reportgen.run is run
    assert isinstance(run, Run)
    reportgen.log({"a": 1})
    reportgen.log({"a": 2}, step=5)
    reportgen.config.lr = 2
    reportgen.summary["best"] = 1
    reportgen.define_metric("a", summary="max")
    (tmp_path / "model.bin").write_bytes(b"weights")
    assert reportgen.save("model.bin") == ["model.bin"]
    reportgen.finish(exit_code=2)
    assert reportgen.run is None
    folder = only_run("runs")
    assert rows(folder) == [{"_step": 0, "a": 1}, {"_step": 5, "a": 2}]
    assert records(folder, "config")[-1] == {"config": {"lr": 2}}
    assert records(folder, "summary") == [{"summary": {"best": 1}}]
    assert records(folder, "metric") == [{"name": "a", "summary": ["max"]}]
    assert records(folder, "finish")[0]["exit_code"] == 2


def test_log_after_finish_does_not_raise(capsys):
    reportgen.init(capture=False).finish()
    reportgen.log({"a": 1})
    assert "has finished" in capsys.readouterr().err


def test_a_second_init_finishes_the_first_run():
    first = reportgen.init(capture=False)
    second = reportgen.init(capture=False)
    assert first.finished
    assert reportgen.run is second
    assert records(first.folder, "finish")[0]["exit_code"] == 0


@pytest.mark.parametrize("reinit", [None, True, "default", "finish_previous"])
def test_by_default_all_runs_are_finished_first(reinit):
    first = reportgen.init(capture=False)
    beside = reportgen.init(capture=False, reinit="create_new")
    second = reportgen.init(capture=False, reinit=reinit)
    assert first.finished
    assert beside.finished
    assert reportgen.run is second


@pytest.mark.parametrize("reinit", [False, "return_previous"])
@pytest.mark.parametrize("mode", ["online", "disabled"])
def test_the_run_that_is_going_on_can_be_had_again(reinit, mode):
    first = reportgen.init(capture=False, mode=mode)
    assert reportgen.init(project="other", reinit=reinit) is first
    first.finish()
    second = reportgen.init(capture=False, reinit=reinit, mode=mode)
    assert second is not first
    assert reportgen.run is second


def test_several_runs_can_live_at_once(capsys):
    first = reportgen.init(project="p", capture=["console"])
    second = reportgen.init(project="p", capture=["console"], reinit="create_new")
    third = reportgen.init(project="p", capture=["console"], settings={"reinit": "create_new"})
    assert reportgen.run is first
    for number, run in enumerate((first, second, third)):
        run.log({"x": number})
        run.config["x"] = number
    reportgen.log({"x": 9})
    print("heard by all")
    second.finish()
    print("heard by two")
    assert reportgen.init(reinit="return_previous") is third
    reportgen.teardown()
    assert [[row["x"] for row in rows(run.folder)] for run in (first, second, third)] == [[0, 9], [1], [2]]
    heard = ["".join(chunk["text"] for chunk in lines(f"{run.folder}/console.jsonl")) for run in (first, second, third)]
    assert heard == ["heard by all\nheard by two\n", "heard by all\n", "heard by all\nheard by two\n"]
    assert capsys.readouterr().out == "heard by all\nheard by two\n"


def test_a_run_beside_others_does_not_become_the_current_one():
    run = reportgen.init(capture=False, reinit="create_new")
    assert reportgen.run is None
    with pytest.raises(UsageError, match="no run yet"):
        reportgen.log({"a": 1})
    reportgen.finish()
    assert not run.finished


def test_all_runs_end_with_the_process(tmp_path):
    code = """
import reportgen
for number in range(3):
    reportgen.init(project="p", capture=False, reinit="create_new").log({"a": number})
"""
    assert run_script(code, tmp_path)[0] == 0
    folders = list((tmp_path / "runs" / "p").iterdir())
    assert [records(folder, "finish")[0]["exit_code"] for folder in folders] == [0, 0, 0]


def test_setup_is_for_all_runs_and_teardown_ends_them():
    settings = reportgen.setup({"project": "shared", "run_group": "g"})
    assert (settings.project, settings.run_group) == ("shared", "g")
    first = reportgen.init(capture=False)
    second = reportgen.init(capture=False, settings=reportgen.Settings(run_group="other"), reinit="create_new")
    third = reportgen.init(capture=False, project="own", reinit="create_new")
    assert [run.project for run in (first, second, third)] == ["shared", "shared", "own"]
    assert [run.group for run in (first, second, third)] == ["g", "other", "g"]
    assert reportgen.setup().project == "shared"
    reportgen.teardown(3)
    assert [records(run.folder, "finish")[0]["exit_code"] for run in (first, second, third)] == [3, 3, 3]
    assert reportgen.init(capture=False).project == "uncategorized"


def test_functions_that_follow_the_run_have_its_signature_and_docstring():
    for name in reportgen._FOLLOWING:
        method = getattr(Run, name, None)
        if method is None:
            with pytest.raises(AttributeError):
                getattr(reportgen, name)
            continue
        function = getattr(reportgen, name)
        parameters = list(inspect.signature(method).parameters.values())[1:]
        assert list(inspect.signature(function).parameters.values()) == parameters, name
        assert (function.__name__, function.__doc__) == (name, method.__doc__)


def test_a_function_follows_as_soon_as_the_run_has_such_a_method(monkeypatch):
    monkeypatch.setattr(Run, "mark_preempting", lambda self, why="": (self, why), raising=False)
    monkeypatch.delitem(vars(reportgen), "mark_preempting", raising=False)
    function = reportgen.mark_preempting
    monkeypatch.delitem(vars(reportgen), "mark_preempting")
    run = reportgen.init(capture=False)
    assert function(why="now") == (run, "now")


def test_every_function_that_can_follow_is_public():
    assert [name for name in reportgen._FOLLOWING if hasattr(Run, name) and name not in reportgen.__all__] == []


def test_positions_are_for_the_project_alone():
    assert reportgen.init("digits", mode="disabled").project == "digits"
    with pytest.raises(TypeError):
        reportgen.init("lab", "digits")


def test_it_can_stand_in_for_wandb(tmp_path):
    code = """
import reportgen as wandb
wandb.login()
wandb.require("core")
settings = wandb.Settings(silent=True)
with wandb.init(project="digits", entity="lab", config={"lr": 0.1}, tags=["a"], settings=settings) as run:
    assert wandb.run is run
    wandb.define_metric("val/*", step_metric="epoch")
    wandb.config.update({"epochs": 2}, allow_val_change=True)
    for epoch in range(wandb.config.epochs):
        wandb.log({"val/acc": 0.5, "epoch": epoch, "image": wandb.Image([[0, 255], [255, 0]])})
    wandb.summary["best"] = 0.5
    wandb.alert(title="done", text="ok", level=wandb.AlertLevel.INFO)
    wandb.termlog("done")
try:
    wandb.sweep({})
except wandb.Error as error:
    assert "server" in str(error)
assert wandb.run is None
"""
    status, _, err = run_script(code, tmp_path)
    assert status == 0, err
    assert err == "reportgen: done\n"
    assert len(rows(only_run(tmp_path / "runs"))) == 2


def test_the_builders_module_does_not_hide_the_runs_configuration():
    from reportgen.config import BuildConfig

    run = reportgen.init(capture=False, config={"lr": 1})
    assert BuildConfig.__module__ == "reportgen.config"
    assert reportgen.config is run.config


def test_a_configuration_that_is_set_on_the_module_reaches_the_run():
    with pytest.raises(UsageError, match="no run yet"):
        reportgen.config = {"lr": 1}
    run = reportgen.init(capture=False, config={"seed": 1})
    reportgen.config = {"lr": 1}
    assert reportgen.config is run.config
    assert run.config.as_dict() == {"seed": 1, "lr": 1}


def test_every_public_name_is_there():
    reportgen.init(mode="disabled")
    for name in reportgen.__all__:
        assert getattr(reportgen, name) is not None
    assert set(dir(reportgen)) == set(reportgen.__all__)
    with pytest.raises(AttributeError, match="no attribute 'nonsense'"):
        _ = reportgen.nonsense


def test_types_are_declared_for_every_public_name():
    tree = ast.parse((CHECKOUT / "reportgen/__init__.py").read_text())
    (block,) = [node for node in tree.body if isinstance(node, ast.If)]
    declared = {
        alias.asname or alias.name for node in block.body if isinstance(node, ast.ImportFrom) for alias in node.names
    }
    declared |= {node.target.id for node in block.body if isinstance(node, ast.AnnAssign)}
    declared |= {target.id for node in block.body if isinstance(node, ast.Assign) for target in node.targets}
    assert set(reportgen.__all__) - {"__version__"} <= declared


def test_the_package_takes_its_version_from_here():
    settings = tomllib.loads((CHECKOUT / "pyproject.toml").read_text())
    assert "version" in settings["project"]["dynamic"]
    assert settings["tool"]["hatch"]["version"]["path"] == "reportgen/__init__.py"
