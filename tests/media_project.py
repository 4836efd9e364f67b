"""A run with one of every medium, as a run log has them: for tests of pages and for looking at.

``python -m tests.media_project FOLDER`` writes it below a folder that `reportgen build` can build.
"""

import io
import json
import math
import sys
import wave
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image

from tests.builders import RunBuilder, run
from tests.media_in_space import ETHENE_SDF, WATER_PDB, bokeh_document, cube_gltf, cube_obj, cube_stl

STEPS = 3
WIDTH, HEIGHT = 240, 160
HTML = "<h1>Attention</h1><p style='background:gold'>the <b>cat</b> sat</p><script>document.title = 'ran'</script>"


def picture(pixels: np.ndarray, format_: str = "PNG") -> bytes:
    """An array as the content of a picture file."""
    buffer = io.BytesIO()
    Image.fromarray(pixels.astype("uint8")).save(buffer, format_)
    return buffer.getvalue()


def street(step: int) -> np.ndarray:
    """Sky, road and a car that drives to the right."""
    image = np.zeros((HEIGHT, WIDTH, 3))
    image[:90] = (150, 190, 230)
    image[90:] = (110, 110, 115)
    left = 30 + 50 * step
    image[70:120, left : left + 80] = (190, 60, 50)
    return image


def street_mask(step: int) -> np.ndarray:
    """Class 0 without a name, 1 the road, 2 the car."""
    mask = np.zeros((HEIGHT, WIDTH))
    mask[90:] = 1
    left = 30 + 50 * step
    mask[70:120, left : left + 80] = 2
    return mask


def sound() -> bytes:
    """Half a second of a tone."""
    buffer = io.BytesIO()
    with wave.open(buffer, "wb") as file:
        file.setparams((1, 2, 8000, 0, "NONE", ""))
        tone = [int(8000 * math.sin(place / 8000 * 440 * 2 * math.pi)) for place in range(4000)]
        file.writeframes(np.array(tone, dtype="<i2").tobytes())
    return buffer.getvalue()


def animation() -> bytes:
    """The street as a GIF."""
    frames = [Image.fromarray(street(step).astype("uint8")) for step in range(STEPS)]
    buffer = io.BytesIO()
    frames[0].save(buffer, "GIF", save_all=True, append_images=frames[1:], duration=400, loop=0)
    return buffer.getvalue()


class MediaRun:
    """Adds media to a described run, each with its file."""

    def __init__(self, described: RunBuilder) -> None:
        self.run = described

    def log(self, key: str, kind: str, step: int, name: str = "", data: bytes = b"", **fields: Any) -> None:
        value: dict[str, Any] = {"_type": kind, **fields}
        if name:
            self.run.file(f"files/media/{name}", data)
            value |= {"path": f"files/media/{name}", "size": len(data)}
        self.run.value(key, value, step=step)

    def chart(self, key: str, step: int, spec: str, fields: dict[str, str], **more: Any) -> None:
        columns, rows, logged = more.pop("columns"), more.pop("rows"), more.pop("logged_rows", 0)
        name = f"files/media/table/{key.replace('/', '_')}-{step}.table.json"
        self.run.file(name, json.dumps({"columns": columns, "data": rows}).encode())
        table = {"_type": "table-file", "path": name, "nrows": len(rows), "ncols": len(columns)}
        strings = more.pop("strings", {})
        title = strings.get("title", "")
        value = {"_type": "chart", "spec": spec, "title": title, "fields": fields, "strings": strings, "table": table}
        self.run.value(key, {**value, **more, **({"rows": logged} if logged else {})}, step=step)


def street_picture(media: MediaRun, step: int) -> None:
    """A picture with two sets of boxes and a mask."""
    left = 30 + 50 * step
    car = {"minX": left, "maxX": left + 80, "minY": 70, "maxY": 120}
    near = {"minX": (left + 6) / WIDTH, "maxX": (left + 90) / WIDTH, "minY": 0.41, "maxY": 0.79}
    boxes = {
        "truth": {
            "box_data": [{"position": car, "domain": "pixel", "class_id": 2}],
            "class_labels": {"1": "road", "2": "car"},
        },
        "predictions": {
            "box_data": [
                {"position": near, "class_id": 2, "box_caption": "car", "scores": {"acc": 0.91}},
                {"position": {"minX": 0, "maxX": 1, "minY": 0.55, "maxY": 1}, "class_id": 1, "scores": {"acc": 0.5}},
            ],
            "class_labels": {"1": "road", "2": "car"},
        },
    }
    mask = f"files/media/mask/street-{step}.png"
    media.run.file(mask, picture(street_mask(step)))
    masks = {"segments": {"path": mask, "class_labels": {"1": "road", "2": "car"}}}
    size = {"width": WIDTH, "height": HEIGHT}
    media.log(
        "val/street",
        "image-file",
        step,
        f"image/street-{step}.png",
        picture(street(step)),
        boxes=boxes,
        masks=masks,
        **size,
    )


