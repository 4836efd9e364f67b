"""A tracker in the manner of Accelerate: it begins the run, stores the configuration later, and is told its steps."""

import os

import numpy as np

import reportgen as wandb


class Tracker:
    """What the accelerator calls."""

    def __init__(self, run_name, **options):
        self.run_name, self.options = run_name, options
        self.run = wandb.init(project=self.run_name, **self.options)

    def store_init_configuration(self, values):
        if os.environ.get("WANDB_MODE") == "offline":
            self.run.finish()
            self.run = wandb.init(project=self.run_name, **{**self.options, "config": values})
        else:
            wandb.config.update(values, allow_val_change=True)

    def log(self, values, step=None, **options):
        self.run.log(values, step=step, **options)

    def log_images(self, values, step=None, **options):
        for key, images in values.items():
            self.log({key: [wandb.Image(image) for image in images]}, step=step, **options)

    def log_table(self, name, columns=None, data=None, dataframe=None, step=None, **options):
        self.log({name: wandb.Table(columns=columns, data=data, dataframe=dataframe)}, step=step, **options)

    def finish(self):
        self.run.finish()


tracker = Tracker("accelerate", name="diffusion", tags=["accelerate"], notes="", config={"seed": 1})
tracker.store_init_configuration({"lr": 1e-4, "mixed_precision": "bf16", "resolution": 64, "snr_gamma": None})
for step in range(1, 9):
    tracker.log({"train_loss": 1 / step, "lr": 1e-4}, step=step)
    if step % 4 == 0:
        tracker.log_images({"validation": np.zeros((2, 8, 8, 3), dtype=np.uint8)}, step=step)
tracker.log_table("prompts", columns=["prompt"], data=[["a cat"]], step=8)
tracker.log({"val": {"fid": 12.5, "clip": 0.3}}, step=8)
tracker.finish()
