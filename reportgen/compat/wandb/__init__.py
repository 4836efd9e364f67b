"""What scripts written for wandb reach for beside logging: the read side, and the submodules of the package."""
