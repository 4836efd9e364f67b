"""The wheel, made from the source distribution without Node, in an empty environment outside the checkout."""

import json
import os
import subprocess
import sys
import tarfile
import zipfile
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
TRAIN = """
import reportgen

with reportgen.init(project="digits", config={"lr": 0.1}) as run:
    for step in range(5):
        run.log({"loss": 1 / (step + 1)})
"""

FOLLOWER = "live.js"
"""What `reportgen serve` adds to pages; no site has it."""


@dataclass(frozen=True)
class Installation:
    """A wheel and the environment that it was installed into."""

    wheel: Path
    folder: Path

    @property
    def node_log(self) -> Path:
        return self.folder / "node-was-called"

    @property
    def binaries(self) -> Path:
        return self.folder / "environment" / "bin"

    def environment(self) -> dict[str, str]:
        """Node and npm are there only to tell on whoever calls them; nothing leads back to the checkout."""
        inherited = {
            name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "VIRTUAL_ENV"))
        }
        return inherited | {"PATH": f"{self.folder / 'no-node'}:/usr/bin:/bin"}

    def attempt(self, *command: str | Path, at: Path) -> subprocess.CompletedProcess[str]:
        words = [str(word) for word in command]
        return subprocess.run(words, cwd=at, env=self.environment(), capture_output=True, text=True, check=False)

    def run(self, *command: str | Path, at: Path) -> str:
        done = self.attempt(*command, at=at)
        assert done.returncode == 0, f"{command}\n{done.stdout}\n{done.stderr}"
        return done.stdout

    def assets(self, site: Path) -> dict[str, Path]:
        """Logical name -> file in a site, by the list in the wheel."""
        with zipfile.ZipFile(self.wheel) as archive:
            listing = json.loads(archive.read("reportgen/_themes/reportgen/assets/assets.json"))
        return {name: site / "assets" / file for name, file in listing.items() if name != FOLLOWER}


@pytest.fixture(scope="module")
def installation(tmp_path_factory: pytest.TempPathFactory) -> Installation:
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "build", "--no-isolation", "--outdir", folder]
    subprocess.run([*build, "--sdist", ROOT], check=True, capture_output=True)
    (source,) = folder.glob("reportgen-*.tar.gz")
    with tarfile.open(source) as archive:
        archive.extractall(folder / "source", filter="data")
    (unpacked,) = (folder / "source").iterdir()

    unfinished = Installation(folder, folder)
    (folder / "no-node").mkdir()
    for name in ("node", "npm", "npx"):
        trap = folder / "no-node" / name
        trap.write_text(f"#!/bin/sh\necho {name} >> '{unfinished.node_log}'\nexit 97\n")
        trap.chmod(0o755)
    unfinished.run(*build, "--wheel", unpacked, at=folder)
    (wheel,) = folder.glob("reportgen-*.whl")
    unfinished.run(sys.executable, "-m", "venv", folder / "environment", at=folder)
    unfinished.run(unfinished.binaries / "pip", "install", "--quiet", wheel, at=folder)
    return Installation(wheel, folder)


