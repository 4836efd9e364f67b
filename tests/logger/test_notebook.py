"""Notebooks, with a real IPython shell and a real kernel, each in a process of its own."""

import json
import sys
import types
from pathlib import Path

import pytest

from reportgen.logger import notebook
from tests.logger.logs import records, rows, run_script

SHELL = """
from IPython.core.interactiveshell import InteractiveShell
shell = InteractiveShell.instance()
def cell(code):
    result = shell.run_cell(code)
    return result
"""
BEGIN = "import reportgen\nrun = reportgen.init(project='p', capture=False, config={'lr': 0.1})\nrun.log({'a': 1})"


@pytest.fixture(scope="module", autouse=True)
def ipython():
    pytest.importorskip("IPython")


def runs(folder):
    """The run folders, oldest first."""
    return sorted((folder / "runs" / "p").iterdir(), key=lambda path: records(path, "start")[0]["time"])


def notebook_of(folder, code, **more):
    """Run a script that drives a shell; returns its output."""
    status, out, err = run_script(SHELL + code, folder, IPYTHONDIR=str(folder / "ipython"), **more)
    assert status == 0, err
    return out, err


def test_a_cell_may_run_again_and_the_last_run_ends_with_the_kernel(tmp_path):
    notebook_of(tmp_path, f"for _ in range(3):\n    assert cell({BEGIN!r}).success\ncell('run.log({{\"b\": 2}})')\n")
    first, second, last = runs(tmp_path)
    assert [records(run, "finish")[0]["exit_code"] for run in (first, second, last)] == [0, 0, 0]
    assert [len(rows(run)) for run in (first, second, last)] == [1, 1, 2]


def test_an_exception_in_a_cell_does_not_fail_the_run(tmp_path):
    code = f"cell({BEGIN!r})\nassert not cell('1 / 0').success\ncell('run.log({{\"b\": 2}})')\n"
    notebook_of(tmp_path, code)
    (run,) = runs(tmp_path)
    assert records(run, "finish")[0]["exit_code"] == 0
    assert len(rows(run)) == 2


def test_the_configuration_may_change_without_a_word(tmp_path):
    change = "run.config.lr = 0.2"
    _, err = notebook_of(tmp_path, f"cell({BEGIN!r})\nassert cell({change!r}).success\n")
    assert err == ""
    assert records(runs(tmp_path)[0], "config")[-1] == {"config": {"lr": 0.2}}


def test_a_run_at_the_end_of_a_cell_shows_its_card(tmp_path):
    code = f"""
from IPython.core.formatters import DisplayFormatter
cell({BEGIN!r})
shown, _ = DisplayFormatter().format(shell.user_ns["run"])
print("a</th>" in shown["text/html"], shell.user_ns["run"].display())
"""
    assert notebook_of(tmp_path, code)[0] == "True False\n"


@pytest.mark.parametrize(
    ("variables", "program"),
    [
        ({"WANDB_NOTEBOOK_NAME": "named.ipynb"}, "named.ipynb"),
        ({"JPY_SESSION_NAME": "/somewhere/else/study.ipynb"}, "study.ipynb"),
        ({"REPORTGEN_NOTEBOOK_NAME": "named.ipynb", "JPY_SESSION_NAME": "study.ipynb"}, "named.ipynb"),
    ],
    ids=["named", "jupyter", "named over jupyter"],
)
def test_the_program_is_the_notebook(tmp_path, variables, program):
    notebook_of(tmp_path, f"cell({BEGIN!r})\n", **variables)
    assert records(runs(tmp_path)[0], "start")[0]["program"] == program


def test_a_script_is_no_notebook(tmp_path):
    code = "import reportgen\nreportgen.init(project='p', capture=False)\n"
    assert run_script(code, tmp_path, JPY_SESSION_NAME="study.ipynb")[0] == 0
    assert records(runs(tmp_path)[0], "start")[0]["program"] == "train.py"


def pretend(monkeypatch, **shell):
    """An IPython whose shell has these attributes."""
    module = types.ModuleType("IPython")
    module.get_ipython = lambda: types.SimpleNamespace(**shell)
    monkeypatch.setitem(sys.modules, "IPython", module)


def test_visual_studio_code_says_it_in_a_variable(monkeypatch, tmp_path):
    (tmp_path / "study.ipynb").write_text("{}")
    pretend(monkeypatch, user_ns={"__vsc_ipynb_file__": str(tmp_path / "study.ipynb")})
    assert notebook.notebook_name() == "study.ipynb"


def test_save_code_keeps_the_notebook(monkeypatch, tmp_path, begin):
    (tmp_path / "study.ipynb").write_text('{"cells": []}')
    monkeypatch.setenv("JPY_SESSION_NAME", str(tmp_path / "study.ipynb"))
    monkeypatch.delattr(sys.modules["__main__"], "__file__", raising=False)
    pretend(monkeypatch, user_ns={})
    run = begin(save_code=True)
    assert json.loads(Path(run.folder, "files/code/study.ipynb").read_text()) == {"cells": []}


KERNEL = """
import queue
from jupyter_client.manager import start_new_kernel
manager, client = start_new_kernel(kernel_name="python3")
def execute(code):
    client.execute_interactive(code, timeout=60, output_hook=lambda message: print(message["header"]["msg_type"]))
execute({begin!r})
execute("run.display()")
client.stop_channels()
manager.shutdown_kernel(now=False)
"""


def test_the_last_run_ends_when_a_real_kernel_is_shut_down(tmp_path):
    pytest.importorskip("ipykernel")
    code = KERNEL.format(begin=BEGIN)
    status, out, err = run_script(
        code, tmp_path, IPYTHONDIR=str(tmp_path / "i"), JUPYTER_RUNTIME_DIR=str(tmp_path / "j")
    )
    assert status == 0, err
    assert "display_data" in out
    (run,) = runs(tmp_path)
    assert records(run, "finish")[0]["exit_code"] == 0
