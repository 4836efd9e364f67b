"""What people have their configuration in: dictionaries, parsed arguments, dataclasses, flags, YAML files."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping

from reportgen.errors import UsageError
from reportgen.logger.values import mapping_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from reportgen.logger.settings import Settings


def settings_of(values: object) -> Mapping[Any, Any]:
    """The values of whatever holds a configuration, by name.

    Taken are mappings (OmegaConf's among them), argparse namespaces, dataclasses, absl's flags, the path of a YAML
    file, objects with ``keys`` like those of ml_collections, and simple namespaces.
    """
    if values is None:
        return {}
    if isinstance(values, (str, os.PathLike)):
        return yaml_config(os.fspath(values))
    found = mapping_of(values)
    if found is not None:
        return found
    flags = getattr(values, "FLAGS", values)  # the module absl.flags has them as this
    for method in ("flag_values_dict", "to_dict", "model_dump"):
        if callable(convert := getattr(flags, method, None)) and not isinstance(values, type):
            return dict(convert())
    if hasattr(values, "keys") and hasattr(values, "__getitem__"):
        return {key: values[key] for key in values.keys()}  # noqa: SIM118 # it need not be iterable
    if type(values).__name__ == "SimpleNamespace":
        return vars(values)
    remedy = "Give a dict, an argparse namespace, a dataclass or the path of a YAML file."
    raise UsageError(f"a {type(values).__name__} is no configuration", where="config", remedy=remedy)


def first_config(
    settings: Settings, config: object, exclude: Iterable[str] | None, include: Iterable[str] | None
) -> dict[Any, Any]:
    """The configuration that a run begins with: the files of the settings, and over them what `init` was given.

    Args:
        settings: name the files.
        config: what `init` was given.
        exclude: keys of it to leave out.
        include: the only keys of it to take.
    """
    values: dict[Any, Any] = {}
    paths = settings.config_paths
    for path in [paths] if isinstance(paths, str) else paths:
        values.update(yaml_config(path))
    if exclude and include:
        raise UsageError("config_exclude_keys and config_include_keys exclude each other", where="init")
    without, only = words_of(exclude), words_of(include)
    given = entries(settings_of(config))
    return values | {key: value for key, value in given if (str(key) in only if only else str(key) not in without)}


def words_of(keys: str | Iterable[str] | None) -> set[str]:
    """Keys as a set; a text has them separated by commas."""
    return {key.strip() for key in (keys.split(",") if isinstance(keys, str) else keys or ())}


def yaml_config(path: str) -> dict[Any, Any]:
    """The configuration in a YAML file: ``key: value``, or ``key: {value: …, desc: …}`` throughout, as in wandb's."""
    where = f"config {path}"
    try:
        import yaml
    except ImportError:
        raise UsageError("reading YAML needs PyYAML", where=where, remedy="pip install pyyaml") from None
    try:
        with open(path, encoding="utf-8") as file:
            loaded = yaml.safe_load(file)
    except OSError as error:
        remedy = "Give a dict, or the path of a YAML file."
        raise UsageError(f"the file cannot be read: {error.strerror}", where=where, remedy=remedy) from None
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        what = "this is no YAML: " + " ".join(str(error).split())
        raise UsageError(what, where=where, remedy="Mend the file.") from None
    if loaded is None:
        return {}
    if not isinstance(loaded, dict):
        raise UsageError("the file has no keys", where=where, remedy="Write one `key: value` a line.")
    explained = [name for name, entry in loaded.items() if _is_explained(entry)]
    version = loaded.pop("wandb_version", None)
    if version is not None or len(explained) == len(loaded):
        return {key: entry["value"] if _is_explained(entry) else entry for key, entry in loaded.items()}
    return loaded


def _is_explained(entry: object) -> bool:
    """Whether an entry is a value with its description."""
    return isinstance(entry, dict) and "value" in entry and set(entry) <= {"value", "desc"}


def entries(source: Mapping[Any, Any]) -> Iterator[tuple[Any, Any]]:
    """Keys and values. Of a value that cannot be read, such as a missing one of OmegaConf, the error stands for it."""
    for key in source:
        try:
            yield key, source[key]
        except Exception as error:  # noqa: BLE001 # whatever the mapping's own
            yield key, f"({type(error).__name__})"
