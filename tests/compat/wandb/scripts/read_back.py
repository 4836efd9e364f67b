"""A study that is read back: which run is best, its history, its files, its model."""

import pandas as pd

import reportgen as wandb

for seed in range(3):
    with wandb.init(project="study", group="seeds", config={"seed": seed, "lr": 0.1 / (seed + 1)}) as run:
        for step in range(20):
            run.log({"loss": (seed + 1) / (step + 1), "acc": step / 20 - seed / 10})
        model = wandb.Artifact("study-net", type="model")
        with model.new_file("weights.txt") as file:
            file.write(str(seed))
        run.log_artifact(model, aliases=["final"])

api = wandb.Api(timeout=19)
runs = api.runs(
    "my-team/study", filters={"config.lr": {"$lt": 0.09}, "state": "finished"}, order="+summary_metrics.loss"
)
assert len(runs) == 2
names, configs, summaries = [], [], []
for found in runs:
    names.append(found.name)
    configs.append({key: value for key, value in found.config.items() if not key.startswith("_")})
    summaries.append(found.summary._json_dict)
frame = pd.DataFrame({"name": names, "config": configs, "summary": summaries})
assert list(frame["config"].map(lambda config: config["seed"])) == [1, 2]

best = api.run(f"study/{runs[0].id}")
history = best.history(keys=["loss"], samples=500)
assert list(history.columns) == ["_step", "loss"]
assert sum(1 for _ in best.scan_history()) == 20
assert [file.name for file in best.files()] == [file.name for file in best.files(per_page=5)]
(model,) = best.logged_artifacts()
assert (model.name, model.type, best.used_artifacts()) == ("study-net:v1", "model", [])
assert api.artifact("study/study-net:final").version == "v2"
assert [each.version for each in api.artifacts("model", "study/study-net")] == ["v2", "v1", "v0"]

best.config["chosen"] = True
best.summary["rank"] = 1
best.tags.append("best")
best.update()
try:
    api.run("my-team/study/nothing")
except wandb.errors.CommError as error:
    assert "has no run" in str(error)
try:
    api.artifact("study/nothing:latest")
except wandb.CommError:
    print("read", len(frame))
