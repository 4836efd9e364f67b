"""Other programs, each installed from PyPI in an environment of its own below ``benchmarks/.venvs``."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

FOLDER = Path(__file__).resolve().parent / ".venvs"
PEERS = {
    "wandb": ["wandb"],
    "trackio": ["trackio"],
    # tensorboard still imports pkg_resources; without crc32c, tensorboardX computes its checksums in Python
    "tensorboardX": ["tensorboardX", "tensorboard", "setuptools<81", "crc32c"],
}


def peer_pythons(names: Iterable[str] = PEERS) -> dict[str, str]:
    """The interpreter of each peer's environment; made on the first call."""
    return {name: str(installed(name, PEERS[name])) for name in names}


def installed(name: str, requirements: list[str]) -> Path:
    """The interpreter of one environment, with what the measurements need beside the peer."""
    folder = FOLDER / name
    python, done = folder / "bin" / "python", folder / "installed"
    wanted = " ".join(["orjson", "numpy", *requirements])
    if not done.exists() or done.read_text() != wanted:
        print(f"installing {name} …", flush=True)
        subprocess.run([sys.executable, "-m", "venv", folder], check=True)
        subprocess.run([python, "-m", "pip", "install", "--quiet", *wanted.split()], check=True)
        done.write_text(wanted)
    return python
