"""How metrics want to be shown: the fields of a ``metric`` record."""

from __future__ import annotations

from collections.abc import Iterable

from reportgen.errors import UsageError

SUMMARIES = ("min", "max", "mean", "last", "first", "best", "none")


def metric_fields(
    name: str, step_metric: str | None, summary: str | Iterable[str] | None, *, hidden: bool
) -> dict[str, object]:
    """The fields of the record.

    Args:
        name: a metric, or a glob such as ``val/*``.
        step_metric: the metric to draw it over.
        summary: what the summary keeps of it: some of `SUMMARIES`, as a sequence or separated by commas.
        hidden: leave it out of the panels that are made by themselves.
    """
    chosen = summary.split(",") if isinstance(summary, str) else list(summary or ())
    kept = [part.strip() for part in chosen if part.strip()]
    if unknown := [part for part in kept if part not in SUMMARIES]:
        remedy = f"Use some of {', '.join(SUMMARIES)}."
        raise UsageError(f"unknown summary {', '.join(unknown)}", where="define_metric", remedy=remedy)
    fields: dict[str, object] = {"name": str(name)}
    if step_metric:
        fields["step_metric"] = str(step_metric)
    if kept:
        fields["summary"] = kept
    if hidden:
        fields["hidden"] = True
    return fields
