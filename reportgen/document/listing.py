"""Short lists that stand in a page as they are: a plain table, and what a run wanted a person to know."""

from dataclasses import dataclass

from reportgen.document.table import Cell, Column


@dataclass(frozen=True, slots=True)
class Listing:
    """A plain table, too short to be sorted. The ``full`` of a cell in a column of type ``state`` is the state."""

    id: str
    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    note: str = ""


@dataclass(frozen=True, slots=True)
class AlertItem:
    """One alert: its level (``INFO``, ``WARN``, ``ERROR``), title, text, and when in seconds since the epoch."""

    level: str
    title: str
    text: str
    time: float


@dataclass(frozen=True, slots=True)
class Alerts:
    """The alerts of a run, in order."""

    alerts: tuple[AlertItem, ...]
    note: str = ""