def recordings(media: MediaRun, step: int) -> None:
    """Sound, video, HTML and files that are only offered."""
    media.log(
        "audio/tone", "audio-file", step, "audio/tone.wav", sound(), sample_rate=8000, seconds=0.5, caption="440 Hz"
    )
    media.log("video/drive", "video-file", step, "video/drive.gif", animation(), width=WIDTH, height=HEIGHT)
    media.log("video/film", "video-file", step, "video/film.mp4", b"\0\0\0\x18ftypmp42", width=320, height=180)
    media.log("text/attention", "html-file", step, f"html/attention-{step}.html", HTML.encode(), caption="head 3")
    media.log("chem/broken", "molecule-file", step, "molecule/broken.pdb", b"ATOM      1", format="pdb")


def scenes(media: MediaRun, step: int) -> None:
    """Points in space and a Plotly figure."""
    rng = np.random.default_rng(step)
    ground = np.column_stack([rng.uniform(-10, 10, (3000, 2)), rng.normal(0, 0.05, 3000)])
    ball = rng.normal(size=(800, 3))
    ball = 2 * ball / np.linalg.norm(ball, axis=1, keepdims=True) + [step, 0, 2]
    corners = [[x + step, y, z] for x in (-2, 2) for y in (-2, 2) for z in (0, 4)]
    scene = {
        "type": "lidar/beta",
        "points": np.round(np.vstack([ground, ball]), 3).tolist(),
        "boxes": [{"corners": corners, "label": "ball", "color": [220, 80, 60]}],
        "vectors": [{"start": [0, 0, 0], "end": [0, 0, 5]}],
    }
    data = json.dumps(scene).encode()
    media.log("space/scene", "object3D-file", step, f"object3D/scene-{step}.pts.json", data, format="pts.json")
    trace = {"type": "scatter", "mode": "lines+markers", "x": [1, 2, 3], "y": [step, 2, 1], "name": "a <b>name</b>"}
    bars = {"type": "bar", "x": [1, 2, 3], "y": [1, 3, 2]}
    figure = {"data": [trace, bars], "layout": {"title": {"text": "A figure"}}}
    media.log("plots/plotly", "plotly-file", step, f"plotly/f-{step}.json", json.dumps(figure).encode())


def charts(media: MediaRun, step: int) -> None:
    """One of each chart of `reportgen.plot`."""
    curve = [["train", e, 1 / (e + 1)] for e in range(20)] + [["val", e, 1.2 / (e + 1 + step / 4)] for e in range(20)]
    names = ["split", "epoch", "loss"]
    title = {"title": "Loss over epochs"}
    fields = {"x": "epoch", "y": "loss", "stroke": "split"}
    media.chart("charts/line", step, "line/v0", fields, columns=names, rows=curve, strings=title)
    media.chart("charts/scatter", step, "wandb/scatter/v0", {"x": "epoch", "y": "loss"}, columns=names, rows=curve)
    bars = [["cat", 3 + step], ["dog", 2], ["bird", 5]]
    media.chart(
        "charts/bar", step, "bar/v0", {"label": "class", "value": "errors"}, columns=["class", "errors"], rows=bars
    )
    scores = [[math.sin(place + step) ** 2] for place in range(200)]
    media.chart(
        "charts/histogram", step, "histogram/v0", {"value": "score"}, columns=["score"], rows=scores, split_table=True
    )
    digits = [[str(a), str(p), 40 if a == p else (a * p + step) % 4] for a in range(10) for p in range(10)]
    fields = {"Actual": "Actual", "Predicted": "Predicted", "nPredictions": "nPredictions"}
    more = {"columns": list(fields), "rows": digits, "strings": {"title": "Digits"}}
    media.chart("charts/confusion", step, "confusion_matrix/v1", fields, **more)
    roc = [[name, x / 20, (x / 20) ** power] for name, power in (("cat", 0.3), ("dog", 0.15)) for x in range(21)]
    fields = {"x": "fpr", "y": "tpr", "class": "class"}
    titles = {"title": "ROC Curve", "x-axis-title": "False positive rate", "y-axis-title": "True positive rate"}
    media.chart(
        "charts/roc", step, "area-under-curve/v0", fields, columns=["class", "fpr", "tpr"], rows=roc, strings=titles
    )
    media.chart("charts/own", step, "lab/residuals", {"x": "epoch", "y": "loss"}, columns=names, rows=curve)
    media.chart("charts/unknown", step, "lab/missing", {"x": "epoch"}, columns=names, rows=curve)


