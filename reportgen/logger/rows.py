"""A row that is more than plain numbers: its values made clean, and its step a number that JSON readers can hold."""

from __future__ import annotations

from collections.abc import Mapping

from reportgen.errors import UsageError
from reportgen.logger.troubles import Troubles
from reportgen.logger.values import Cleaner
from reportgen.schema import STEP, TIMESTAMP

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

LARGEST_STEP = 2**62
"""There is room for the steps that follow in 64 bits."""

are_numbers = frozenset((float, int, bool)).issuperset
"""Whether types are all of plain numbers."""


def clean_row(data: object, cleaner: Cleaner, troubles: Troubles) -> dict[str, object]:
    """The values of a row as JSON holds them.

    Raises:
        UsageError: it is no row.
    """
    if not isinstance(data, Mapping):
        remedy = 'Log a dictionary, such as {"loss": 0.5}.'
        raise UsageError(f"cannot log a {type(data).__name__}", where="log", remedy=remedy)
    values = cleaner.row(data)
    if [values.pop(key) for key in (STEP, TIMESTAMP) if key in values]:
        troubles.tell("reserved", f"{STEP} and {TIMESTAMP} are reserved and not logged; use step=")
    return values


def whole_step(step: Any, troubles: Troubles) -> int | None:
    """The step as a whole number; None, which is the next one, for what is none."""
    try:
        whole = None if step is None else int(step)
        if whole == step and (whole is None or abs(whole) <= LARGEST_STEP):
            return whole
    except Exception:  # noqa: BLE001 # of whatever the script took for a step
        whole = None
    troubles.tell("step", f"a step of type {type(step).__name__} is no whole number of 64 bits")
    return None if whole is None or abs(whole) > LARGEST_STEP else whole