@pytest.fixture(scope="module")
def project(installation: Installation, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with one run, logged and built with what was installed."""
    folder = tmp_path_factory.mktemp("study")
    (folder / "train.py").write_text(TRAIN)
    installation.run(installation.binaries / "python", "train.py", at=folder)
    installation.run(installation.binaries / "reportgen", "build", at=folder)
    return folder


UNUSED = {"plotly.js", "space.js", "bokeh.js"}
"""What a site of these runs has no use for, and does not carry."""


def test_nothing_called_node(installation: Installation, project: Path) -> None:
    assert (project / "site").is_dir()
    assert not installation.node_log.exists()


def test_the_wheel_holds_the_package_and_the_built_theme_and_nothing_else(installation: Installation) -> None:
    with zipfile.ZipFile(installation.wheel) as archive:
        names = set(archive.namelist())
    folders = {name.split("/")[0] for name in names}
    assert {folder for folder in folders if not folder.endswith(".dist-info")} == {"reportgen"}
    theme = "reportgen/_themes/reportgen"
    expected = {"reportgen/py.typed", "reportgen/publish/github_workflow.yml", f"{theme}/mkdocs_theme.yml"}
    assert expected <= names
    assert not {name for name in names if "node_modules" in name or name.endswith((".ts", ".pyc"))}
    templates = {path.relative_to(ROOT / "themes").as_posix() for path in (ROOT / "themes/reportgen").rglob("*.html")}
    assert {f"reportgen/_themes/{template}" for template in templates} <= names
    for name, file in installation.assets(Path(theme)).items():
        assert file.as_posix() in names, name


def test_it_is_not_the_checkout_that_is_imported(installation: Installation, project: Path) -> None:
    where = installation.run(
        installation.binaries / "python", "-c", "import reportgen; print(reportgen.__file__)", at=project
    )
    assert Path(where.strip()).is_relative_to(installation.folder / "environment")


def test_the_site_has_its_pages_and_everything_they_load(installation: Installation, project: Path) -> None:
    site = project / "site"
    (run,) = (project / "runs" / "digits").iterdir()
    pages = ["index.html", "workspace/index.html", "runs/index.html", f"runs/{run.name}/index.html"]
    assets = installation.assets(site)
    assert {"head.js", "reportgen.css", "reportgen.js", "vega.js"} <= set(assets)
    for name, file in assets.items():
        assert file.is_file() == (name not in UNUSED), name
    for page in pages:
        html = (site / page).read_text(encoding="utf-8")
        up = "../" * page.count("/")
        assert f'src="{up}assets/{assets["reportgen.js"].name}"' in html, page
        assert f'href="{up}assets/{assets["reportgen.css"].name}"' in html, page


def test_plain_mkdocs_finds_the_plugin_and_the_theme(installation: Installation, project: Path) -> None:
    (project / "docs").mkdir()
    (project / "docs" / "index.md").write_text("# Handbook\n\nA page of prose.\n")
    settings = "site_name: Handbook\ntheme:\n  name: reportgen\nplugins:\n  - reportgen:\n      at: results\n"
    (project / "mkdocs.yml").write_text(settings)
    installation.run(installation.binaries / "mkdocs", "build", "--site-dir", "handbook", at=project)
    site = project / "handbook"
    assert "A page of prose." in (site / "index.html").read_text(encoding="utf-8")
    assert (site / "results" / "runs" / "index.html").is_file()
    for name, file in installation.assets(site).items():
        assert file.is_file() == (name not in UNUSED), name


@pytest.fixture(scope="module")
def thin(installation: Installation, tmp_path_factory: pytest.TempPathFactory) -> Installation:
    """The same wheel in an environment with nothing else in it."""
    folder = tmp_path_factory.mktemp("thin")
    (folder / "no-node").mkdir()
    made = Installation(installation.wheel, folder)
    made.run(sys.executable, "-m", "venv", folder / "environment", at=folder)
    made.run(made.binaries / "pip", "install", "--quiet", "--no-deps", installation.wheel, at=folder)
    return made


THIN_TRAIN = """
import sys
before = set(sys.modules)
import reportgen as wandb

with wandb.init(project="digits", config={"lr": 0.1}, sample_seconds=0.1) as run:
    for step in range(5):
        run.log({"loss": 1 / (step + 1), "nested": {"nan": float("nan")}, "text": "é"})
    run.log({"table": wandb.Table(["a"], [[1]]), "histogram": wandb.Histogram([1, 2, 3])})
    run.config.update({"lr": 0.2}, allow_val_change=True)
    run.summary["best"] = 1
    del run.summary["text"]
    wandb.alert("done", "all of it")
loaded = {name.partition(".")[0] for name in set(sys.modules) - before}
print(sorted(loaded - set(sys.stdlib_module_names)))
"""


def test_logging_needs_no_other_package(thin: Installation, installation: Installation, tmp_path: Path) -> None:
    (tmp_path / "train.py").write_text(THIN_TRAIN)
    done = thin.attempt(thin.binaries / "python", "train.py", at=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == "['reportgen']\n"
    (run,) = (tmp_path / "runs" / "digits").iterdir()
    rows = [json.loads(line) for line in (run / "metrics.jsonl").read_text().splitlines()]
    assert [row.get("loss") for row in rows] == [1, 1 / 2, 1 / 3, 1 / 4, 1 / 5, None]
    built = installation.run(installation.binaries / "reportgen", "build", "--strict", tmp_path, at=tmp_path)
    assert built.startswith("1 run, 6 rows")


@pytest.mark.parametrize("command", [["reportgen", "build"], ["reportgen", "--help"], ["python", "-m", "reportgen"]])
def test_the_command_says_what_is_missing(thin: Installation, tmp_path: Path, command: list[str]) -> None:
    done = thin.attempt(thin.binaries / command[0], *command[1:], at=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("reportgen: the package click is not installed\n  pip install reportgen ")
    assert done.stderr.count("\n") == 2


@pytest.mark.parametrize("code", ["reportgen.build('.')", "from reportgen import build"])
def test_building_from_python_says_what_is_missing(thin: Installation, tmp_path: Path, code: str) -> None:
    script = f"import reportgen\ntry:\n    {code}\nexcept ImportError as error:\n    print(type(error).__name__, error)"
    told = thin.run(thin.binaries / "python", "-c", script, at=tmp_path)
    assert told.startswith("InstallationError reportgen.build: the package mkdocs is not installed\n  pip install ")


def test_a_part_of_what_building_needs_is_not_enough(thin: Installation, tmp_path: Path) -> None:
    """Last: it changes the environment."""
    thin.run(thin.binaries / "pip", "install", "--quiet", "click", at=tmp_path)
    assert "Commands:" in thin.run(thin.binaries / "reportgen", "--help", at=tmp_path)
    done = thin.attempt(thin.binaries / "reportgen", "build", at=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("reportgen: the package msgspec is not installed\n  pip install reportgen ")
    assert done.stderr.count("\n") == 2
