"""Charts of the package, of the project's own specifications, and what they are made of."""

import numpy as np

import reportgen as wandb

rng = np.random.default_rng(3)
run = wandb.init(project="charts")
table = wandb.Table(columns=["height", "weight"], data=[[x, 2 * x + 1] for x in range(10)])
scores = rng.random((30, 3))
scores /= scores.sum(axis=1, keepdims=True)
truth = rng.integers(0, 3, 30)
names = ["cat", "dog", "bird"]
run.log({
    "line": wandb.plot.line(table, "height", "weight", title="Line"),
    "scatter": wandb.plot.scatter(table, "height", "weight", title="Scatter"),
    "bar": wandb.plot.bar(wandb.Table(["label", "value"], [["a", 1], ["b", 3]]), "label", "value", title="Bar"),
    "histogram": wandb.plot.histogram(table, "weight", title="Histogram"),
    "series": wandb.plot.line_series(xs=[0, 1, 2], ys=[[1, 2, 3], [3, 2, 1]], keys=["up", "down"], xname="step"),
    "roc": wandb.plot.roc_curve(truth, scores, labels=names),
    "pr": wandb.plot.pr_curve(truth, scores, labels=names),
    "confusion": wandb.plot.confusion_matrix(y_true=truth, preds=scores.argmax(axis=1), class_names=names),
    "by a name": wandb.plot_table("wandb/scatter/v0", table, {"x": "height", "y": "weight"}, {"title": "Named"}),
})  # fmt: skip
chart = wandb.plot.line(table, "height", "weight")
assert isinstance(chart, wandb.plot.CustomChart)
run.log({"again": chart, "accuracy": float((truth == scores.argmax(axis=1)).mean())})
run.finish()
