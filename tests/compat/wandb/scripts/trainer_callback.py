"""A callback in the manner of Hugging Face's Trainer, which keeps the module itself and asks it for everything."""

import numbers
import os
import tempfile
from pathlib import Path

os.environ.setdefault("WANDB_PROJECT", "trainer")
os.environ["WANDB_LOG_MODEL"] = "end"
os.environ["WANDB_WATCH"] = "false"

import reportgen as wandb

ARGUMENTS = {
    "output_dir": "out",
    "learning_rate": 5e-5,
    "num_train_epochs": 3,
    "report_to": ["wandb"],
    "seed": 42,
    "tags": None,
}
MODEL_CONFIG = {"hidden_size": 64, "id2label": {0: "no", 1: "yes"}, "torch_dtype": None, "learning_rate": 0}
ONCE = ("train_runtime", "train_loss", "total_flos")


def rewritten(logs):
    """``eval_loss`` becomes ``eval/loss``, and what is of no evaluation is of training."""
    return {f"eval/{key[5:]}" if key.startswith("eval_") else f"train/{key}": value for key, value in logs.items()}


class TrackerCallback:
    """What the trainer calls."""

    def __init__(self):
        self._wandb = wandb
        self._initialized = False

    def setup(self, run_name):
        self._initialized = True
        if run_name == ARGUMENTS["output_dir"]:
            self._wandb.termwarn("The run name is the output folder.", repeat=False)
        if self._wandb.run is None:
            self._wandb.init(project=os.getenv("WANDB_PROJECT", "huggingface"), name=run_name)
        self._wandb.config.update({**MODEL_CONFIG, **ARGUMENTS}, allow_val_change=True)
        if getattr(self._wandb, "define_metric", None):
            self._wandb.define_metric("train/global_step")
            self._wandb.define_metric("*", step_metric="train/global_step", step_sync=True)
        if os.getenv("WANDB_WATCH", "false") in ("all", "parameters", "gradients"):
            raise AssertionError("not asked for")
        self._wandb.run._label(code="transformers_trainer")
        try:
            self._wandb.config["model/num_parameters"] = 1234
        except self._wandb.sdk.lib.config_util.ConfigError:
            self._wandb.termerror("the number of parameters is not known")

    def on_log(self, logs, global_step):
        for key, value in logs.items():
            if key in ONCE:
                self._wandb.run.summary[key] = value
        more = rewritten({key: value for key, value in logs.items() if key not in ONCE})
        self._wandb.log({**more, "train/global_step": global_step})

    def on_train_end(self):
        summary = dict(self._wandb.summary)
        metadata = {
            key: value
            for key, value in summary.items()
            if isinstance(value, numbers.Number) and not key.startswith("_")
        }
        metadata["final_model"] = True
        artifact = self._wandb.Artifact(name=f"model-{self._wandb.run.id}", type="model", metadata=metadata)
        with tempfile.TemporaryDirectory() as folder:
            Path(folder, "model.safetensors").write_bytes(b"weights")
            for file in Path(folder).glob("*"):
                with artifact.new_file(file.name, mode="wb") as copy:
                    copy.write(file.read_bytes())
        self._wandb.run.log_artifact(artifact, aliases=["final_model"])

    def on_predict(self, metrics):
        self._wandb.log(rewritten(metrics))


callback = TrackerCallback()
callback.setup("bert-small")
for global_step in range(10, 40, 10):
    callback.on_log(
        {"loss": 1 / global_step, "grad_norm": 0.5, "learning_rate": 5e-5, "epoch": global_step / 10}, global_step
    )
    callback.on_log({"eval_loss": 2 / global_step, "eval_accuracy": 0.5 + global_step / 100}, global_step)
callback.on_log({"train_runtime": 12.5, "train_loss": 0.05, "total_flos": 1e9, "epoch": 3.0}, global_step)
callback.on_train_end()
callback.on_predict({"test_loss": 0.3})
