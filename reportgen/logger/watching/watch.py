"""Watching models: histograms of gradients and parameters, as methods of a run: `Run.watch`, `Run.unwatch`."""

from __future__ import annotations

from reportgen.errors import UsageError
from reportgen.logger.recorder import Recorder

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

    from reportgen.logger.watching.torch_hooks import Watch

KINDS = ("gradients", "parameters", "all", None)


class Watching(Recorder):
    """Logs how the tensors of torch modules are spread while they are trained."""

    _watches: tuple[Watch, ...] = ()

    def watch(  # noqa: PLR0913, PLR0917 # wandb's signature
        self,
        models: Any,
        criterion: Any = None,
        log: str | None = "gradients",
        log_freq: int = 1000,
        idx: int | None = None,
        log_graph: bool = False,  # noqa: FBT001, FBT002
    ) -> None:
        """Log a histogram of every layer of torch modules, every so many passes.

        Gradients are logged as ``gradients/<parameter>``, parameters as ``parameters/<parameter>``, in the row of the
        step that is open; those of a second model begin with ``graph_1``.

        Args:
            models: a module, or several.
            criterion: a loss that is a module too; only part of the graph.
            log: ``gradients``, ``parameters``, ``all``, or None for the graph alone.
            log_freq: passes from one histogram of a tensor to the next.
            idx: number of the first of these models; by default how many are watched already.
            log_graph: log a table of the layers at the first pass: name, type, shape of the output, parameters.
        """
        if not self._active:
            return
        with self._troubles.guard("watch", "cannot watch the model"):
            from reportgen.logger.watching.torch_hooks import Watch, is_module

            several = list(models) if isinstance(models, (list, tuple)) else [models]
            wrong = [model for model in several if not is_module(model)]
            if wrong or not several or log not in KINDS or int(log_freq) < 1:
                what = f"a {type(wrong[0]).__name__} is no torch module" if wrong else "these options fit no model"
                remedy = 'Give torch.nn.Module, log="gradients", "parameters", "all" or None, and log_freq from 1.'
                raise UsageError(what, where="watch", remedy=remedy)
            if any(watch.model is model for watch in self._watches for model in several):
                raise UsageError("the model is watched already", where="watch", remedy="Call unwatch first.")
            first = len(self._watches) if idx is None else idx
            for place, model in enumerate(several, first):
                watch = Watch(self, model, place, int(log_freq))
                self._watches = (*self._watches, watch)
                watch.start(log, criterion if log_graph else None, graph=log_graph)

    def unwatch(self, models: Any | Sequence[Any] | None = None) -> None:
        """Take the hooks out of these models, or of all."""
        several = models if isinstance(models, (list, tuple)) else None if models is None else [models]
        kept = []
        for watch in self._watches:
            if several is None or any(watch.model is model for model in several):
                watch.stop()
            else:
                kept.append(watch)
        self._watches = tuple(kept)
