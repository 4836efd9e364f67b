"""A run whose media try to run code in the reader's browser, or to lead the browser elsewhere."""

import json
from pathlib import Path

from tests.browser.hostile import EVIL, PIXEL
from tests.builders import run
from tests.media_in_space import cube_gltf
from tests.media_project import MediaRun

PAGES = (
    "<script>top.document.title = 'ran'; alert(1)</script>",
    '<img src=x onerror="alert(2)"><svg onload=alert(3)></svg>',
    "<meta http-equiv=refresh content='0;url=https://example.org/'>",
    '"></iframe><script>alert(4)</script><iframe srcdoc="',
    "<base target=_top><a id=away href='https://example.org/'>away</a><link rel=preconnect href=https://example.org>",
    "<form action=https://example.org/><input autofocus onfocus=alert(5)><button id=send>send</button></form>",
    "<iframe src='javascript:alert(6)'></iframe><object data='https://example.org/'></object>",
    "<style>@import url(https://example.org/x.css); body { background: url(https://example.org/x.png) }</style>",
    "<a id=script href='javascript:alert(7)'>script</a>",
)
HOSTILE_SPEC = "../../../etc/passwd"


def write_hostile_media(folder: Path) -> None:
    """One run; steps count the attacks."""
    described = run("evil").metric("loss", [1.0])
    media = MediaRun(described)
    for step, page in enumerate(PAGES):
        media.log("html", "html-file", step, f"html/{step}.html", page.encode(), caption=EVIL[step % len(EVIL)])
    described.file("files/media/pixel.png", PIXEL)
    for step, evil in enumerate(EVIL):
        _step(media, step, evil)
    described.finished().write(folder)


def _step(media: MediaRun, step: int, evil: str) -> None:
    box = {"position": {"minX": 0, "maxX": 1, "minY": 0, "maxY": 1}, "class_id": 1, "box_caption": evil}
    sets = {evil: {"box_data": [box], "class_labels": {"1": evil, evil: evil, "__proto__": evil}}}
    masks = {evil: {"path": "files/media/pixel.png", "class_labels": {"1": evil}}}
    picture = {"_type": "image-file", "path": "files/media/pixel.png", "width": 1, "height": 1, "caption": evil}
    media.run.value(f"image {evil}", {**picture, "boxes": sets, "masks": masks}, step=step)
    title = {"title": evil, "xname": evil, "x-axis-title": evil, evil: evil}
    columns, rows = [evil, "__proto__", "n"], [[evil, 1, 2], [3, evil, 4], [5, 6, evil]]
    for name, fields in (
        ("line/v0", {"x": evil, "y": "n", "stroke": "__proto__"}),
        ("bar/v0", {"label": evil, "value": "n"}),
        ("confusion_matrix/v1", {"Actual": evil, "Predicted": "__proto__", "nPredictions": "n"}),
        ("area-under-curve/v0", {"x": "n", "y": "n", "class": evil}),
        (evil, {"x": evil}),
        (HOSTILE_SPEC, {evil: evil}),
        ("own", {"x": evil}),
    ):
        media.chart(f"chart {name}", step, name, fields, columns=columns, rows=rows, strings=title, split_table=True)
    link = f"<a href='javascript:alert(9)'>{evil}</a>"
    figure = {
        "data": [{"type": "scatter", "x": [1, 2], "y": [1, 2], "text": [link, evil], "mode": "text", "name": link}],
        "layout": {"title": {"text": link}, "images": [{"source": "https://example.org/x.png"}], "__proto__": {"a": 1}},
    }
    media.log("plotly", "plotly-file", step, f"plotly/{step}.json", json.dumps(figure).encode(), caption=evil)
    corners = [[x, y, z] for x in (0, 1) for y in (0, 1) for z in (0, 1)]
    scene = {"points": [[0, 0, 0]], "boxes": [{"corners": corners, "label": evil, "color": [1, 2, 3]}]}
    media.log("scene", "object3D-file", step, f"object3D/{step}.pts.json", json.dumps(scene).encode(), format=evil)
    media.log("other", evil, step, "x.bin", b"x", format=evil)
    _hostile_in_space(media, step, evil)


def _hostile_in_space(media: MediaRun, step: int, evil: str) -> None:
    """Meshes, molecules and tables with names and addresses that are not theirs to have."""
    gltf = cube_gltf(picture="https://example.org/texture.png")
    media.log("mesh", "object3D-file", step, f"object3D/{step}.gltf", gltf, caption=evil, format=evil)
    atoms = f"2\n{evil}\nC 0 0 0\nO 1.2 0 0\n".encode()
    media.log("molecule", "molecule-file", step, f"molecule/{step}.xyz", atoms, caption=evil)
    columns, rows = [evil, "__proto__"], [[evil, {"_type": "audio-file", "path": "../../x.wav", "caption": evil}]] * 3
    media.run.table("table", columns, rows, step=step)
    media.run.histogram("histogram", [0.0, 1.0, 2.0], [1, step], step=step)
