"""What matters for a metric: a random forest learns to predict it from the configuration of the runs.

It is done when the site is built, with scikit-learn, which is an extra. Few runs say little, so how well the forest
predicts runs that its trees have not seen goes along, and what a column of random numbers gets beside the keys.
"""

import functools
import hashlib
import importlib.util
import json
import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from reportgen.charts.main_metric import main_metric
from reportgen.charts.run_values import as_number
from reportgen.charts.specification import keep_text, kept_text
from reportgen.frames import run_columns
from reportgen.frames.runs import CONFIG, SUMMARY
from reportgen.model import Project, Run

LEAST_RUNS = 12
"""Fewer runs than these are too few for any forest."""
MOST_RUNS = 1000
"""A forest learns from so many runs at most, evenly spread over the project."""
MOST_METRICS = 6
"""Metrics that get a forest without being asked for."""
UNASKED_RUNS = 50
"""In a project of more runs forests take seconds, and are only grown for metrics that somebody asks for."""
MOST_KEYS = 50
MOST_WORDS = 20
"""Words of a key that are told apart; rarer ones are one."""
TREES = 100
MOST_TRIED = 50
"""Columns that a tree looks at for each split."""
DIGITS = 4
ON_REQUEST = "no forest: for so many runs the build grows one when a saved view has this panel"
WITHOUT = "no forest: the site was built without scikit-learn (extra reportgen[importance])"

Matrix = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class ImportanceTable:
    """What forests learn from: some runs of a project, column by column.

    Attributes:
        keys: ``config.<key>`` -> values, for every key with several.
        metrics: ``summary.<metric>`` -> numbers, NaN where a run has none.
        left_out: runs that there were too many of.
    """

    keys: Mapping[str, Sequence[Any]] = field(default_factory=dict)
    metrics: Mapping[str, Sequence[float]] = field(default_factory=dict)
    left_out: int = 0


def importance_table(project: Project, asked: Iterable[str] = ()) -> ImportanceTable | None:
    """The table of a project; None when there is nothing in it that could be important for anything.

    Args:
        project: the runs.
        asked: metrics that some view has a panel for; others are taken while there is room.
    """
    if len(project.runs) > UNASKED_RUNS and not (asked := tuple(asked)):
        return ImportanceTable(left_out=len(project.runs))
    sample = Project(project.name, tuple(_spread(project.runs, MOST_RUNS)))
    all_are_in = len(sample.runs) == len(project.runs)
    columns = run_columns(project if all_are_in else sample)
    keys = {key: values for key, values in columns.items() if key.startswith(CONFIG) and _tells(values)}
    if not keys:
        return None
    numbers = {key: [_number(value) for value in columns[key]] for key in _metrics(sample, columns, asked)}
    numbers = {key: values for key, values in numbers.items() if len(set(filter(math.isfinite, values))) > 1}
    return ImportanceTable(
        keys={key: [_plain(value) for value in values] for key, values in list(keys.items())[:MOST_KEYS]},
        metrics=numbers,
        left_out=len(project.runs) - len(sample.runs),
    )


def importance_of(table: ImportanceTable, cache: Path | None = None) -> dict[str, Any]:
    """The ``Importance`` of types.ts: a forest for each metric of a table.

    Args:
        table: from `importance_table`.
        cache: folder where forests are kept between builds.
    """
    if importlib.util.find_spec("sklearn") is None:
        return {"missing": WITHOUT, "metrics": {}}
    if not table.metrics and table.left_out:
        return {"missing": ON_REQUEST, "metrics": {}}
    return {"metrics": {metric: _kept_forest(metric, table, cache) for metric in table.metrics}}


def _metrics(project: Project, columns: Mapping[str, Sequence[Any]], asked: Iterable[str]) -> list[str]:
    """The metrics to look at: those asked for, the project's main one, then those that most runs have."""
    logged = Counter(name for run in project.runs for name in run.series)
    wanted = [name if name.startswith(SUMMARY) else SUMMARY + name for name in asked]
    main = main_metric(project.runs)
    others = [SUMMARY + name for name, _ in sorted(logged.items(), key=lambda item: (-item[1], item[0]))]
    unasked = len(project.runs) <= UNASKED_RUNS
    free = list(dict.fromkeys([*([SUMMARY + main] if main else []), *others])) if unasked else []
    known = [name for name in dict.fromkeys(wanted) if name in columns]
    return [*known, *[name for name in free if name in columns and name not in known][:MOST_METRICS]]


