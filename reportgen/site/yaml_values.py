"""Values of YAML nodes as they stand in a file. Nothing is constructed: ``007`` and ``on`` stay the text they are."""

import math

import yaml

TAG = "tag:yaml.org,2002:"
NULL = f"{TAG}null"


def text_of(node: yaml.Node) -> str | None:
    """The text of a scalar as it stands in the file; None for anything else."""
    return str(node.value) if isinstance(node, yaml.ScalarNode) else None


def texts_of(node: yaml.Node) -> list[str] | None:
    """The texts of a list, or of one scalar as a list; None when any of it is something else."""
    parts = node.value if isinstance(node, yaml.SequenceNode) else [node]
    found = [text_of(part) for part in parts]
    return None if None in found else [text for text in found if text is not None]


def flag_of(node: yaml.Node) -> bool | None:
    """True or false; None for anything else."""
    if node.tag != f"{TAG}bool":
        return None
    return str(node.value).casefold() in ("true", "yes", "on")


def number_of(node: yaml.Node) -> float | None:
    """A finite number, whole ones as int; None for anything else."""
    if node.tag not in (f"{TAG}int", f"{TAG}float"):
        return None
    try:
        value = float(node.value)
    except ValueError:
        return None
    return (int(value) if value.is_integer() else value) if math.isfinite(value) else None
