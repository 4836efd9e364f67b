"""The colours of the light scheme for pictures, which know no style sheet. A test holds them to css/schemes.css."""

from collections.abc import Mapping
from typing import Any

RUNS = (
    "#0072b2",
    "#db4113",
    "#32a391",
    "#c628ae",
    "#d47f00",
    "#7890dc",
    "#7f44f4",
    "#784250",
    "#002666",
    "#b10a1e",
    "#64803f",
    "#6d6c79",
)
PAGE, TEXT, MUTED, LINE, ACCENT = "#ffffff", "#151a21", "#4f5967", "#e4e7ec", "#2563eb"
FONT = "Arial, Helvetica, sans-serif"
"""Whose widths whoever draws the picture knows as well as whoever shows it."""
DASHES: tuple[list[int], ...] = ([], [6, 3], [2, 3], [8, 3, 2, 3])
"""From the thirteenth run on another pattern, as colour.ts has it."""

_TEXT = {"labelColor": MUTED, "titleColor": MUTED, "labelFont": FONT, "titleFont": FONT, "titleFontWeight": 500}
_SIZES = {"labelFontSize": 11, "titleFontSize": 11}

CONFIG: Mapping[str, Any] = {
    "background": PAGE,
    "axis": {**_TEXT, **_SIZES, "gridColor": LINE, "domainColor": LINE, "tickColor": LINE, "labelOverlap": True},
    "legend": {**_TEXT, **_SIZES},
    "header": {**_TEXT, **_SIZES},
    "title": {"color": TEXT, "font": FONT, "fontSize": 13},
    "text": {"fill": TEXT, "font": FONT},
    "style": {"cell": {"stroke": "transparent"}},
    "range": {
        "category": list(RUNS),
        "ramp": [LINE, ACCENT],
        "heatmap": [PAGE, ACCENT],
        "ordinal": [LINE, ACCENT],
    },
}
"""Vega's configuration, as panels/vega.ts makes it of the tokens."""
