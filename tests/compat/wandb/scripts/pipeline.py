"""One run makes a data set, the next trains a model on it, the last evaluates what is best."""

import json
import os
from pathlib import Path

import reportgen as wandb

PROJECT = "pipeline"


def load():
    with wandb.init(project=PROJECT, job_type="load-data") as run:
        raw = wandb.Artifact("digits", type="dataset", description="raw digits", metadata={"sizes": [2, 1]})
        for split in ("train", "test"):
            with raw.new_file(f"{split}.json", mode="w", encoding="utf-8") as file:
                json.dump({"split": split, "numbers": [1, 2, 3]}, file)
        table = wandb.Table(columns=["number"], data=[[1], [2], [3]])
        raw.add(table, "preview")
        run.log_artifact(raw, aliases=["latest", "raw"])
        elsewhere = wandb.Artifact("digits-source", type="dataset")
        elsewhere.add_reference("https://example.org/digits.html", name="source")
        run.log_artifact(elsewhere)


def train(learning_rate):
    with wandb.init(project=PROJECT, job_type="train", config={"lr": learning_rate}) as run:
        data = run.use_artifact("digits:latest", type="dataset")
        folder = Path(data.download())
        numbers = json.loads((folder / "train.json").read_text())["numbers"]
        assert data.get("preview").get_column("number") == numbers
        loss = sum(numbers) * learning_rate
        run.log({"loss": loss})
        weights = Path("weights.txt")
        weights.write_text(f"{learning_rate} {loss}")
        model = wandb.Artifact("digits-net", type="model", metadata=dict(run.config))
        model.add_file(str(weights), name="model.txt")
        logged = run.log_artifact(model, aliases=["best"] if learning_rate == 0.1 else None)
        logged.wait()
        run.link_artifact(logged, "model-registry/digits")
        Path(os.path.join(wandb.run.dir, "notes.md")).write_text("# kept with the run")
        run.save(os.path.join(wandb.run.dir, "notes.md"))
        run.log_model(path=weights, name="plain-model")


def evaluate():
    run = wandb.init(project=PROJECT, job_type="evaluate")
    best = run.use_artifact(f"{PROJECT}/digits-net:best")
    path = best.get_entry("model.txt").download()
    rate = float(Path(path).read_text().split()[0])
    assert (rate, best.metadata["lr"], best.version) == (0.1, 0.1, "v0")
    assert best.logged_by().id
    assert Path(run.use_model("plain-model:latest")).name
    run.log({"score": rate})
    run.finish()


load()
train(0.1)
train(0.2)
evaluate()
