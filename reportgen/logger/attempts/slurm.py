"""What SLURM says about a task of an array of jobs."""

from __future__ import annotations

import os
from collections.abc import Mapping

ARRAY = ("array_job_id", "array_task_id", "array_task_count", "array_task_min", "array_task_max", "array_task_step")


def array_config(known: Mapping[str, str] = os.environ) -> dict[str, dict[str, int | str]]:
    """The place of this task in its array, as part of the configuration: it tells the runs of the array apart."""
    found = {name: known.get(f"SLURM_{name.upper()}", "") for name in ARRAY}
    return {"slurm": {name: int(text) if text.isdecimal() else text for name, text in found.items() if text}}
