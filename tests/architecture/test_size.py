"""Modules, functions and signatures stay small enough to read."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
MODULE_LINES = 300
FUNCTION_LINES = 50
PARAMETERS = 5
WIDE_ON_PURPOSE = {
    "reportgen/logger/session.py init": "takes what wandb.init takes, so that scripts move over unchanged",
    "reportgen/results/places.py redirect_request": "takes what urllib gives it",
    "reportgen/logger/without_server.py login": "likewise, of wandb.login",
    "reportgen/compat/wandb/api.py runs": "takes what wandb.Api().runs takes",
    "reportgen/logger/watching/watch.py watch": "takes what wandb.watch takes",
    "reportgen/logger/metrics.py define_metric": "takes what wandb.define_metric takes",
    "reportgen/logger/session.py define_metric": "takes what wandb.define_metric takes",
    "reportgen/logger/media/image.py __init__": "takes what wandb.Image takes",
    "reportgen/logger/media/table.py __init__": "takes what wandb.Table takes",
    "reportgen/logger/media/eval_table.py __init__": "takes what wandb.EvalTable takes",
    "reportgen/logger/media/object3d.py box3d": "takes what wandb.box3d takes",
    "reportgen/logger/artifacts/artifact.py __init__": "takes what wandb.Artifact takes",
    "reportgen/logger/artifacts/contents.py add_file": "takes what wandb.Artifact.add_file takes",
    "reportgen/logger/files/saved_files.py restore_file": "what wandb.restore takes, and where the run is",
    "reportgen/logger/plot/columns.py line": "wandb's signature",
    "reportgen/logger/plot/columns.py line_series": "wandb's signature",
    "reportgen/logger/plot/confusion.py confusion_matrix": "wandb's signature",
    "reportgen/logger/plot/curves.py roc_curve": "wandb's signature",
    "reportgen/logger/plot/curves.py pr_curve": "wandb's signature",
}
"""Functions that may take more parameters, and why. Options of a command are exempt: each is a parameter for click."""
FORBIDDEN_NAMES = {"utils", "util", "misc", "helpers", "helper", "common", "core", "base"}

Function = ast.FunctionDef | ast.AsyncFunctionDef


def python_modules() -> list[Path]:
    return sorted([*(ROOT / "reportgen").rglob("*.py"), ROOT / "hatch_build.py"])


def browser_modules() -> list[Path]:
    client = ROOT / "themes" / "client"
    return sorted(path for path in client.rglob("*.ts") if "node_modules" not in path.parts)


def functions(path: Path) -> Iterator[Function]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, Function):
            yield node


def parameters(function: Function) -> list[str]:
    """Names of what a caller passes."""
    arguments = function.args
    names = [argument.arg for argument in [*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs]]
    return [name for name in names if name not in {"self", "cls"}]


def is_command(function: Function) -> bool:
    """Whether click calls it: a decorator is ``something.command(…)`` or ``something.option(…)``."""
    called = [node.func for node in function.decorator_list if isinstance(node, ast.Call)]
    return any(isinstance(name, ast.Attribute) and name.attr in {"command", "option", "argument"} for name in called)


def lines_of_code(function: Function) -> int:
    """From ``def`` to the end, without the docstring: explaining is not what makes a function long."""
    first = function.body[0]
    is_text = isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant)
    docstring = (first.end_lineno or 0) - first.lineno + 1 if is_text else 0
    return (function.end_lineno or 0) - function.lineno + 1 - docstring


def where(path: Path, function: Function) -> str:
    return f"{path.relative_to(ROOT)}:{function.lineno} {function.name}"


@pytest.mark.parametrize("modules", [python_modules, browser_modules])
def test_a_module_fits_in_the_head(modules) -> None:
    lengths = {path: len(path.read_text(encoding="utf-8").splitlines()) for path in modules()}
    assert lengths, "no modules found: this test looks in the wrong place"
    long = [f"{path.relative_to(ROOT)}: {length} lines" for path, length in lengths.items() if length > MODULE_LINES]
    assert long == []


def test_a_function_fits_on_a_screen() -> None:
    long = [
        f"{where(path, function)}: {length} lines"
        for path in python_modules()
        for function in functions(path)
        if (length := lines_of_code(function)) > FUNCTION_LINES
    ]
    assert long == []


def test_a_function_takes_few_parameters() -> None:
    wide = [
        f"{where(path, function)}: {', '.join(names)}"
        for path in python_modules()
        if path.name != "hatch_build.py"
        for function in functions(path)
        if len(names := parameters(function)) > PARAMETERS
        and f"{path.relative_to(ROOT)} {function.name}" not in WIDE_ON_PURPOSE
        and not is_command(function)
    ]
    assert wide == []


def test_files_are_named_after_what_is_in_them() -> None:
    vague = [
        str(path.relative_to(ROOT))
        for path in [*python_modules(), *browser_modules()]
        if FORBIDDEN_NAMES & {path.stem, *path.relative_to(ROOT).parent.parts}
    ]
    assert vague == []
