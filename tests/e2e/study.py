"""Project folders for the end-to-end tests."""

from tests.builders import run

REPORT = """\
---
title: Learning rates
description: Which one is best?
authors: [Ada Lovelace]
date: 2026-03-01
tags: [sweep]
---
# Learning rates

The best accuracy is {{ best("val/acc").summary["val/acc"] }}; see [the home page](../index.md#what-it-is),
[a run](../runs/digits/a1), [its page](../runs/a1/index.html) and
![its picture](../runs/digits/a1/files/media/img-0.png).

| left | right |
|------|------:|
| 1    | 2     |

```chart
metric: train/loss
```

```chart
kind: scatter
metric: val/acc
x: config.lr
```

```runs
columns: [config.lr, val/acc]
```

## More

Text.
"""


def write_study(folder, *, project="digits", runs=4):
    """A project with everything in it: curves long and short, media, files, a console, reports and drafts."""
    for number in range(1, runs + 1):
        described = run(f"a{number}", project=project).at(1000 * number).name(f"adam-{number}")
        described.config(lr=0.1 / number, optimizer={"name": "adam"}).tag("baseline").notes("Some *notes*.")
        described.environment(command=["python", "train.py"], git={"commit": "a" * 40, "branch": "main"})
        described.metric("train/loss", [number / (step + 1) for step in range(2_100)])
        described.metric("val/acc", [0.5 + step / 100 + number / 1000 for step in range(10)])
        described.image("img").histogram("weights", [0, 1, 2], [3, 4]).table("rows", ["a"], [["b"]])
        described.system("cpu", [10, 20, 30]).console("epoch 1\n").file("files/model.pt", b"weights")
        described.finished().write(folder)
    (folder / "reports/2026").mkdir(parents=True, exist_ok=True)
    (folder / "index.md").write_text("# The study\n\n## What it is\n\nRead [the report](reports/rates.md).\n")
    (folder / "reports/rates.md").write_text(REPORT.replace("digits", project))
    (folder / "reports/2026/later.md").write_text("# Later\n\nSee [data](../data.csv).\n")
    (folder / "reports/data.csv").write_text("a,b\n")
    (folder / "reports/idea.md").write_text("---\ndraft: true\n---\n# An idea\n")
    return folder


def tree(site):
    """Every file of a site and what is in it."""
    return {path.relative_to(site).as_posix(): path.read_bytes() for path in site.rglob("*") if path.is_file()}
