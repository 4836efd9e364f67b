"""Which classes were taken for which others: a square for each pair."""

from collections import defaultdict
from functools import partial
from typing import TYPE_CHECKING

from reportgen.charts.logged.logged_chart import Drawing, LoggedChart, nothing, text
from reportgen.charts.run_values import as_number
from reportgen.charts.specification import TITLE_PADDING, run_color
from reportgen.numbers import format_number, format_percent

if TYPE_CHECKING:
    from reportgen.charts.specification import AnyChart

LABELLED = 16
"""With more classes than this, the counts do not fit into the squares."""
MOST_CLASSES = 100
UPRIGHT = 60
"""With more characters than this in all names together, they are turned below the squares."""
SQUARE, LABELLED_SQUARE = 14, 26
LOWEST = 180
FAINTEST, STRONGEST = 0.05, 0.62
"""Opacity of a square: text stays readable on the strongest."""

Counts = dict[tuple[str, str], float]


def matrix(logged: LoggedChart) -> Drawing:
    """``confusion_matrix``: fields Actual, Predicted and nPredictions."""
    counts = _counts(logged)
    classes = list(dict.fromkeys(name for pair in counts for name in pair))
    if not counts:
        raise nothing(logged)
    shown = set(classes[:MOST_CLASSES])
    totals: defaultdict[str, float] = defaultdict(float)
    for (actual, _), count in counts.items():
        totals[actual] += count
    actual_title, predicted_title = logged.column("Actual"), logged.column("Predicted")
    rows = [
        {
            "actual": actual,
            "predicted": predicted,
            "count": format_number(count),
            "share": count / totals[actual] if totals[actual] else 0.0,
            "color": 0,
            "tip": {
                actual_title: actual,
                predicted_title: predicted,
                "count": format_number(count),
                "of the class": format_percent(count / totals[actual]) if totals[actual] else "",
            },
        }
        for (actual, predicted), count in counts.items()
        if {actual, predicted} <= shown
    ]
    labelled = len(shown) <= LABELLED
    height = max(LOWEST, len(shown) * (LABELLED_SQUARE if labelled else SQUARE))
    notes = (f"The first {MOST_CLASSES} of {len(classes)} classes are drawn.",) if len(classes) > len(shown) else ()
    upright = len(shown) * max(map(len, shown)) <= UPRIGHT
    author = partial(_author, actual_title, predicted_title, labelled=labelled, upright=upright)
    title = f"{actual_title} and {predicted_title}"
    return Drawing(author, {"pairs": rows}, title, _sentence(counts, len(classes)), height, notes)


def _counts(logged: LoggedChart) -> Counts:
    """(actual, predicted) -> how many, with no pair twice and nothing below zero."""
    counts: Counts = {}
    columns = (logged.values(field) for field in ("Actual", "Predicted", "nPredictions"))
    for actual, predicted, count in zip(*columns, strict=True):
        number = as_number(count)
        if number is not None and number >= 0:
            pair = (text(actual), text(predicted))
            counts[pair] = counts.get(pair, 0) + number
    return counts


def _sentence(counts: Counts, classes: int) -> str:
    total = sum(counts.values())
    right = sum(count for (actual, predicted), count in counts.items() if actual == predicted)
    head = f"{format_number(total)} predictions of {classes} classes"
    if not total:
        return f"{head}."
    worst = max((pair for pair in counts if pair[0] != pair[1]), key=lambda pair: counts[pair], default=None)
    most = f"; {worst[0]} was taken for {worst[1]} most often" if worst and counts[worst] else ""
    return f"{head}: {format_percent(right / total)} are right{most}."


def _author(actual: str, predicted: str, *, labelled: bool, upright: bool) -> "AnyChart":
    import altair as alt

    axis = alt.Axis(labelLimit=120, grid=False, titlePadding=TITLE_PADDING)
    turned = alt.Axis(labelLimit=120, grid=False, titlePadding=TITLE_PADDING, labelAngle=0 if upright else -45)
    base = alt.Chart(alt.NamedData(name="pairs")).encode(
        x=alt.X("predicted:N", sort=None, title=predicted, axis=turned),
        y=alt.Y("actual:N", sort=None, title=actual, axis=axis),
        tooltip=alt.Tooltip("tip:N"),
    )
    strength = alt.Opacity("share:Q", scale=alt.Scale(domain=[0, 1], range=[FAINTEST, STRONGEST]), legend=None)
    squares = base.mark_rect(aria=False).encode(color=run_color(), opacity=strength)
    return alt.layer(squares, *([base.mark_text(aria=False).encode(text="count:N")] if labelled else []))
