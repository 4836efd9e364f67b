"""Experiment tracking that becomes a static web site.

Every public name is loaded when it is first used, so that ``import reportgen`` costs a training script next to nothing.
"""

from __future__ import annotations

import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from reportgen.logger.config import Config
    from reportgen.logger.media.histogram import Histogram as Histogram
    from reportgen.logger.media.image import Image as Image
    from reportgen.logger.media.table import Table as Table
    from reportgen.logger.run import Run as Run
    from reportgen.logger.session import define_metric as define_metric
    from reportgen.logger.session import finish as finish
    from reportgen.logger.session import init as init
    from reportgen.logger.session import log as log
    from reportgen.logger.session import save as save
    from reportgen.logger.summary import Summary
    from reportgen.mkdocs_plugin import build as build

    run: Run | None
    config: Config
    summary: Summary

__version__ = "0.1.0"

__all__ = [
    "Histogram",
    "Image",
    "Run",
    "Table",
    "__version__",
    "build",
    "config",
    "define_metric",
    "finish",
    "init",
    "log",
    "run",
    "save",
    "summary",
]

_HOMES = {
    "Histogram": "reportgen.logger.media.histogram",
    "Image": "reportgen.logger.media.image",
    "Run": "reportgen.logger.run",
    "Table": "reportgen.logger.media.table",
    "build": "reportgen.mkdocs_plugin",
    "define_metric": "reportgen.logger.session",
    "finish": "reportgen.logger.session",
    "init": "reportgen.logger.session",
    "log": "reportgen.logger.session",
    "save": "reportgen.logger.session",
}
"""Public name -> module that has it. What follows the current run (`run`, `config`, `summary`) is not here."""


def __getattr__(name: str) -> object:
    home = _HOMES.get(name)
    found = getattr(__import__(home, fromlist=[name]), name, None) if home else None
    if found is None:
        raise AttributeError(f"module 'reportgen' has no attribute {name!r}")
    globals()[name] = found
    return found


def __dir__() -> list[str]:
    return sorted(__all__)


def _current(name: str) -> object:
    return getattr(__import__("reportgen.logger.session", fromlist=[name]), name)()


class _Package(type(sys)):  # type: ignore[misc]  # the class of modules, without importing `types`
    """The package as a module whose `run`, `config` and `summary` always are those of the current run.

    Properties outrank the submodule of the same name: ``reportgen.config`` is the run's, also when the builder has
    imported the module ``reportgen/config.py`` (``from reportgen.config import BuildConfig`` finds that one).
    """

    @property
    def run(self) -> object:
        return _current("current_run") if "reportgen.logger.session" in sys.modules else None

    @property
    def config(self) -> object:
        return _current("current_config")

    @config.setter
    def config(self, _: object) -> None:
        """The import system sets the submodule here; it stays reachable through ``sys.modules``."""

    @property
    def summary(self) -> object:
        return _current("current_summary")


sys.modules[__name__].__class__ = _Package
