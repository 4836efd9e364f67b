"""A logger class in the manner of PyTorch Lightning: lazy, resumable, with checkpoints as artifacts."""

import os
from argparse import Namespace
from pathlib import Path

import numpy as np

import reportgen as wandb


class TrackerLogger:
    """What a trainer calls while it trains."""

    def __init__(self, project, name=None, version=None, save_dir=None, log_model=True):
        self._arguments = {"project": project, "name": name, "id": version, "dir": save_dir, "resume": "allow"}
        self._experiment = None
        self._log_model = log_model

    @property
    def experiment(self) -> "wandb.sdk.wandb_run.Run":
        if self._experiment is None:
            attached = getattr(self, "_attach_id", None)
            assert attached is None
            self._experiment = wandb.run if wandb.run is not None else wandb.init(**self._arguments)
            assert isinstance(self._experiment, (wandb.sdk.wandb_run.Run, wandb.sdk.lib.RunDisabled))
            if getattr(self._experiment, "define_metric", None):
                self._experiment.define_metric("trainer/global_step")
                self._experiment.define_metric("*", step_metric="trainer/global_step", step_sync=True)
        self._experiment._label(code="lightning_logger")
        return self._experiment

    def log_hyperparams(self, params):
        self.experiment.config.update(vars(params), allow_val_change=True)

    def log_metrics(self, metrics, step=None):
        self.experiment.log(dict(metrics, **{"trainer/global_step": step}) if step is not None else metrics)

    def log_image(self, key, images, step, caption):
        self.log_metrics(
            {key: [wandb.Image(image, caption=text) for image, text in zip(images, caption, strict=True)]}, step
        )

    def log_table(self, key, columns, data):
        self.log_metrics({key: wandb.Table(columns=columns, data=data)})

    @property
    def version(self):
        return self._experiment.id if self._experiment else self._arguments["id"]

    def after_save_checkpoint(self, path, score, *, best):
        metadata = {
            "score": score,
            "original_filename": path.name,
            "ModelCheckpoint": {"monitor": "val/loss", "mode": "min"},
        }
        artifact = wandb.Artifact(name=f"model-{self.experiment.id}", type="model", metadata=metadata)
        artifact.add_file(str(path), name="model.ckpt")
        self.experiment.log_artifact(artifact, aliases=["latest", "best"] if best else ["latest"])

    def finalize(self, status):
        assert status == "success"


logger = TrackerLogger("lightning", name="baseline", version="l1")
logger.log_hyperparams(Namespace(lr=1e-3, layers=[64, 64], callback=print, path=Path("data")))
for step in range(0, 50, 5):
    logger.log_metrics({"train/loss": 1 / (step + 1), "epoch": step // 10}, step)
    if step % 10 == 5:
        logger.log_metrics({"val/loss": 2 / (step + 1), "epoch": step // 10}, step)
        checkpoint = Path(logger.experiment.dir, "checkpoints", f"epoch={step // 10}.ckpt")
        checkpoint.parent.mkdir(exist_ok=True)
        checkpoint.write_bytes(os.urandom(32))
        logger.after_save_checkpoint(checkpoint, 2 / (step + 1), best=step == 45)
logger.log_image("val/examples", [np.zeros((4, 4)), np.ones((4, 4))], 49, caption=["no", "yes"])
logger.log_table("val/text", ["prompt", "answer"], [["2 + 2", "4"]])
logger.finalize("success")
assert logger.version == "l1"
folder = wandb.run.use_artifact("model-l1:best", type="model").download(root="best")
assert Path(folder, "model.ckpt").stat().st_size == 32
