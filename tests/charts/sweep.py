"""The study that chart tests draw: two optimisers, four learning rates, three seeds, and hostile names."""

import atexit
import functools
import tempfile
from pathlib import Path

from reportgen.model import Project
from tests.builders import project_model, run

HOSTILE_NAMES = ("<script>alert(1)</script>", "{{7*7}}", "\"'];datum.constructor('alert(1)')()//", "</script>")


@functools.cache
def sweep() -> Project:
    """24 runs, read by the real reader; the first few have hostile names."""
    described = []
    for number in range(24):
        optimizer, rate, seed = ("adam", "sgd")[number % 2], 10.0 ** -(number // 2 % 4 + 1), number // 8
        accuracy = round(0.9 + 0.02 * (number % 2) + 0.01 * (number // 2 % 4) + 0.003 * seed, 6)
        described.append(
            run(f"r{number:02}")
            .at(number * 1000)
            .name(HOSTILE_NAMES[number] if number < len(HOSTILE_NAMES) else f"{optimizer}-{number}")
            .config(optimizer={"name": optimizer}, lr=rate, seed=seed)
            .metric("val/acc", [accuracy - 0.3, accuracy - 0.1, accuracy])
            .metric("val/loss", [1.0, 0.5, round(1 - accuracy, 6)])
            .finished()
        )
    folder = tempfile.TemporaryDirectory()
    atexit.register(folder.cleanup)  # the project's curves are read when a chart draws them
    return project_model(Path(folder.name), *described)
