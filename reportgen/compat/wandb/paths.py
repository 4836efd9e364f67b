"""``wandb.sdk`` and ``wandb.apis``: the paths by which annotations and frameworks name what this package has."""

from types import ModuleType
from typing import Any

_API = "reportgen.compat.wandb.api"
_PUBLIC_RUN = "reportgen.compat.wandb.public_run"
_MEDIA = "reportgen.compat.wandb.data_types"
_IDIOMS = "reportgen.compat.wandb.idioms"
_HOMES = {
    "apis.PublicApi": f"{_API}:Api",
    "apis.public.Api": f"{_API}:Api",
    "apis.public.File": f"{_PUBLIC_RUN}:File",
    "apis.public.Run": f"{_PUBLIC_RUN}:Run",
    "apis.public.Runs": f"{_API}:Runs",
    "sdk.AlertLevel": "reportgen.logger.alerts.level:AlertLevel",
    "sdk.Artifact": "reportgen.logger.artifacts.artifact:Artifact",
    "sdk.Config": "reportgen.logger.config:Config",
    "sdk.Settings": "reportgen.logger.settings:Settings",
    "sdk.Summary": "reportgen.logger.summary:Summary",
    "sdk.artifacts.artifact.Artifact": "reportgen.logger.artifacts.artifact:Artifact",
    "sdk.artifacts.artifact_ttl.ArtifactTTL": "reportgen.logger.artifacts.ttl:ArtifactTTL",
    "sdk.data_types.audio.Audio": f"{_MEDIA}:Audio",
    "sdk.data_types.base_types.media.Media": f"{_MEDIA}:Media",
    "sdk.data_types.base_types.wb_value.WBValue": f"{_MEDIA}:WBValue",
    "sdk.data_types.bokeh.Bokeh": f"{_MEDIA}:Bokeh",
    "sdk.data_types.eval_table.EvalTable": f"{_MEDIA}:EvalTable",
    "sdk.data_types.graph.Graph": f"{_MEDIA}:Graph",
    "sdk.data_types.graph.Node": f"{_MEDIA}:Node",
    "sdk.data_types.helper_types.classes.Classes": f"{_MEDIA}:Classes",
    "sdk.data_types.histogram.Histogram": f"{_MEDIA}:Histogram",
    "sdk.data_types.html.Html": f"{_MEDIA}:Html",
    "sdk.data_types.image.Image": f"{_MEDIA}:Image",
    "sdk.data_types.molecule.Molecule": f"{_MEDIA}:Molecule",
    "sdk.data_types.object_3d.Object3D": f"{_MEDIA}:Object3D",
    "sdk.data_types.object_3d.box3d": f"{_MEDIA}:box3d",
    "sdk.data_types.plotly.Plotly": f"{_MEDIA}:Plotly",
    "sdk.data_types.table.JoinedTable": f"{_MEDIA}:JoinedTable",
    "sdk.data_types.table.Table": f"{_MEDIA}:Table",
    "sdk.data_types.video.Video": f"{_MEDIA}:Video",
    "sdk.lib.RunDisabled": "reportgen.logger.run:Run",
    "sdk.lib.config_util.ConfigError": "reportgen.errors:ConfigError",
    "sdk.lib.disabled.RunDisabled": "reportgen.logger.run:Run",
    "sdk.lib.runid.generate_id": f"{_IDIOMS}:generate_id",
    "sdk.wandb_alerts.AlertLevel": "reportgen.logger.alerts.level:AlertLevel",
    "sdk.wandb_config.Config": "reportgen.logger.config:Config",
    "sdk.wandb_init.init": "reportgen.logger.session:init",
    "sdk.wandb_login.login": "reportgen.logger.without_server:login",
    "sdk.wandb_run.Run": "reportgen.logger.run:Run",
    "sdk.wandb_run.finish": "reportgen.logger.session:finish",
    "sdk.wandb_settings.Settings": "reportgen.logger.settings:Settings",
    "sdk.wandb_setup.setup": "reportgen.logger.session:setup",
    "sdk.wandb_setup.teardown": "reportgen.logger.session:teardown",
    "sdk.wandb_summary.Summary": "reportgen.logger.summary:Summary",
}
"""A path of wandb's -> the module that has it and its name there."""


class Namespace(ModuleType):
    """All paths with one beginning. What they lead to is imported when it is asked for."""

    def __init__(self, path: str) -> None:
        super().__init__(f"reportgen.{path}")
        self._path = path

    def __getattr__(self, name: str) -> Any:
        path = f"{self._path}.{name}"
        found: object = None
        if path in _HOMES:
            module, _, its_name = _HOMES[path].partition(":")
            found = getattr(__import__(module, fromlist=[its_name]), its_name)
        elif any(known.startswith(f"{path}.") for known in _HOMES):
            found = Namespace(path)
        else:
            raise AttributeError(f"module {self.__name__!r} has no attribute {name!r}")
        setattr(self, name, found)
        return found

    def __dir__(self) -> list[str]:
        start = f"{self._path}."
        return sorted({known.removeprefix(start).partition(".")[0] for known in _HOMES if known.startswith(start)})


sdk = Namespace("sdk")
apis = Namespace("apis")
