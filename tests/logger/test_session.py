import ast
import tomllib

import pytest

import reportgen
from reportgen.errors import UsageError
from reportgen.logger.run import Run
from tests.logger.logs import CHECKOUT, only_run, records, rows


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
    assert records(first.dir, "finish")[0]["exit_code"] == 0


def test_the_builders_module_does_not_hide_the_runs_configuration():
    from reportgen.config import BuildConfig

    run = reportgen.init(capture=False, config={"lr": 1})
    assert BuildConfig.__module__ == "reportgen.config"
    assert reportgen.config is run.config


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
