"""The machine of a run: what it is made of, and how much of it the run had. The environment is hostile text."""

from collections.abc import Mapping
from typing import Any

from reportgen.document import Fact, KeyValues
from reportgen.model import Run
from reportgen.numbers import format_number, format_size, short_text
from reportgen.tables import variables_table

MOST_DISKS = 10
CONTAINER_DIGITS = 12
SLURM_WORDS = (
    ("job_id", "job {}"),
    ("job_name", "“{}”"),
    ("array_task_id", "task {} of an array"),
    ("partition", "partition {}"),
    ("nodes", "on {}"),
    ("tasks", "{} tasks"),
    ("restart_count", "restarted {} times"),
)


def machine_facts(run: Run) -> tuple[Fact, ...]:
    """What is known of the machine, and of the container and the job in which the run had its share of it."""
    environment = run.environment
    return known_facts(
        [
            Fact("Host", environment_text(run, "host")),
            Fact("Python", environment_text(run, "python")),
            Fact("OS", environment_text(run, "os", "platform")),
            Fact("CPU", _cpu(environment)),
            Fact("Memory", _memory(run)),
            Fact("GPU", _gpu(environment)),
            Fact("Disk", _disks(environment.get("disk"))),
            Fact("Container", _container(_mapping(environment.get("container")))),
            Fact("SLURM", _slurm(_mapping(environment.get("slurm")))),
        ]
    )


def variables_tables(run: Run) -> tuple[KeyValues, ...]:
    """The table of the captured environment variables, if there are any."""
    table = variables_table(run)
    return (table,) if table.rows else ()


def known_facts(facts: list[Fact]) -> tuple[Fact, ...]:
    """The facts that have a value."""
    return tuple(fact for fact in facts if fact.value)


def environment_text(run: Run, *keys: str) -> str:
    """The first of these keys of the environment that holds text or a number."""
    for key in keys:
        value = run.environment.get(key)
        if isinstance(value, str | int | float) and value != "":
            return short_text(value)
    return ""


def _cpu(environment: Mapping[str, Any]) -> str:
    value = environment.get("cpu")
    if isinstance(value, Mapping):
        name, count = value.get("name") or value.get("model"), value.get("count") or value.get("cores")
    else:
        name, count = value, environment.get("cpu_count")
    count = count if isinstance(count, int) else name if isinstance(name, int) else None
    physical, limit = environment.get("cpu_count_physical"), _number(environment.get("cpu_limit"))
    cores = f"{count} cores" if count else ""
    if count and isinstance(physical, int) and 0 < physical < count:
        cores = f"{physical} cores, {count} threads"
    share = f"{format_number(limit)} of them for this run" if limit and cores else ""
    return ", ".join(part for part in (name if isinstance(name, str) else "", cores, share) if part)


def _memory(run: Run) -> str:
    value = run.environment.get("memory")
    parts = value if isinstance(value, Mapping) else {"total": value}
    total, limit = _number(parts.get("total")), _number(parts.get("limit"))
    if total is None:
        return environment_text(run, "memory")
    return format_size(total) + (f", {format_size(limit)} of it for this run" if limit is not None else "")


def _gpu(environment: Mapping[str, Any]) -> str:
    value = environment.get("gpu") or environment.get("gpus")
    devices = [_device(device) for device in (value if isinstance(value, list) else [value])]
    known = [device for device in devices if device]
    counted = {device: known.count(device) for device in known}
    names = [device if count == 1 else f"{count} {device}" for device, count in counted.items()]
    versions = (("driver {}", environment.get("gpu_driver")), ("CUDA {}", environment.get("cuda")))
    told = [word.format(short_text(version)) for word, version in versions if isinstance(version, str) and version]
    return ", ".join([*names, *told]) if names else ""


def _device(device: Any) -> str:
    """Name of a GPU, with its memory and in how many parts it is divided."""
    if not isinstance(device, Mapping):
        return device if isinstance(device, str) else ""
    name, memory, parts = device.get("name"), _number(device.get("memory_total")), device.get("mig")
    if not isinstance(name, str) or not name:
        return ""
    size = f" ({format_size(memory)})" if memory else ""
    return name + size + (f" in {len(parts)} parts" if isinstance(parts, list) and parts else "")


def _disks(value: Any) -> str:
    found = []
    for mount, sizes in _mapping(value).items():
        used, total = (_number(_mapping(sizes).get(key)) for key in ("used", "total"))
        if used is not None and total is not None:
            found.append(f"{short_text(str(mount))}: {format_size(used)} of {format_size(total)} used")
    return "; ".join(found[:MOST_DISKS])


def _container(facts: Mapping[str, Any]) -> str:
    texts = {key: value for key, value in facts.items() if isinstance(value, str) and value}
    if not texts.get("engine"):
        return ""
    words = (texts["engine"], texts.get("image"), texts.get("id", "")[:CONTAINER_DIGITS], texts.get("pod"))
    return ", ".join(short_text(word) for word in words if word)


def _slurm(facts: Mapping[str, Any]) -> str:
    known = [(word, facts.get(key)) for key, word in SLURM_WORDS]
    return ", ".join(
        word.format(short_text(value)) for word, value in known if isinstance(value, str | int) and value != ""
    )


def _mapping(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}


def _number(value: Any) -> float | None:
    return value if isinstance(value, int | float) and not isinstance(value, bool) else None
