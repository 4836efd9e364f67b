"""As cells of a notebook are run: the globals of the package, again and again, and nothing is finished by hand."""

import reportgen as wandb

assert wandb.run is None
wandb.init(project="globals", name="first try", config=dict(lr=0.1))  # noqa: C408 # as people write it
wandb.log({"loss": 1.0})
wandb.config.lr = 0.1
wandb.init(project="globals", name="second try", config=dict(lr=0.2), reinit="finish_previous")  # noqa: C408
for _ in range(3):
    wandb.log({"loss": 0.5})
wandb.summary["accuracy"] = 0.9
wandb.summary.note = "looks good"
wandb.run.notes = "better"
wandb.run.tags = ["kept"]
wandb.termlog("half way", repeat=False)
for _ in range(2):
    wandb.termwarn("the loss does not move", repeat=False)
assert wandb.run.summary.get("accuracy") == 0.9
assert wandb.run.step == 3
assert wandb.run.to_html()
print(wandb.run.name, wandb.run.project, wandb.run.entity or "nobody", wandb.run.url, wandb.run.get("nothing", None)
      if hasattr(wandb.run, "get") else "-")  # fmt: skip
