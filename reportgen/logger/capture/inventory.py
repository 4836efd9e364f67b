"""What the machine is made of, and how much of it the run may have. Takes too long for `init`."""

from __future__ import annotations

import os
from collections.abc import Iterable

from reportgen.logger.capture.cgroup import Limits
from reportgen.logger.capture.container import container_facts
from reportgen.logger.capture.environment import total_memory
from reportgen.logger.capture.gpu import describe_gpus
from reportgen.logger.capture.variables import allowed_variables, slurm_facts


def inventory(folder: str, env_keys: Iterable[str] = ()) -> dict[str, object]:
    """Fields of the environment that are found out beside training. What there is not is left out.

    Args:
        folder: a folder on the disk of the run logs.
        env_keys: further environment variables to record, see `allowed_variables`.
    """
    variables = os.environ
    found: dict[str, object] = {
        "variables": allowed_variables(variables, env_keys),
        "slurm": slurm_facts(variables),
        "container": container_facts(variables),
        **processors_and_memory(),
        "disk": disks(folder),
        **describe_gpus(),
    }
    return {name: value for name, value in found.items() if value}


def processors_and_memory(root: str = "/") -> dict[str, object]:
    """``cpu_count_physical``; ``cpu_limit`` and ``memory`` with its ``limit`` where the run may not have all.

    Args:
        root: folder that stands for ``/`` where control groups are looked up.
    """
    limits = Limits(root)
    found: dict[str, object] = {}
    try:
        from reportgen.logger.capture.system import physical_cores
    except ImportError:
        pass  # psutil is not there
    else:
        found["cpu_count_physical"] = physical_cores()
    shares = [share for share in (limits.cpus, len(allowed_cpus())) if share]
    if shares:
        found["cpu_limit"] = round(min(shares), 2)
    total = total_memory()
    if limits.memory and limits.memory < total:
        found["memory"] = {"total": total, "limit": int(limits.memory)}
    return found


def disks(folder: str) -> dict[str, dict[str, int]]:
    """Bytes, all and used, of the disk of a folder and of that of the system, by where they are mounted."""
    from shutil import disk_usage

    found = {}
    for mount in mounts_of(folder):
        try:
            use = disk_usage(mount)
        except OSError:
            continue
        found[mount] = {"total": use.total, "used": use.used}
    return found


def mounts_of(folder: str) -> list[str]:
    """Where the disks of a folder and of the system are mounted; one of a disk that has both."""
    folder = os.path.realpath(folder)
    while not os.path.ismount(folder) and os.path.dirname(folder) != folder:
        folder = os.path.dirname(folder)
    return sorted({folder, os.path.abspath(os.sep)})


def allowed_cpus() -> list[int]:
    """Numbers of the CPUs that this process may run on; empty when it may run on all."""
    try:
        allowed = sorted(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else []
    except OSError:
        return []
    return allowed if len(allowed) < (os.cpu_count() or 1) else []
