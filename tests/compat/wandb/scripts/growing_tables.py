"""Tables of predictions: with pictures, from a data frame, and one that grows while training goes on."""

import numpy as np
import pandas as pd

import reportgen as wandb

run = wandb.init(project="tables")
pictures = np.random.default_rng(1).integers(0, 255, (3, 8, 8), dtype=np.uint8)

table = wandb.Table(columns=["id", "image", "guess", "truth", "probabilities"])
for number, picture in enumerate(pictures):
    table.add_data(number, wandb.Image(picture, caption=f"digit {number}"), number, number % 2, [0.25, 0.75])
table.add_column("confidence", [0.9, 0.8, 0.4])
table.add_computed_columns(lambda index, row: {"wrong": bool(row["guess"] != row["truth"])})
run.log({"predictions": table})

frame = pd.DataFrame({"epoch": range(3), "loss": [0.3, 0.2, float("nan")], "name": ["a", None, "c"]})
run.log({"frame": wandb.Table(dataframe=frame), "bare": frame})
run.log({"data": wandb.Table(columns=["a", "b"], data=[[1, "x"], [2, "y"]], allow_mixed_types=True)})

growing = wandb.Table(columns=["step", "loss"], log_mode="INCREMENTAL")
changing = wandb.Table(columns=["step", "loss"], log_mode="MUTABLE")
for step in range(4):
    growing.add_data(step, 1 / (step + 1))
    changing.add_data(step, 1 / (step + 1))
    run.log({"growing": growing, "changing": changing, "loss": 1 / (step + 1)})

assert table.get_column("guess") == [0, 1, 2]
assert list(table.get_dataframe()["wrong"]) == [False, False, True]
assert [row for _, row in growing.iterrows()][-1] == [3, 0.25]
run.finish()
