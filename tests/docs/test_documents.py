"""What the documentation tells people to type works as it stands there."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).parents[2]
DOCS = REPOSITORY / "docs"


def blocks(document: str, language: str) -> list[str]:
    """The fenced blocks of a language in a document."""
    text = (DOCS / document).read_text(encoding="utf-8")
    return [found[2] for found in re.findall(rf"^(`{{3,4}})({language})\n(.*?)^\1$", text, re.DOTALL | re.MULTILINE)]


def run(*command: str, folder: Path) -> str:
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def build(folder: Path, *options: str) -> str:
    """Build with `python -m reportgen`, which is what the console script does."""
    return run(sys.executable, "-m", "reportgen", "build", *options, folder=folder)


@pytest.fixture(scope="module")
def first_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The project that a reader of the tutorial has at its end, built with `--strict`."""
    folder = tmp_path_factory.mktemp("first")
    (folder / "train.py").write_text(blocks("tutorial/first-site.md", "python")[0], encoding="utf-8")
    run(sys.executable, "train.py", folder=folder)
    build(folder)
    (folder / "reports").mkdir()
    report = blocks("tutorial/first-site.md", "markdown")[0]
    (folder / "reports" / "steps.md").write_text(report, encoding="utf-8")
    build(folder, "--strict")
    return folder


def test_the_tutorial_leads_to_a_site(first_site: Path) -> None:
    assert len(list((first_site / "runs" / "line").iterdir())) == 4
    report = (first_site / "site" / "reports" / "steps" / "index.html").read_text(encoding="utf-8")
    assert "lr-" in report
    assert "rg-panel" in report


def test_the_reader_of_site_data_reads_this_site(first_site: Path) -> None:
    code = blocks("reference/site-data.md", "python")[0]
    assert run(sys.executable, "-c", code, folder=first_site) == "line 4 runs, 2 metrics\n"


def test_the_report_of_the_readme_can_be_built(first_site: Path, tmp_path: Path) -> None:
    text = (REPOSITORY / "README.md").read_text(encoding="utf-8")
    found = re.search(r"````markdown\n(.*?)````", text, re.DOTALL)
    assert found is not None
    folder = shutil.copytree(first_site, tmp_path / "project")
    (folder / "reports" / "first.md").write_text(found[1].replace("val/acc", "slope"), encoding="utf-8")
    build(folder, "--strict")


def test_a_shell_can_log_a_run(tmp_path: Path) -> None:
    run("bash", "-euc", blocks("how-to/instrument.md", "bash")[0], folder=tmp_path)
    build(tmp_path, "--strict")
    assert (tmp_path / "site" / "runs" / "from-bash" / "index.html").is_file()
