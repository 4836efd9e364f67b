"""Every combination of some hyperparameters as a run of its own, in one process, beside one that counts them."""

import itertools

import reportgen as wandb

PROJECT, GROUP = "grid", f"grid-{wandb.util.generate_id()}"
overview = wandb.init(project=PROJECT, group=GROUP, job_type="overview", name="overview")
best = (float("inf"), "")
for number, (rate, size) in enumerate(itertools.product([0.1, 0.01], [16, 32])):
    config = {"lr": rate, "batch": size}
    run = wandb.init(
        project=PROJECT,
        group=GROUP,
        job_type="train",
        name=f"lr{rate}-b{size}",
        config=config,
        reinit="create_new",
    )
    assert wandb.run is overview
    for step in range(5):
        run.log({"loss": rate * size / (step + 1)})
    best = min(best, (run.summary["loss"], run.name))
    run.finish()
    wandb.log({"finished": number + 1, "best/loss": best[0]})
wandb.summary["best/run"] = best[1]

for seed in range(2):
    run = wandb.init(project=PROJECT, group=GROUP, job_type="seeds", name=f"seed{seed}", reinit=True)
    assert wandb.run is run
    wandb.log({"loss": float("nan")})
wandb.finish(exit_code=1)
assert wandb.run is None
