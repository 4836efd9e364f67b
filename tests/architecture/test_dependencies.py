"""What the package imports is what it declares."""

import ast
import importlib.metadata
import re
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
USED_WHERE_THERE = {
    "PIL",
    "bokeh",
    "distributed",
    "fsspec",
    "imageio_ffmpeg",
    "matplotlib",
    "plotly",
    "pyarrow",
    "pynvml",
    "rdkit",
    "sklearn",
    "torch",
}
"""Imported when the user's own script has them, or asked for what an extra brings."""
COMES_WITH_ANOTHER = {"markupsafe": "jinja2"}
IMPORTED_BY_OTHERS = {
    "pygments": "pymdown-extensions highlights with it",
    "pymdown-extensions": "Markdown loads extensions by name",
}


def imported() -> set[str]:
    """Top-level names of all imports that are neither ours nor the standard library's."""
    names: set[str] = set()
    for path in (ROOT / "reportgen").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                names |= {alias.name.split(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module and node.level == 0:
                names.add(node.module.split(".")[0])
    return names - sys.stdlib_module_names - {"reportgen"}


def test_imports_are_declared_and_declarations_are_imported() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    declared = {re.split(r"[<>=!~; \[]", requirement)[0].lower() for requirement in project["dependencies"]}
    providers = importlib.metadata.packages_distributions()
    needed = {
        COMES_WITH_ANOTHER.get(name) or providers[name][0].lower()
        for name in imported()
        if name not in USED_WHERE_THERE
    }
    assert needed - declared == set()
    assert declared - needed - set(IMPORTED_BY_OTHERS) == set()


def test_every_dependency_has_a_floor() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert [requirement for requirement in project["dependencies"] if ">=" not in requirement] == []
