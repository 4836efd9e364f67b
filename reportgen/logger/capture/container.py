"""Whether a run is in a container, and in which: from what container engines leave behind."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping

CONTAINER_ID = re.compile(r"(?<![0-9a-f])[0-9a-f]{64}(?![0-9a-f])")
IMAGE_VARIABLES = (
    "APPTAINER_CONTAINER",
    "SINGULARITY_CONTAINER",
    "SINGULARITY_NAME",
    "CONTAINER_IMAGE",
    "WANDB_DOCKER",
)
NAMESPACE = "var/run/secrets/kubernetes.io/serviceaccount/namespace"


def container_facts(variables: Mapping[str, str], root: str = "/") -> dict[str, str]:
    """``engine``, and as far as known ``id``, ``image``, ``pod`` and ``namespace``; empty outside of a container.

    Args:
        variables: of the environment.
        root: folder that stands for ``/``.
    """
    groups = _read(root, "proc/self/cgroup") + _read(root, "proc/self/mountinfo")
    engine = _engine(variables, groups, root)
    if not engine:
        return {}
    found = re.search(CONTAINER_ID, groups)
    facts = {
        "engine": engine,
        "id": found[0] if found else "",
        "image": _image(root) or next((variables[name] for name in IMAGE_VARIABLES if variables.get(name)), ""),
        "pod": variables.get("HOSTNAME", "") if engine == "kubernetes" else "",
        "namespace": _read(root, NAMESPACE).strip() if engine == "kubernetes" else "",
    }
    return {name: value for name, value in facts.items() if value}


def _engine(variables: Mapping[str, str], groups: str, root: str) -> str:
    if "KUBERNETES_SERVICE_HOST" in variables:
        return "kubernetes"
    if "APPTAINER_CONTAINER" in variables or "SINGULARITY_CONTAINER" in variables:
        return "apptainer" if "APPTAINER_CONTAINER" in variables else "singularity"
    if os.path.exists(os.path.join(root, "run/.containerenv")):
        return "podman"
    if os.path.exists(os.path.join(root, ".dockerenv")) or "/docker/" in groups:
        return "docker"
    return variables.get("container", "")  # of systemd: lxc, systemd-nspawn and others


def _image(root: str) -> str:
    """The image that podman names in a file."""
    for line in _read(root, "run/.containerenv").split("\n"):
        key, _, value = line.partition("=")
        if key == "image":
            return value.strip().strip('"')
    return ""


def _read(root: str, name: str) -> str:
    try:
        with open(os.path.join(root, name), encoding="utf-8", errors="replace") as file:
            return file.read(2**20)
    except OSError:
        return ""
