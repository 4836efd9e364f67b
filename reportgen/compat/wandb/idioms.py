"""``wandb.util``: the few functions of it that scripts call: random ids, sizes in words, kinds of values."""

import importlib
import re
import secrets
import string
import sys
from types import ModuleType

from reportgen.errors import InstallationError

LETTERS = string.ascii_lowercase + string.digits
ID_LENGTH = 8
UNIT = 1000
UNITS = ("B", "KB", "MB", "GB", "TB", "PB", "EB")
LONGEST_NAME = 128


def generate_id(length: int = ID_LENGTH) -> str:
    """A random id for a run."""
    return random_string(length)


def random_string(length: int = 12) -> str:
    """Random lower-case letters and digits."""
    return "".join(secrets.choice(LETTERS) for _ in range(length))


def to_human_size(size: float) -> str:
    """A number of bytes in words: ``1.5MB``."""
    power = 0
    while size >= UNIT and power < len(UNITS) - 1:
        size, power = size / UNIT, power + 1
    return f"{round(float(size), 1)}{UNITS[power]}"


def from_human_size(size: str) -> int:
    """The number of bytes that words such as ``1.5MB`` or ``10 kb`` say.

    Raises:
        ValueError: they say none.
    """
    found = re.fullmatch(r"\s*(\d+\.?\d*)\s*([KMGTPE]?B)?\s*", size.upper())
    if not found:
        raise ValueError("size must be of the form `10`, `10B` or `10 B`.")
    return int(float(found[1]) * UNIT ** UNITS.index(found[2] or UNITS[0]))


def make_artifact_name_safe(name: str) -> str:
    """The name with everything but letters, digits, ``_``, ``-`` and ``.`` replaced, and cut in the middle if long."""
    safe = re.sub(r"[^a-zA-Z0-9_\-.]", "_", name)
    half = LONGEST_NAME // 2 - 1
    return safe if len(safe) <= LONGEST_NAME else f"{safe[:half]}..{safe[-half:]}"


def is_numpy_array(obj: object) -> bool:
    """Whether it is an array of numpy."""
    return _is_of(obj, "numpy", "ndarray")


def is_pandas_data_frame(obj: object) -> bool:
    """Whether it is a data frame of pandas."""
    return _is_of(obj, "pandas", "DataFrame")


def is_pytorch_tensor(obj: object) -> bool:
    """Whether it is a tensor of torch."""
    return _is_of(obj, "torch", "Tensor")


def get_module(name: str, required: str | None = None) -> ModuleType | None:
    """Import a module; None when it is not installed.

    Args:
        name: of the module.
        required: what to say when it is needed and not installed.

    Raises:
        InstallationError: it is needed and not installed.
    """
    try:
        return importlib.import_module(name)
    except ImportError as error:
        if required:
            raise InstallationError(required, where=name) from error
        return None


def _is_of(value: object, package: str, name: str) -> bool:
    """Whether it is of a class of a package, which is not imported: what is of it has done that."""
    kind = getattr(sys.modules.get(package), name, None)
    return isinstance(kind, type) and isinstance(value, kind)
