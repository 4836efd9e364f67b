"""Environment variables that matter to a run: those of an allow-list, and what batch systems say in them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from reportgen.logger.capture.redact import MASK, is_secret_name, masked_url

ALLOWED = (
    "SLURM_*",
    "SLURMD_NODENAME",
    "PBS_JOBID",
    "LSB_JOBID",
    "CUDA_VISIBLE_DEVICES",
    "CUDA_DEVICE_ORDER",
    "CUDA_LAUNCH_BLOCKING",
    "CUBLAS_WORKSPACE_CONFIG",
    "NVIDIA_VISIBLE_DEVICES",
    "HIP_VISIBLE_DEVICES",
    "ROCR_VISIBLE_DEVICES",
    "GPU_DEVICE_ORDINAL",
    "RANK",
    "WORLD_SIZE",
    "LOCAL_RANK",
    "LOCAL_WORLD_SIZE",
    "GROUP_RANK",
    "NODE_RANK",
    "MASTER_ADDR",
    "MASTER_PORT",
    "OMPI_COMM_WORLD_*",
    "PMI_RANK",
    "PMI_SIZE",
    "OMP_*",
    "KMP_*",
    "MKL_*",
    "OPENBLAS_NUM_THREADS",
    "NUMEXPR_NUM_THREADS",
    "NCCL_*",
    "GLOO_*",
    "TORCH*",
    "PYTORCH_*",
    "ACCELERATE_*",
    "JAX_*",
    "XLA_*",
    "TF_*",
    "TPU_*",
    "PYTHONHASHSEED",
    "PYTHONOPTIMIZE",
    "CONDA_DEFAULT_ENV",
    "VIRTUAL_ENV",
)
"""Names, where a star at the end stands for anything. ``env_keys`` adds to them."""
MOST_CHARACTERS = 1000
"""Of one value."""
SLURM = {
    "job_id": ("SLURM_JOB_ID", "SLURM_JOBID"),
    "job_name": ("SLURM_JOB_NAME",),
    "step_id": ("SLURM_STEP_ID", "SLURM_STEPID"),
    "array_job_id": ("SLURM_ARRAY_JOB_ID",),
    "array_task_id": ("SLURM_ARRAY_TASK_ID",),
    "array_task_count": ("SLURM_ARRAY_TASK_COUNT",),
    "cluster": ("SLURM_CLUSTER_NAME",),
    "partition": ("SLURM_JOB_PARTITION",),
    "account": ("SLURM_JOB_ACCOUNT",),
    "qos": ("SLURM_JOB_QOS",),
    "nodes": ("SLURM_JOB_NODELIST", "SLURM_NODELIST"),
    "node_count": ("SLURM_JOB_NUM_NODES", "SLURM_NNODES"),
    "node": ("SLURMD_NODENAME",),
    "tasks": ("SLURM_NTASKS", "SLURM_NPROCS"),
    "task": ("SLURM_PROCID",),
    "cpus_per_task": ("SLURM_CPUS_PER_TASK",),
    "cpus_on_node": ("SLURM_CPUS_ON_NODE",),
    "memory_per_node": ("SLURM_MEM_PER_NODE",),
    "memory_per_cpu": ("SLURM_MEM_PER_CPU",),
    "gpus": ("SLURM_JOB_GPUS", "SLURM_GPUS"),
    "gpus_on_node": ("SLURM_GPUS_ON_NODE",),
    "restart_count": ("SLURM_RESTART_COUNT",),
}
"""Field -> variables, of which the first that is set counts."""
TEXTS = ("job_name", "cluster", "partition", "account", "qos", "nodes", "node", "gpus")
"""Fields that may look like numbers and are none."""


def allowed_variables(variables: Mapping[str, str], more: Iterable[str] = ()) -> dict[str, str]:
    """The variables of the allow-list, sorted by name; values of secret names are masked.

    Args:
        variables: all of them.
        more: further names, and beginnings of names with a star behind. A star alone, which would take all, is none.
    """
    names = {*ALLOWED, *(name for name in more if name.strip("*"))}
    beginnings = tuple(name.rstrip("*") for name in names if name.endswith("*"))
    found = sorted(name for name in variables if name in names or name.startswith(beginnings))
    return {name: MASK if is_secret_name(name) else masked_url(variables[name])[:MOST_CHARACTERS] for name in found}


def slurm_facts(variables: Mapping[str, str]) -> dict[str, object]:
    """What SLURM says about the job, counts and ids as numbers; empty outside of a job."""
    facts: dict[str, object] = {}
    for field, names in SLURM.items():
        value = next((variables[name] for name in names if variables.get(name)), "")
        if value:
            number = re.fullmatch(r"[0-9]{1,15}", value) and field not in TEXTS
            facts[field] = int(value) if number else value[:MOST_CHARACTERS]
    return facts if "job_id" in facts else {}
