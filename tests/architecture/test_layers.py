"""The contracts of pyproject.toml: who may import whom, checked by import-linter."""

import subprocess
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
LINT = "import sys; from importlinter.cli import lint_imports; sys.exit(lint_imports(cache_dir=None))"


def lint(folder: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", LINT]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)


def test_every_contract_is_kept() -> None:
    done = lint(ROOT)
    assert done.returncode == 0, done.stdout + done.stderr
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    assert f"Contracts: {len(contracts)} kept, 0 broken." in done.stdout


def test_an_import_against_the_layers_is_found(tmp_path: Path) -> None:
    """The contracts can fail: the same configuration over a package that breaks two of them."""
    settings = (ROOT / "pyproject.toml").read_text()
    (tmp_path / "pyproject.toml").write_text(settings)
    for path in (ROOT / "reportgen").rglob("*.py"):
        copy = tmp_path / path.relative_to(ROOT)
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_text("import altair\nimport reportgen.site\n" if path.name == "model.py" else "")
    done = lint(tmp_path)
    assert done.returncode == 1
    assert "reportgen.model -> reportgen.site" in done.stdout
    assert "reportgen.model -> altair" in done.stdout
