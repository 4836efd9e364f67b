"""Experiment tracking that becomes a static web site.

Every public name is loaded when it is first used, so that ``import reportgen`` costs a training script next to nothing.
"""

from __future__ import annotations

import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from reportgen.errors import Error as Error
    from reportgen.logger.alert import AlertLevel as AlertLevel
    from reportgen.logger.config import Config
    from reportgen.logger.media.histogram import Histogram as Histogram
    from reportgen.logger.media.image import Image as Image
    from reportgen.logger.media.table import Table as Table
    from reportgen.logger.run import Run as Run
    from reportgen.logger.session import finish as finish
    from reportgen.logger.session import init as init
    from reportgen.logger.session import setup as setup
    from reportgen.logger.session import teardown as teardown
    from reportgen.logger.settings import Settings as Settings
    from reportgen.logger.summary import Summary
    from reportgen.logger.terminal import termerror as termerror
    from reportgen.logger.terminal import termlog as termlog
    from reportgen.logger.terminal import termsetup as termsetup
    from reportgen.logger.terminal import termwarn as termwarn
    from reportgen.logger.without_server import agent as agent
    from reportgen.logger.without_server import controller as controller
    from reportgen.logger.without_server import login as login
    from reportgen.logger.without_server import require as require
    from reportgen.logger.without_server import sweep as sweep
    from reportgen.mkdocs_plugin import build as build

    run: Run | None
    config: Config
    summary: Summary

    # The functions that follow the current run, see `_FOLLOWING`.
    _run = Run.__new__(Run)
    alert = _run.alert
    define_metric = _run.define_metric
    log = _run.log
    mark_preempting = _run.mark_preempting
    save = _run.save
    unwatch = _run.unwatch
    watch = _run.watch

__version__ = "0.1.0"

__all__ = [
    "AlertLevel",
    "Error",
    "Histogram",
    "Image",
    "Run",
    "Settings",
    "Table",
    "__version__",
    "agent",
    "alert",
    "build",
    "config",
    "controller",
    "define_metric",
    "finish",
    "init",
    "log",
    "login",
    "mark_preempting",
    "require",
    "run",
    "save",
    "setup",
    "summary",
    "sweep",
    "teardown",
    "termerror",
    "termlog",
    "termsetup",
    "termwarn",
    "unwatch",
    "watch",
]

_HOMES = {
    "AlertLevel": "reportgen.logger.alert",
    "Error": "reportgen.errors",
    "Histogram": "reportgen.logger.media.histogram",
    "Image": "reportgen.logger.media.image",
    "Run": "reportgen.logger.run",
    "Settings": "reportgen.logger.settings",
    "Table": "reportgen.logger.media.table",
    "agent": "reportgen.logger.without_server",
    "build": "reportgen.mkdocs_plugin",
    "controller": "reportgen.logger.without_server",
    "finish": "reportgen.logger.session",
    "init": "reportgen.logger.session",
    "login": "reportgen.logger.without_server",
    "require": "reportgen.logger.without_server",
    "setup": "reportgen.logger.session",
    "sweep": "reportgen.logger.without_server",
    "teardown": "reportgen.logger.session",
    "termerror": "reportgen.logger.terminal",
    "termlog": "reportgen.logger.terminal",
    "termsetup": "reportgen.logger.terminal",
    "termwarn": "reportgen.logger.terminal",
}
"""Public name -> module that has it. What follows the current run is not here."""
_FOLLOWING = (
    "alert",
    "define_metric",
    "link_model",
    "log",
    "log_artifact",
    "log_code",
    "log_model",
    "mark_preempting",
    "restore",
    "save",
    "unwatch",
    "use_artifact",
    "use_model",
    "watch",
)
"""Functions that call the method of the current run that has their name."""


def __getattr__(name: str) -> object:
    found: object = None
    if name in _FOLLOWING:
        found = __import__("reportgen.logger.session", fromlist=[name]).follow(name)
    elif name in _HOMES:
        try:
            found = getattr(__import__(_HOMES[name], fromlist=[name]), name, None)
        except ModuleNotFoundError as error:
            from reportgen.errors import missing_package

            raise missing_package(f"reportgen.{name}", error) from None
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
    def config(self) -> Any:
        return _current("current_config")

    @config.setter
    def config(self, value: object) -> None:
        """Scripts set values; the import system sets the submodule, which stays reachable through ``sys.modules``."""
        if not isinstance(value, type(sys)):
            self.config.update(value)

    @property
    def summary(self) -> object:
        return _current("current_summary")


sys.modules[__name__].__class__ = _Package
