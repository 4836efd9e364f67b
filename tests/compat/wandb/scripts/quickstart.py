"""The first script of every tutorial: a loop, a config, a loss."""

import random

import reportgen as wandb

random.seed(7)
wandb.login()

run = wandb.init(
    entity="my-team",
    project="quickstart",
    config={"learning_rate": 0.02, "architecture": "CNN", "dataset": "CIFAR-100", "epochs": 10},
)

epochs = 10
offset = random.random() / 5
for epoch in range(2, epochs):
    acc = 1 - 2**-epoch - random.random() / epoch - offset
    loss = 2**-epoch + random.random() / epoch + offset
    print(f"epoch {epoch}")
    run.log({"acc": acc, "loss": loss})

run.alert(title="Low accuracy", text=f"Accuracy {acc:.2f} is below the threshold", level=wandb.AlertLevel.WARN)
run.finish()
