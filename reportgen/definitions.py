"""How metrics want to be shown, as ``metric`` records say it, and which record speaks for which metric."""

from collections.abc import Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase


@dataclass(frozen=True, slots=True)
class MetricDefinition:
    """How a metric (or a glob of metrics) wants to be shown, from its ``metric`` records.

    Attributes:
        name: of the metric, or a glob.
        step_metric: the metric that it is drawn over; empty for its step.
        summary: what the summary keeps beside the last value: ``min``, ``best``, ….
        hidden: whether panels leave it out; None where nothing is said of that.
        step_sync: whether rows without the step metric take its last value; else they are left out of the drawing.
        goal: ``minimize`` or ``maximize``; empty to go by the name.
    """

    name: str
    step_metric: str = ""
    summary: tuple[str, ...] = ()
    hidden: bool | None = None
    step_sync: bool = True
    goal: str = ""


def definition_of(metric: str, definitions: Sequence[MetricDefinition]) -> MetricDefinition:
    """The definition that applies to a metric, of several in the order of their records; an empty one if none does.

    An exact name goes before globs, later globs before earlier ones. What applies does so whole: nothing adds to it.
    """
    found = None
    for definition in definitions:
        if definition.name == metric:
            return definition
        if "*" in definition.name and fnmatchcase(metric, definition.name):
            found = definition
    return found or MetricDefinition(metric)
