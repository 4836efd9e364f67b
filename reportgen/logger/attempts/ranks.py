"""Which process of a distributed job this is, from what launchers put into the environment."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping

from reportgen.logger.attempts.process_mark import launcher_mark, started_with

LAUNCHERS: Mapping[str, Mapping[str, str]] = {
    "reportgen": {
        "rank": "REPORTGEN_RANK",
        "world_size": "REPORTGEN_WORLD_SIZE",
        "local_rank": "REPORTGEN_LOCAL_RANK",
        "local_size": "REPORTGEN_LOCAL_WORLD_SIZE",
        "job": "REPORTGEN_JOB",
    },
    "torchrun": {
        "rank": "RANK",
        "world_size": "WORLD_SIZE",
        "local_rank": "LOCAL_RANK",
        "local_size": "LOCAL_WORLD_SIZE",
        "job": "TORCHELASTIC_RUN_ID",
    },
    "Open MPI": {
        "rank": "OMPI_COMM_WORLD_RANK",
        "world_size": "OMPI_COMM_WORLD_SIZE",
        "local_rank": "OMPI_COMM_WORLD_LOCAL_RANK",
        "local_size": "OMPI_COMM_WORLD_LOCAL_SIZE",
        "job": "PMIX_NAMESPACE OMPI_MCA_ess_base_jobid",
    },
    "MPICH": {
        "rank": "PMI_RANK",
        "world_size": "PMI_SIZE",
        "local_rank": "MPI_LOCALRANKID",
        "local_size": "MPI_LOCALNRANKS",
        "job": "PMI_JOBID",
    },
    "SLURM": {
        "rank": "SLURM_PROCID",
        "world_size": "SLURM_STEP_NUM_TASKS SLURM_NTASKS",
        "local_rank": "SLURM_LOCALID",
    },
}
"""Launcher -> its variables, the first of several that is there counts. The first launcher with a rank and a number of
ranks is the one: torchrun under srun is torchrun. What names a job of SLURM stands in `_step`."""
NO_NAMES = ("", "none")
"""What torchrun calls a job that was given no name."""
LARGEST_STEP = 0xFFFFFFF0
"""SLURM gives higher numbers to batch scripts and interactive shells, which are no ranks."""
DIGEST_BYTES = 8
ID_ALPHABET = "abcdefghijklmnopqrstuvwxyz0123456789"
ID_LENGTH = 8

_begun = 0
"""Runs of ranks that this process has begun."""
_begun_by = 0
"""The process that counted them."""


class Rank:
    """One process of a distributed job.

    Attributes:
        rank: its number, from 0.
        world_size: how many there are.
        local_rank: its number on its host; None when unknown.
        job: a word that the ranks have for this run and attempt, and nobody else has; "" when it cannot be known.
        run: what the id of the run is made from: as ``job``, but the same again when an elastic launcher restarts.
        family: a word that the ranks share, possibly with other launches of the same command.
    """

    __slots__ = ("family", "job", "local_rank", "rank", "run", "world_size")

    def __init__(self, rank: int, world_size: int, local_rank: int | None, names: tuple[str, str, str]) -> None:
        self.rank = rank
        self.world_size = world_size
        self.local_rank = local_rank
        self.job, self.run, self.family = names

    def begin_run(self) -> None:
        """Count the runs of this process, which begins one: the second of each rank is the second run of the job."""
        global _begun, _begun_by
        if self.job:
            self.job, self.run = (digest([word, str(_begun)]) for word in (self.job, self.run))
        _begun, _begun_by = _begun + 1, os.getpid()


def find_rank(known: Mapping[str, str] = os.environ) -> Rank | None:
    """The rank of this process; None when it is alone."""
    for launcher, names in LAUNCHERS.items():
        rank, size = _number(known, names["rank"]), _number(known, names["world_size"])
        if rank is None or size is None or size <= 1 or rank >= size or (launcher == "SLURM" and not _step(known)):
            continue
        if _is_inherited(names["rank"]):
            return None
        one_host = _number(known, names.get("local_size", "")) == size or _is_local(known)
        words = _words(known, names.get("job", ""), names["rank"] if one_host else "")
        job = digest([*words, known.get("TORCHELASTIC_RESTART_COUNT", "")]) if words else ""
        family = digest(
            [launcher, str(size), known.get("MASTER_ADDR", ""), known.get("MASTER_PORT", ""), *sys.orig_argv]
        )
        local_rank = _number(known, names["local_rank"])
        return Rank(rank, size, local_rank, (job, digest(words) if words else "", family))
    return None


def run_id_of(rank: Rank, project: str) -> str:
    """The id that all ranks of a job find for its run without asking each other; its ``run`` must be known."""
    rest = int(digest([rank.run, project]), 16)
    letters = []
    for _ in range(ID_LENGTH):
        rest, place = divmod(rest, len(ID_ALPHABET))
        letters.append(ID_ALPHABET[place])
    return "".join(letters)


def _is_inherited(variable: str) -> bool:
    """Whether a rank has begun this process, as a worker: it has the variables of its parent, and is no rank itself."""
    if _begun and _begun_by != os.getpid():
        return True
    processes = sys.modules.get("multiprocessing.process")
    return processes is not None and processes.parent_process() is not None and started_with(os.getppid(), variable)


def digest(words: list[str]) -> str:
    """A short word for several ones."""
    from hashlib import blake2b

    return blake2b("\0".join(words).encode("utf-8", "replace"), digest_size=DIGEST_BYTES).hexdigest()


def _words(known: Mapping[str, str], names: str, variable: str) -> list[str]:
    """What is the same for all ranks of this launch and for nothing else; empty when that cannot be known.

    A person may have named the job, and use that name again. So the launching process counts as well where it is the
    same for all ranks, which it is when all are on one host; with SLURM, its job and step count.
    """
    name = next((known[name] for name in names.split() if known.get(name, "") not in NO_NAMES), "")
    launcher = launcher_mark(variable) if variable else None
    return [word for word in (name, _step(known), launcher) if word]


def _step(known: Mapping[str, str]) -> str:
    """The step of the SLURM job that this process is part of; "" outside of one."""
    job, step = known.get("SLURM_JOB_ID", ""), known.get("SLURM_STEP_ID", "")
    if not job or not step.isdecimal() or int(step) >= LARGEST_STEP:
        return ""
    cluster, restarts = known.get("SLURM_CLUSTER_NAME", ""), known.get("SLURM_RESTART_COUNT", "0")
    return f"slurm/{cluster}/{job}/{step}/{restarts}"


def _is_local(known: Mapping[str, str]) -> bool:
    """Whether the ranks meet at an address that only this host reaches."""
    return known.get("MASTER_ADDR", "") in ("localhost", "127.0.0.1", "::1")


def _number(known: Mapping[str, str], names: str) -> int | None:
    """The first of some variables that is a number."""
    return next((int(known[name]) for name in names.split() if known.get(name, "").isdecimal()), None)
