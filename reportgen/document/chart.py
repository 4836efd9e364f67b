"""What is drawn."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Chart:
    """A panel. Drawn by the browser; ``summary`` is a sentence for those who cannot see it.

    Attributes:
        panel: a ``Panel`` of types.ts: ``{"kind": "line", ...}`` or ``{"kind": "vega"}``.
        spec: for ``vega`` panels, the Vega specification with its data inside (written as a dataset of its own).
    """

    id: str
    title: str
    panel: Mapping[str, Any]
    summary: str = ""
    caption: str = ""
    spec: Mapping[str, Any] | None = None
