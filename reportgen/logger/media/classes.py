"""Names of the classes that boxes and masks speak of by number."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from reportgen.errors import UsageError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

WHERE = "reportgen.Classes"


class Classes:
    """The classes of an image's boxes and masks.

    Args:
        class_set: one ``{"id": 1, "name": "car"}`` for each; or a mapping of numbers to names.
    """

    def __init__(self, class_set: Iterable[Mapping[str, object]] | Mapping[Any, object]) -> None:
        self.labels: dict[str, str] = {}
        self.trouble: Exception | None = None
        try:
            self.labels = labels_of(class_set)
        except Exception as error:  # noqa: BLE001 # nothing raises into training; the image reports it
            self.trouble = error


def labels_of(classes: Any) -> dict[str, str]:
    """Names by class number as JSON has them: its keys are texts."""
    if isinstance(classes, Classes):
        if classes.trouble:
            raise classes.trouble
        return classes.labels
    if isinstance(classes, Mapping):
        return {_number(number): str(name) for number, name in classes.items()}
    try:
        return {_number(each["id"]): str(each["name"]) for each in classes}
    except (TypeError, KeyError) as error:
        remedy = 'Give a list such as [{"id": 0, "name": "road"}].'
        raise UsageError(f"these are no classes: {classes!r:.80}", where=WHERE, remedy=remedy) from error


def default_labels(numbers: Iterable[int], known: Mapping[str, str]) -> dict[str, str]:
    """Names of the classes that occur: the known ones, else ``class_7``."""
    return {str(number): known.get(str(number), f"class_{number}") for number in sorted(set(numbers))}


def _number(number: Any) -> str:
    """A class number as text: 1, 1.0 and numpy's 1 are the same class."""
    try:
        return str(int(number)) if int(number) == number else str(number)
    except (TypeError, ValueError, OverflowError):
        return str(number)
