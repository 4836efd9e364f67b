"""Runs that differ in everything that the page which compares runs compares: for its tests and for looking at it.

``python -m tests.compare_project FOLDER`` writes them below a folder that `reportgen build` can build.
"""

import sys
from pathlib import Path

from tests.builders import RunBuilder, png, run

REMOTE = "git@github.com:team/digits.git"
OLD, NEW = "a" * 40, "b" * 40
PATCH = """diff --git a/train.py b/train.py
index 1111111..2222222 100644
--- a/train.py
+++ b/train.py
@@ -10,3 +10,3 @@ def train():
     model = build()
-    rate = 0.1
+    rate = {rate}
     fit(model)
diff --git a/shared.py b/shared.py
index 3333333..4444444 100644
--- a/shared.py
+++ b/shared.py
@@ -1 +1 @@
-old
+shared by both
"""
ONLY_NEW = """diff --git a/schedule.py b/schedule.py
new file mode 100644
--- /dev/null
+++ b/schedule.py
@@ -0,0 +1,2 @@
+def warm_up():
+    return 5
"""
HOSTILE = "<img src=x onerror=alert(1)>"


def described(run_id: str, number: int, rate: float) -> RunBuilder:
    """A run of the project, with the values that depend on its learning rate."""
    builder = run(run_id).at(1000.0 * number)
    builder.config(lr=rate, optimizer={"name": "adam", "betas": {"first": 0.9, "second": 0.99 + number / 1000}}, seed=1)
    builder.metric("val/acc", [0.2, 0.5, 0.8 + number / 100]).metric("val/loss", [2.0, 1.0, 0.5 - number / 100])
    return builder.metric("train/loss", [3.0, 2.0, 1.0 + number])


def with_code(builder: RunBuilder, commit: str, patch: str, packages: str) -> RunBuilder:
    """What is captured of the code."""
    builder.environment(git={"commit": commit, "remote": REMOTE, "dirty": bool(patch)}, host=f"node-{commit[0]}")
    builder.file("files/requirements.txt", packages.encode())
    return builder.file("files/diff.patch", patch.encode()) if patch else builder


def write_project(folder: Path) -> Path:
    """Write the runs below a project folder."""
    old = described("old", 0, 0.1).environment(command=["train.py", "--lr", "0.1"])
    old = with_code(old, OLD, PATCH.format(rate=0.2), "numpy==2.0\ntorch==2.5\n")
    new = described("new", 1, 0.01).environment(command=["train.py", "--lr", "0.01", "--warm-up"])
    new = with_code(new, NEW, PATCH.format(rate=0.3) + ONLY_NEW, "numpy==2.1\ntorch==2.5\nextra==1.0\n")
    new.metric("val/only_new", [1.0, 2.0, 3.0])
    for number, builder in enumerate((old, new)):
        for step in (0, 1, 2):
            builder.image("samples", step=step, caption=f"{builder.id} at {step}", data=png(8, 8, 250 - 100 * number))
    new.histogram("weights", [0.0, 1.0, 2.0], [3.0, 5.0], step=1)
    new.fork("old", 1)
    bare = described("bare", 2, 0.1).notes(HOSTILE).name(f"{HOSTILE} bare")
    for builder in (old, new, bare):
        builder.finished().write(folder)
    for number in range(9):
        described(f"more-{number}", 3 + number, 0.5).finished().write(folder)
    return folder


if __name__ == "__main__":
    print(write_project(Path(sys.argv[1])))
