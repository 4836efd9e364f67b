"""The rows that a run logged, put together again from its series."""

import math
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

import numpy as np

from reportgen.model import Run, Series
from reportgen.schema import STEP, TIMESTAMP

if TYPE_CHECKING:
    import pandas as pd


def history_rows(run: Run, keys: Iterable[str] | None = None, *, system: bool = False) -> Iterator[dict[str, Any]]:
    """One dict for each step in ascending order: ``_step``, ``_timestamp``, and what was logged in it.

    Of a step that was logged several times the last value of each metric counts.

    Args:
        run: what was logged.
        keys: metrics; only steps that have all of them. By default everything, media included.
        system: the system metrics instead; their steps count the samples.
    """
    wanted = None if keys is None else [key for key in dict.fromkeys(keys) if key not in (STEP, TIMESTAMP)]
    series = run.system if system else run.series
    rows: dict[float, dict[str, Any]] = {}
    for name in series if wanted is None else [key for key in wanted if key in series]:
        _add(rows, name, series[name])
    for medium in () if system else run.media:
        if wanted is None or medium.key in wanted:
            rows.setdefault(medium.step, _row(medium.step, medium.time))[medium.key] = medium.value
    for step in sorted(rows):
        if wanted is None or all(key in rows[step] for key in wanted):
            yield rows[step]


def _add(rows: dict[float, dict[str, Any]], name: str, series: Series) -> None:
    columns = (series.steps.tolist(), series.times.tolist(), series.values.tolist())  # noqa: PD011 # no frame
    for step, time, value in zip(*columns, strict=True):
        row = rows.get(step)
        if row is None:
            row = rows[step] = _row(step, time)
        elif not math.isnan(time):
            row[TIMESTAMP] = time
        row[name] = value


def _row(step: float, time: float) -> dict[str, Any]:
    return {STEP: int(step) if float(step).is_integer() else step, TIMESTAMP: None if math.isnan(time) else time}


def sampled(rows: list[Mapping[str, Any]], samples: int | None) -> list[Mapping[str, Any]]:
    """At most so many rows, evenly spread, the first and the last among them. The same rows give the same sample."""
    if samples is None or len(rows) <= samples:
        return rows
    places = np.unique(np.linspace(0, len(rows) - 1, max(1, samples)).round().astype(int))
    return [rows[place] for place in places]


def history_frame(rows: Iterable[Mapping[str, Any]]) -> "pd.DataFrame":
    """Rows as a frame: a column for each key in order of first appearance, NaN where a row lacks it."""
    import pandas as pd

    frame = pd.DataFrame(list(rows))
    return frame if len(frame.columns) else pd.DataFrame(columns=[STEP, TIMESTAMP])
