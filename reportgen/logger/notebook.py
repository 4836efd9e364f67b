"""Whether a notebook runs, and which."""

from __future__ import annotations

import os
import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


def shell() -> Any:
    """The IPython shell of this process; None where there is none."""
    ipython = sys.modules.get("IPython")
    return ipython.get_ipython() if ipython is not None and hasattr(ipython, "get_ipython") else None


def in_notebook() -> bool:
    """Whether code runs in cells: in a notebook, or in the shell of IPython."""
    return shell() is not None


def has_display() -> bool:
    """Whether there is a page that shows HTML: a kernel is at work, and no terminal."""
    return getattr(shell(), "kernel", None) is not None


def notebook_name() -> str | None:
    """The path of the notebook as far as its program tells; None in scripts, and where it does not.

    Jupyter hands it over in a variable, Visual Studio Code in the variables of the notebook.
    """
    active = shell()
    if active is None:
        return None
    given = os.environ.get("JPY_SESSION_NAME") or getattr(active, "user_ns", {}).get("__vsc_ipynb_file__")
    if not given:
        return None
    path = str(given)
    return os.path.relpath(path) if os.path.isfile(path) else os.path.basename(path)
