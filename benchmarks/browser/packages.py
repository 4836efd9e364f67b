"""Other libraries for the browser, installed from npm below ``benchmarks/.npm`` at the time of the benchmark."""

from __future__ import annotations

import subprocess
from pathlib import Path

FOLDER = Path(__file__).resolve().parents[1] / ".npm"


def package(wanted: str) -> Path:
    """The folder of a package, ``name@version``; installed on the first call, without the scripts that it may bring."""
    name = wanted.rpartition("@")[0]
    home = FOLDER / wanted.replace("/", "-")
    done = home / "installed"
    if not done.exists():
        print(f"installing {wanted} …", flush=True)
        home.mkdir(parents=True, exist_ok=True)
        (home / "package.json").write_text('{"private": true}')
        command = ["npm", "install", "--silent", "--ignore-scripts", "--no-audit", "--no-fund", wanted]
        subprocess.run(command, cwd=home, check=True)
        done.touch()
    return home / "node_modules" / name