def tables(media: MediaRun, step: int) -> None:
    """A table with pictures in its cells, a histogram, and several pictures under one key."""
    cells = []
    for number in range(4):
        name = f"files/media/image/cell-{number}.png"
        media.run.file(name, picture(np.full((28, 28), 60 * number)))
        cells.append({"_type": "image-file", "path": name, "width": 28, "height": 28})
    rows: list[Sequence[Any]] = [[number, cell, f"guess {number}", 0.1 * number] for number, cell in enumerate(cells)]
    media.run.table("val/errors", ["digit", "image", "guess", "score"], [list(row) for row in rows], step=step)
    media.run.histogram("weights", [0.0, 0.5, 1.0, 1.5], [3, 5 + step, 2], step=step)
    _grown_table(media, step)
    spread = np.histogram(np.random.default_rng(step).normal(step, 1 + step, 2000), 32)
    media.run.histogram("net/layer", spread[1].tolist(), spread[0].tolist(), step=step)
    if step == 1:
        media.log("val/sparse", "image-file", step, "image/sparse.png", picture(street(1)), width=WIDTH, height=HEIGHT)
    media.run.value(
        "val/batch", [{**cell, "caption": f"number {place}"} for place, cell in enumerate(cells)], step=step
    )


def _grown_table(media: MediaRun, step: int) -> None:
    """A table with 400 more rows at each step, each time in a file of its own."""
    names = [f"files/media/table/grown-{number}.table.json" for number in range(step + 1)]
    rows = [[400 * step + number, f"word {number % 7}", ((number * 37) % 100) / 100] for number in range(400)]
    media.run.file(names[-1], json.dumps({"columns": ["number", "word", "score"], "data": rows}).encode())
    value = {"_type": "table-file", "path": names[-1], "nrows": 400 * (step + 1), "ncols": 3, "parts": names}
    media.run.value("val/grown", value, step=step)


OWN_SPEC = {
    "data": {"name": "wandb"},
    "mark": "point",
    "encoding": {
        "x": {"field": "${field:x}", "type": "quantitative"},
        "y": {"field": "${field:y}", "type": "quantitative"},
    },
}


def media_run(name: str = "media") -> RunBuilder:
    """The run, to be written."""
    described = run(name).metric("loss", [1.0, 0.5, 0.2])
    media = MediaRun(described)
    for step in range(STEPS):
        for add in (street_picture, recordings, scenes, charts, tables):
            add(media, step)
    return described.finished()


def space_run() -> RunBuilder:
    """A run with meshes, molecules and a Bokeh figure, each of which takes a browser its time."""
    described = run("space").metric("loss", [1.0])
    media = MediaRun(described)
    media.log("chem/water", "molecule-file", 0, "molecule/water.pdb", WATER_PDB, format="pdb")
    media.log("chem/ethene", "molecule-file", 0, "molecule/ethene.sdf", ETHENE_SDF, format="sdf")
    media.log("plots/bokeh", "bokeh-file", 0, "bokeh/x.bokeh.json", bokeh_document())
    media.log("space/obj", "object3D-file", 0, "object3D/x.obj", cube_obj(), format="obj")
    media.log("space/stl", "object3D-file", 0, "object3D/x.stl", cube_stl(), format="stl")
    media.log("space/gltf", "object3D-file", 0, "object3D/x.gltf", cube_gltf(), format="gltf")
    media.log("space/glb", "object3D-file", 0, "object3D/x.glb", cube_gltf(binary=True), format="glb")
    media.log("space/babylon", "object3D-file", 0, "object3D/x.babylon", b"{}", format="babylon")
    return described.finished()


def write_specs(folder: Path) -> None:
    """A specification of the project's own, which its charts name."""
    path = folder / "specs" / "lab" / "residuals.json"
    path.parent.mkdir(parents=True)
    path.write_text(json.dumps(OWN_SPEC), "utf-8")


def write_media_project(folder: Path) -> None:
    """A project with both runs."""
    media_run().write(folder)
    space_run().write(folder)
    write_specs(folder)


if __name__ == "__main__":
    write_media_project(Path(sys.argv[1]))
