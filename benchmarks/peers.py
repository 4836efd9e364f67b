"""Other loggers, each installed from PyPI in an environment of its own below ``benchmarks/.venvs``."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

FOLDER = Path(__file__).resolve().parent / ".venvs"
PEERS = {
    "wandb": ["wandb"],
    "trackio": ["trackio"],
    "tensorboardX": ["tensorboardX", "tensorboard", "setuptools<81"],  # tensorboard still imports pkg_resources
}


def peer_pythons() -> dict[str, str]:
    """The interpreter of each peer's environment; made on the first call."""
    return {name: str(installed(name, requirements)) for name, requirements in PEERS.items()}


def installed(name: str, requirements: list[str]) -> Path:
    """The interpreter of one environment, with orjson beside the peer for the raw write."""
    folder = FOLDER / name
    python, done = folder / "bin" / "python", folder / "installed"
    if not done.exists():
        print(f"installing {name} …", flush=True)
        subprocess.run([sys.executable, "-m", "venv", folder], check=True)
        subprocess.run([python, "-m", "pip", "install", "--quiet", "orjson", *requirements], check=True)
        done.touch()
    return python