def _tells(values: Sequence[Any]) -> bool:
    """Whether a key differs between runs, and is not another name for the run."""
    kinds = {repr(value) for value in values}
    words = [value for value in values if isinstance(value, str)]
    return len(kinds) > 1 and not (len(words) > 1 and len(set(words)) == len(values))


def _number(value: Any) -> float:
    number = as_number(value)
    return math.nan if number is None else number


def _plain(value: Any) -> Any:
    """A value that survives JSON and can be compared: a number, a text or None."""
    if isinstance(value, bool):
        return str(value)
    number = as_number(value)
    if number is not None:
        return number
    return None if value is None or isinstance(value, float) else str(value)


def _spread(runs: Sequence[Run], most: int) -> Sequence[Run]:
    return runs if len(runs) <= most else [runs[place * len(runs) // most] for place in range(most)]


def _kept_forest(metric: str, table: ImportanceTable, cache: Path | None) -> dict[str, Any]:
    """The forest of a metric; one that an earlier build grew from the same numbers is not grown again."""
    target = np.array(table.metrics[metric], dtype=np.float64)
    rows = [int(row) for row in np.flatnonzero(np.isfinite(target))]
    keys = {key: [values[row] for row in rows] for key, values in table.keys.items()}
    about: dict[str, Any] = {"runs": len(rows), "of": len(rows) + table.left_out, "score": 0, "noise": 0, "keys": []}
    if len(rows) < LEAST_RUNS:
        return {**about, "missing": f"no forest: {len(rows)} runs are too few, it takes {LEAST_RUNS}"}
    from sklearn import __version__

    source = json.dumps([_code(), __version__, np.__version__, keys, target[rows].tolist()], sort_keys=True)
    path = None
    if cache is not None:
        path = cache / "importance" / f"{hashlib.sha256(source.encode('utf-8', 'surrogatepass')).hexdigest()[:24]}.json"
        if kept := kept_text(path):
            return {**about, **json.loads(kept)}
    grown = _forest(keys, target[rows])
    if path is not None:
        keep_text(path, json.dumps(grown))
    return {**about, **grown}


def _forest(keys: Mapping[str, Sequence[Any]], target: Matrix) -> dict[str, Any]:
    from sklearn.ensemble import RandomForestRegressor

    parts = {key: _encoded(values) for key, values in keys.items()}
    noise = np.random.default_rng(0).random((len(target), 1))
    matrix = np.concatenate([*parts.values(), noise], axis=1)
    # A forest does not care for the size of the numbers, but squares of large ones overflow.
    scaled = target / (np.abs(target).max() or 1)
    forest = RandomForestRegressor(
        n_estimators=TREES, max_features=min(MOST_TRIED, matrix.shape[1]), oob_score=True, random_state=0, n_jobs=1
    ).fit(matrix, scaled)
    trees = np.array([tree.feature_importances_ for tree in forest.estimators_])
    found: list[tuple[float, str, float]] = []
    first = 0
    for key, part in parts.items():
        own = trees[:, first : first + part.shape[1]].sum(axis=1)
        first += part.shape[1]
        found.append((-_short(own.mean()), key, _short(own.std())))
    keys_found = [{"key": key, "importance": -less, "spread": spread} for less, key, spread in sorted(found)]
    return {"score": _short(forest.oob_score_), "noise": _short(trees[:, first].mean()), "keys": keys_found}


def _encoded(values: Sequence[Any]) -> Matrix:
    """The values of a key as columns of numbers: one of ranks for numbers, one for each word otherwise."""
    present = [value for value in values if value is not None]
    if all(isinstance(value, float) for value in present):
        numbers = np.array([math.nan if value is None else value for value in values])
        # Trees only ask what is less: ranks do, however large the numbers are. What is missing comes before all.
        ranks = np.unique(numbers, return_inverse=True)[1].astype(np.float64)
        return np.where(np.isnan(numbers), -1.0, ranks)[:, np.newaxis]
    words = [str(value) for value in values]
    common = [word for word, _ in sorted(Counter(words).items(), key=lambda item: (-item[1], item[0]))[:MOST_WORDS]]
    return np.array([[word == one for one in common] for word in words], dtype=np.float64)


@functools.cache
def _code() -> str:
    """What else decides how a forest grows: this module."""
    return hashlib.sha256(Path(__file__).read_bytes()).hexdigest()


def _short(value: float) -> float:
    return round(float(value), DIGITS)
