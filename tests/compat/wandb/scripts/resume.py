"""Started again after it was killed: the same run goes on where its checkpoint is."""

import json
import os
from pathlib import Path

import reportgen as wandb

CHECKPOINT = Path("checkpoint.json")
run_id_file = Path("wandb-run-id")
run_id = run_id_file.read_text() if run_id_file.exists() else wandb.util.generate_id()
run_id_file.write_text(run_id)

run = wandb.init(project="resume", id=run_id, resume="allow", config={"epochs": 6})
first = 0
if wandb.run.resumed:
    restored = json.loads(wandb.restore("checkpoint.json").read())
    first = restored["epoch"] + 1
    assert run.step == first
    assert run.starting_step == first

for epoch in range(first, run.config.epochs):
    wandb.log({"epoch": epoch, "loss": 1 / (epoch + 1)})
    CHECKPOINT.write_text(json.dumps({"epoch": epoch}))
    wandb.save("checkpoint.json", policy="now")
    if epoch == 2 and not run.resumed:
        os._exit(9)
wandb.finish()
