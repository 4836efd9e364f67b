"""The layers of a watched model as a table, logged at its first pass, when the shapes of their outputs are known."""

from __future__ import annotations

from reportgen.logger.media.table import Table
from reportgen.logger.recorder import Recorder

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

COLUMNS = ("name", "type", "output", "parameters", "trained")


def graph_hooks(run: Recorder, name: str, models: tuple[Any, Any]) -> list[Any]:
    """Put hooks into a model that log its table and then do no more; a criterion is one more row.

    Args:
        run: gets the table.
        name: what it is logged as.
        models: the model, and the criterion or None.

    Returns:
        Handles that take the hooks out.
    """
    model, criterion = models
    shapes: dict[str, str] = {}
    handles = []
    for path, layer in model.named_modules():
        if path:
            handles.append(
                layer.register_forward_hook(lambda _layer, _in, out, path=path: shapes.update({path: shape(out)}))
            )

    def log_graph(_model: Any, _inputs: Any, outputs: Any) -> None:
        for handle in handles:
            handle.remove()
        with run._troubles.guard(f"graph:{name}", "cannot log the layers of the model", background=True):  # noqa: SLF001 # a hook is part of its run
            rows = [
                _row(path or "(model)", layer, shapes.get(path) or shape(outputs))
                for path, layer in model.named_modules()
            ]
            if hasattr(criterion, "named_parameters"):
                rows.append(_row("(criterion)", criterion, ""))
            run.log({name: Table(columns=COLUMNS, data=rows)}, commit=False)

    handles.append(model.register_forward_hook(log_graph))
    return handles


def _row(path: str, layer: Any, output: str) -> list[object]:
    own = list(layer.parameters(recurse=path in ("(model)", "(criterion)")))
    trained = sum(parameter.numel() for parameter in own if parameter.requires_grad)
    return [path, type(layer).__name__, output, sum(parameter.numel() for parameter in own), trained]


def shape(output: Any) -> str:
    """The shape of what a layer gives back: ``32 x 10``, several of them separated by commas."""
    if isinstance(output, dict):
        output = tuple(output.values())
    if isinstance(output, (list, tuple)):
        return ", ".join(filter(None, map(shape, output)))
    return " x ".join(map(str, output.shape)) if hasattr(output, "shape") else ""
