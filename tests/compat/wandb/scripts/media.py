"""Everything that can be looked at or listened to."""

from pathlib import Path

import matplotlib as mpl
import numpy as np

import reportgen as wandb

mpl.use("Agg")
import matplotlib.pyplot as plt
import plotly.graph_objects as go
from PIL import Image as Pillow

rng = np.random.default_rng(0)
run = wandb.init(project="media")

picture = rng.integers(0, 255, (32, 48, 3), dtype=np.uint8)
mask = np.zeros((32, 48), dtype=np.uint8)
mask[8:20, 10:30] = 1
labels = {0: "background", 1: "car"}
Pillow.fromarray(picture).save("photo.jpg")
box = {
    "position": {"minX": 0.1, "maxX": 0.5, "minY": 0.2, "maxY": 0.7},
    "class_id": 1,
    "box_caption": "car (0.93)",
    "scores": {"acc": 0.93},
}
pixels = {"position": {"middle": [20, 10], "width": 8, "height": 6}, "domain": "pixel", "class_id": 0}

run.log({
    "array": wandb.Image(picture, caption="noise"),
    "pil": wandb.Image(Pillow.fromarray(picture)),
    "path": wandb.Image("photo.jpg", mode="L"),
    "examples": [wandb.Image(picture[:, :, 0], caption=f"channel {number}") for number in range(3)],
    "segmented": wandb.Image(
        picture,
        masks={"predictions": {"mask_data": mask, "class_labels": labels}},
        boxes={"predictions": {"box_data": [box, pixels], "class_labels": labels}},
        classes=wandb.Classes([{"id": 0, "name": "background"}, {"id": 1, "name": "car"}]),
    ),
})  # fmt: skip

tone = np.sin(2 * np.pi * 440 * np.arange(4410) / 22050)
run.log({
    "sound": wandb.Audio(tone, sample_rate=22050, caption="A4"),
    "film": wandb.Video(rng.integers(0, 255, (6, 3, 16, 16), dtype=np.uint8), fps=4, format="gif"),
    "histogram": wandb.Histogram(rng.normal(size=1000), num_bins=32),
    "counted": wandb.Histogram(np_histogram=np.histogram([1, 2, 2, 3], bins=3)),
    "weights": rng.normal(size=(64, 64)),
    "page": wandb.Html("<h1>Hello</h1><script>document.title = 'x'</script>"),
})  # fmt: skip

cloud = rng.random((200, 6)) * [1, 1, 1, 255, 255, 255]
Path("water.pdb").write_text("HETATM    1  O   HOH A   1       0.000   0.000   0.000  1.00  0.00           O\nEND\n")
Path("cube.obj").write_text("v 0 0 0\nv 1 0 0\nv 0 1 0\nf 1 2 3\n")
corners = [[x, y, z] for x in (0, 1) for y in (0, 1) for z in (0, 1)]
run.log({
    "cloud": wandb.Object3D(cloud),
    "scene": wandb.Object3D({
        "type": "lidar/beta",
        "points": cloud[:, :3],
        "boxes": np.array([{"corners": corners, "label": "crate", "color": [255, 0, 0]}]),
        "vectors": np.array([{"start": [0, 0, 0], "end": [1, 1, 1]}]),
    }),
    "mesh": wandb.Object3D("cube.obj"),
    "molecule": wandb.Molecule("water.pdb", caption="water"),
})  # fmt: skip

plt.plot([1, 2, 3, 4], [1, 4, 9, 16])
plt.ylabel("squares")
run.log({"pyplot": plt})
figure, axes = plt.subplots()
axes.imshow(mask)
run.log({"as an image": wandb.Image(figure), "interactive": go.Figure(go.Scatter(x=[1, 2], y=[3, 4]))})
plt.close("all")
run.log({"wrapped": wandb.Plotly(go.Figure(go.Bar(x=["a", "b"], y=[3, 4])))})
wandb.finish()
