"""Which metric a project is about, and its best runs by it: a guess for the home page."""

import math
import re
from collections import Counter
from collections.abc import Sequence

from reportgen.errors import QueryError
from reportgen.frames import best
from reportgen.model import Run

_HELD_OUT = re.compile(r"(?:^|[/_.\- ])(?:val|valid|validation|test|eval|dev)(?:$|[/_.\- ])", re.IGNORECASE)
_QUALITY = re.compile(
    r"acc|f1|auc|score|r2|iou|bleu|rouge|psnr|reward|return|recall|precision|(?:^|[/_])m?ap$", re.IGNORECASE
)
_LOSS = re.compile(r"loss|err|perplexity|ppl|mse|mae|rmse|nll", re.IGNORECASE)


def main_metric(runs: Sequence[Run]) -> str | None:
    """The summary metric that most likely says how good a run is; None when there is none with a number.

    A quality measured on held-out data goes before other qualities, then losses; among equals the one that most runs
    have, then the first by name. A metric that fewer than half of the runs have is only taken for want of others.
    """
    counts = Counter(name for run in runs for name in run.series if is_number(run.summary.get(name)))
    if not counts:
        return None
    return min(counts, key=lambda name: (counts[name] * 2 < len(runs), _rank(name), -counts[name], name))


def best_runs(runs: Sequence[Run], metric: str, count: int) -> tuple[Run, ...]:
    """The best runs by a metric, best first; runs without it are left out."""
    left = [run for run in runs if is_number(run.summary.get(metric))]
    found: list[Run] = []
    while left and len(found) < count:
        try:
            winner = best(left, metric)
        except QueryError:
            break
        found.append(winner)
        left = [run for run in left if run is not winner]
    return tuple(found)


def is_number(value: object) -> bool:
    """Whether a summary value is a finite number."""
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)


def _rank(name: str) -> int:
    kind = 0 if _QUALITY.search(name) else 1 if _LOSS.search(name) else 2
    return kind * 2 + (0 if _HELD_OUT.search(name) else 1)
