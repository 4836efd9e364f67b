"""The hooks of `Run.watch` in a torch module. torch is never imported: the module brings its tensors."""

from __future__ import annotations

from collections.abc import Callable

from reportgen.logger.media.histogram import Histogram
from reportgen.logger.recorder import Recorder

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

BINS = 64


def is_module(value: object) -> bool:
    """Whether the value has what is needed of ``torch.nn.Module``."""
    return all(callable(getattr(value, name, None)) for name in ("named_parameters", "register_forward_hook"))


class Watch:
    """The hooks in one model.

    Args:
        run: gets the histograms.
        model: a torch module.
        place: its number among the watched models.
        frequency: passes from one histogram of a tensor to the next.
    """

    def __init__(self, run: Recorder, model: Any, place: int, frequency: int) -> None:
        self.model = model
        self._run = run
        self._name = f"graph_{place}"
        self._prefix = f"{self._name}." if place else ""
        self._frequency = frequency
        self._handles: list[Any] = []

    def start(self, kinds: str | None, criterion: Any, *, graph: bool) -> None:
        """Put the hooks in. ``kinds`` is one of `watch.KINDS`."""
        if kinds in ("gradients", "all"):
            for name, parameter in self.model.named_parameters():
                if parameter.requires_grad:
                    self._handles.append(parameter.register_hook(self._gradient_hook(name)))
        if kinds in ("parameters", "all"):
            self._handles.append(self.model.register_forward_hook(self._parameters_hook()))
        if graph:
            from reportgen.logger.watching.torch_graph import graph_hooks

            self._handles += graph_hooks(self._run, self._name, (self.model, criterion))

    def stop(self) -> None:
        """Take the hooks out."""
        for handle in self._handles:
            handle.remove()
        self._handles.clear()

    def _gradient_hook(self, name: str) -> Callable[[Any], None]:
        is_due = self._counter()

        def gradient_hook(gradient: Any) -> None:
            if is_due():
                self._log("gradients", {name: gradient})

        return gradient_hook

    def _parameters_hook(self) -> Callable[[Any, Any, Any], None]:
        is_due = self._counter()

        def parameters_hook(model: Any, _inputs: Any, _outputs: Any) -> None:
            if model.training and is_due():
                self._log("parameters", dict(model.named_parameters()))

        return parameters_hook

    def _counter(self) -> Callable[[], bool]:
        """A function that is true at the first of every ``frequency`` calls."""
        passes = -1

        def is_due() -> bool:
            nonlocal passes
            passes += 1
            return passes % self._frequency == 0

        return is_due

    def _log(self, kind: str, tensors: dict[str, Any]) -> None:
        """Log histograms in the step that is open. Nothing here may end a backward pass."""
        if not self._run._active:  # noqa: SLF001 # a hook is part of its run
            return
        row: dict[str, object] = {}
        for name, tensor in tensors.items():
            with self._run._troubles.guard(f"watch:{name}", f"cannot log the {kind} of {name}", background=True):  # noqa: SLF001
                found = tensor_histogram(tensor)
                if found is not None:
                    row[f"{kind}/{self._prefix}{name}"] = found
        if row:
            self._run.log(row, commit=False)


def tensor_histogram(tensor: Any) -> Histogram | None:
    """The finite numbers of a tensor, counted where the tensor is, so that a GPU sends 64 numbers and no more.

    Returns:
        None for a tensor without a finite number.
    """
    values = tensor.detach()
    values = values.coalesce().values() if values.is_sparse else values
    values = values.abs() if values.is_complex() else values
    values = values.flatten().float()
    values = values[values.isfinite()]
    if not values.numel():
        return None
    low, high = float(values.min()), float(values.max())
    if low == high:
        margin = max(0.5, abs(low) * 1e-6)
        return Histogram(np_histogram=([values.numel()], [low - margin, low + margin]))
    counts = values.histc(bins=BINS, min=low, max=high).tolist()
    width = (high - low) / BINS
    return Histogram(np_histogram=(counts, [*(low + width * place for place in range(BINS)), high]))
