"""Settings from a file, the command line and the script, and what is decided later."""

import argparse
from pathlib import Path

import reportgen as wandb

Path("defaults.yaml").write_text("""
batch_size:
  desc: Examples in one step
  value: 32
optimizer:
  value: {name: sgd, momentum: 0.9}
""")

parser = argparse.ArgumentParser()
parser.add_argument("-b", "--batch-size", type=int, default=64)
parser.add_argument("-lr", "--learning-rate", type=float, default=1e-3)
parser.add_argument("--debug", action="store_true")
args = parser.parse_args()

run = wandb.init(project="configuration", config="defaults.yaml", tags=["baseline", "paper1"], notes="tweak baseline")
run.config.update(args, allow_val_change=True)
wandb.config.update({"dropout": 0.2})
wandb.config.setdefaults({"dropout": 0.5, "epochs": 3})
run.config["optimizer"]["nesterov"] = True
wandb.config.seed = 42
config = wandb.config
assert (config.batch_size, config["learning_rate"], config.get("nothing", "none")) == (args.batch_size, 0.01, "none")
assert config.optimizer["name"] == "sgd"
assert dict(config)["epochs"] == 3
for epoch in range(config.epochs):
    wandb.log({"epoch": epoch, "val/loss": config.learning_rate * epoch}, commit=epoch % 2 == 0)
run.tags += ("tuned",)
run.name = f"lr-{config.learning_rate}"
wandb.finish()
