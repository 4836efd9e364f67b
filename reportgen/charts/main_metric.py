"""Which metric a project is about: a guess, for the home page and the first panels of the workspace."""

import re
from collections import Counter
from collections.abc import Sequence

from reportgen.charts.run_values import as_number
from reportgen.model import Run
from reportgen.reading.summary import lower_is_better

_HELD_OUT = re.compile(r"(?:^|[/_.\- ])(?:val|valid|validation|test|eval|dev)(?:$|[/_.\- ])", re.IGNORECASE)
_QUALITY = re.compile(
    r"acc|f1|auc|score|r2|iou|bleu|rouge|psnr|reward|return|recall|precision|(?:^|[/_])m?ap$", re.IGNORECASE
)


def main_metric(runs: Sequence[Run]) -> str | None:
    """The summary metric that most likely says how good a run is; None when there is none with a number.

    A quality measured on held-out data goes before other qualities, then losses; among equals the one that most runs
    have, then the first by name. A metric that fewer than half of the runs have is only taken for want of others.
    """
    counts = Counter(name for run in runs for name in run.series if as_number(run.summary.get(name)) is not None)
    if not counts:
        return None
    return min(counts, key=lambda name: (counts[name] * 2 < len(runs), _rank(name), -counts[name], name))


def _rank(name: str) -> int:
    kind = 1 if lower_is_better(name) else 0 if _QUALITY.search(name) else 2
    return kind * 2 + (0 if _HELD_OUT.search(name) else 1)
