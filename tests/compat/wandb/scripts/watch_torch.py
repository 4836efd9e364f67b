"""A network whose gradients, parameters and layers are watched; its checkpoint goes beside the log."""

import os

import torch
from torch import nn

import reportgen as wandb

torch.manual_seed(0)
wandb.init(project="watch", config={"hidden": 8})
model = nn.Sequential(nn.Linear(4, wandb.config.hidden), nn.ReLU(), nn.Linear(wandb.config.hidden, 1))
criterion = nn.MSELoss()
wandb.watch(model, criterion, log="all", log_freq=2, log_graph=True)
optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
inputs, targets = torch.randn(16, 4), torch.randn(16, 1)
for _ in range(6):
    optimizer.zero_grad()
    loss = criterion(model(inputs), targets)
    loss.backward()
    optimizer.step()
    wandb.log({"loss": loss, "norm": model[0].weight.norm().detach()})
wandb.unwatch(model)
torch.save(model.state_dict(), os.path.join(wandb.run.dir, "model.pt"))
wandb.save(os.path.join(wandb.run.dir, "model.pt"))
wandb.log({"activations": model(inputs.repeat(4, 1)).detach()})
wandb.finish()
