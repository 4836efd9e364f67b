"""Experiment tracking that becomes a static web site.

Every public name is loaded when it is first used, so that ``import reportgen`` costs a training script next to nothing.
"""

from __future__ import annotations

import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from reportgen import errors as errors
    from reportgen.compat.wandb import data_types as data_types
    from reportgen.compat.wandb import env as env
    from reportgen.compat.wandb import idioms as util
    from reportgen.compat.wandb.api import Api as Api
    from reportgen.compat.wandb.paths import apis as apis
    from reportgen.compat.wandb.paths import sdk as sdk
    from reportgen.errors import CommError as CommError
    from reportgen.errors import Error as Error
    from reportgen.errors import UsageError as UsageError
    from reportgen.logger import plot as plot
    from reportgen.logger.alerts.level import AlertLevel as AlertLevel
    from reportgen.logger.artifacts.artifact import Artifact as Artifact
    from reportgen.logger.artifacts.ttl import ArtifactTTL as ArtifactTTL
    from reportgen.logger.config import Config as Config
    from reportgen.logger.media.audio import Audio as Audio
    from reportgen.logger.media.bokeh import Bokeh as Bokeh
    from reportgen.logger.media.classes import Classes as Classes
    from reportgen.logger.media.eval_table import EvalTable as EvalTable
    from reportgen.logger.media.graph import Graph as Graph
    from reportgen.logger.media.histogram import Histogram as Histogram
    from reportgen.logger.media.html import Html as Html
    from reportgen.logger.media.image import Image as Image
    from reportgen.logger.media.joined_table import JoinedTable as JoinedTable
    from reportgen.logger.media.molecule import Molecule as Molecule
    from reportgen.logger.media.object3d import Object3D as Object3D
    from reportgen.logger.media.object3d import box3d as box3d
    from reportgen.logger.media.plotly import Plotly as Plotly
    from reportgen.logger.media.table import Table as Table
    from reportgen.logger.media.video import Video as Video
    from reportgen.logger.plot.chart import plot_table as plot_table
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
    from reportgen.results import load as load

    run: Run | None
    config: Config
    summary: Summary

    # The functions that follow the current run, see `_FOLLOWING`.
    _run = Run.__new__(Run)
    alert = _run.alert
    define_metric = _run.define_metric
    link_model = _run.link_model
    log = _run.log
    log_artifact = _run.log_artifact
    log_code = _run.log_code
    log_model = _run.log_model
    mark_preempting = _run.mark_preempting
    pin_config_keys = _run.pin_config_keys
    restore = _run.restore
    save = _run.save
    unwatch = _run.unwatch
    use_artifact = _run.use_artifact
    use_model = _run.use_model
    watch = _run.watch

__version__ = "0.1.0"

__all__ = [
    "AlertLevel",
    "Api",
    "Artifact",
    "ArtifactTTL",
    "Audio",
    "Bokeh",
    "Classes",
    "CommError",
    "Config",
    "Error",
    "EvalTable",
    "Graph",
    "Histogram",
    "Html",
    "Image",
    "JoinedTable",
    "Molecule",
    "Object3D",
    "Plotly",
    "Run",
    "Settings",
    "Table",
    "UsageError",
    "Video",
    "__version__",
    "agent",
    "alert",
    "apis",
    "box3d",
    "build",
    "config",
    "controller",
    "data_types",
    "define_metric",
    "env",
    "errors",
    "finish",
    "init",
    "link_model",
    "load",
    "log",
    "log_artifact",
    "log_code",
    "log_model",
    "login",
    "mark_preempting",
    "pin_config_keys",
    "plot",
    "plot_table",
    "require",
    "restore",
    "run",
    "save",
    "sdk",
    "setup",
    "summary",
    "sweep",
    "teardown",
    "termerror",
    "termlog",
    "termsetup",
    "termwarn",
    "unwatch",
    "use_artifact",
    "use_model",
    "util",
    "watch",
]

_HOMES = {
    "AlertLevel": "reportgen.logger.alerts.level",
    "Api": "reportgen.compat.wandb.api",
    "Audio": "reportgen.logger.media.audio",
    "Bokeh": "reportgen.logger.media.bokeh",
    "Classes": "reportgen.logger.media.classes",
    "Artifact": "reportgen.logger.artifacts.artifact",
    "ArtifactTTL": "reportgen.logger.artifacts.ttl",
    "CommError": "reportgen.errors",
    "Config": "reportgen.logger.config",
    "Error": "reportgen.errors",
    "EvalTable": "reportgen.logger.media.eval_table",
    "Graph": "reportgen.logger.media.graph",
    "Histogram": "reportgen.logger.media.histogram",
    "Html": "reportgen.logger.media.html",
    "Image": "reportgen.logger.media.image",
    "JoinedTable": "reportgen.logger.media.joined_table",
    "Molecule": "reportgen.logger.media.molecule",
    "Object3D": "reportgen.logger.media.object3d",
    "Plotly": "reportgen.logger.media.plotly",
    "Run": "reportgen.logger.run",
    "Settings": "reportgen.logger.settings",
    "Table": "reportgen.logger.media.table",
    "UsageError": "reportgen.errors",
    "Video": "reportgen.logger.media.video",
    "agent": "reportgen.logger.without_server",
    "apis": "reportgen.compat.wandb.paths",
    "box3d": "reportgen.logger.media.object3d",
    "build": "reportgen.mkdocs_plugin",
    "controller": "reportgen.logger.without_server",
    "finish": "reportgen.logger.session",
    "init": "reportgen.logger.session",
    "load": "reportgen.results",
    "login": "reportgen.logger.without_server",
    "plot": "reportgen.logger",
    "plot_table": "reportgen.logger.plot.chart",
    "require": "reportgen.logger.without_server",
    "sdk": "reportgen.compat.wandb.paths",
    "setup": "reportgen.logger.session",
    "sweep": "reportgen.logger.without_server",
    "teardown": "reportgen.logger.session",
    "termerror": "reportgen.logger.terminal",
    "termlog": "reportgen.logger.terminal",
    "termsetup": "reportgen.logger.terminal",
    "termwarn": "reportgen.logger.terminal",
}
"""Public name -> module that has it. What follows the current run is not here."""
_MODULES = {
    "data_types": "reportgen.compat.wandb.data_types",
    "env": "reportgen.compat.wandb.env",
    "errors": "reportgen.errors",
    "util": "reportgen.compat.wandb.idioms",
}
"""Modules of wandb's package -> ours."""
_FOLLOWING = (
    "alert",
    "define_metric",
    "link_model",
    "log",
    "log_artifact",
    "log_code",
    "log_model",
    "mark_preempting",
    "pin_config_keys",
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
    elif name in _MODULES:
        found = __import__(_MODULES[name], fromlist=["__name__"])
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
