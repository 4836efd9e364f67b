"""Metrics over an axis of their own, with a best value in the summary, in a context manager."""

import math

import reportgen as wandb

with wandb.init(project="epoch-axis", job_type="train", settings=wandb.Settings(console="off")) as run:
    run.define_metric("epoch", hidden=True)
    run.define_metric("val/*", step_metric="epoch")
    wandb.define_metric("val/accuracy", summary="max", step_metric="epoch")
    wandb.define_metric("val/loss", summary="min", step_metric="epoch")
    for step in range(40):
        run.log({"train/loss": math.exp(-step / 20), "lr": 0.1 * 0.9**step})
        if step % 10 == 9:
            epoch = step // 10
            run.log({"val/loss": (epoch - 2) ** 2 + 0.5, "val/accuracy": 1 - (epoch - 2) ** 2 / 8, "epoch": epoch})
    run.summary["test/accuracy"] = 0.93
    run.summary.update({"confusion": {"false_positives": 3, "false_negatives": 4}})
