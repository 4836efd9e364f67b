"""Small meshes and molecules as files, and a Bokeh document: for `media_project`."""

import base64
import json
import struct

CUBE = [(x, y, z) for x in (0, 1) for y in (0, 1) for z in (0, 1)]
SIDES = [(0, 1, 3, 2), (4, 6, 7, 5), (0, 4, 5, 1), (2, 3, 7, 6), (0, 2, 6, 4), (1, 5, 7, 3)]
TRIANGLES = [corner for a, b, c, d in SIDES for corner in (a, b, c, a, c, d)]

WATER_PDB = b"""HEADER    WATER
HETATM    1  O   HOH A   1       0.000   0.000   0.117  1.00  0.00           O
HETATM    2  H1  HOH A   1       0.000   0.757  -0.471  1.00  0.00           H
HETATM    3  H2  HOH A   1       0.000  -0.757  -0.471  1.00  0.00           H
END
"""
ETHENE_SDF = b"""ethene
  by hand

  6  5  0  0  0  0            999 V2000
    0.6695    0.0000    0.0000 C   0  0
   -0.6695    0.0000    0.0000 C   0  0
    1.2321    0.9289    0.0000 H   0  0
    1.2321   -0.9289    0.0000 H   0  0
   -1.2321    0.9289    0.0000 H   0  0
   -1.2321   -0.9289    0.0000 H   0  0
  1  2  2  0
  1  3  1  0
  1  4  1  0
  2  5  1  0
  2  6  1  0
M  END
$$$$
"""


def cube_obj() -> bytes:
    """A cube of six squares."""
    corners = [f"v {x} {y} {z}" for x, y, z in CUBE]
    sides = ["f " + " ".join(str(corner + 1) for corner in side) for side in SIDES]
    return "\n".join([*corners, *sides, ""]).encode()


def cube_stl() -> bytes:
    """The cube as a binary STL."""
    facets = [TRIANGLES[start : start + 3] for start in range(0, len(TRIANGLES), 3)]
    body = b"".join(
        struct.pack("<12fH", 0, 0, 0, *(part for corner in facet for part in CUBE[corner]), 0) for facet in facets
    )
    return bytes(80) + struct.pack("<I", len(facets)) + body


def cube_gltf(*, binary: bool = False, picture: str = "") -> bytes:
    """The cube as glTF, its buffer written into the JSON, or as GLB; ``picture`` is the address of its texture."""
    places = b"".join(struct.pack("<3f", *corner) for corner in CUBE)
    data = places + struct.pack(f"<{len(TRIANGLES)}H", *TRIANGLES)
    material: dict[str, object] = {"pbrMetallicRoughness": {"baseColorFactor": [0.9, 0.2, 0.1, 1]}}
    tree: dict[str, object] = {
        "asset": {"version": "2.0"},
        "scene": 0,
        "scenes": [{"nodes": [0]}],
        "nodes": [{"mesh": 0}],
        "meshes": [{"primitives": [{"attributes": {"POSITION": 0}, "indices": 1, "material": 0}]}],
        "materials": [material],
        "accessors": [
            {"bufferView": 0, "componentType": 5126, "count": 8, "type": "VEC3", "min": [0] * 3, "max": [1] * 3},
            {"bufferView": 1, "componentType": 5123, "count": len(TRIANGLES), "type": "SCALAR"},
        ],
        "bufferViews": [
            {"buffer": 0, "byteLength": len(places)},
            {"buffer": 0, "byteOffset": len(places), "byteLength": len(data) - len(places)},
        ],
    }
    if picture:
        material["pbrMetallicRoughness"] = {"baseColorTexture": {"index": 0}}
        tree |= {"images": [{"uri": picture}], "textures": [{"source": 0}]}
    if not binary:
        uri = "data:application/octet-stream;base64," + base64.b64encode(data).decode()
        return json.dumps(tree | {"buffers": [{"byteLength": len(data), "uri": uri}]}).encode()
    head = json.dumps(tree | {"buffers": [{"byteLength": len(data)}]}).encode()
    head += b" " * (-len(head) % 4)
    chunks = struct.pack("<I4s", len(head), b"JSON") + head + struct.pack("<I4s", len(data), b"BIN\0") + data
    return struct.pack("<4sII", b"glTF", 2, 12 + len(chunks)) + chunks


def bokeh_document(*, code: str = "") -> bytes:
    """A plot with red points over a slider, which runs some code if there is any."""
    from bokeh.core.json_encoder import serialize_json
    from bokeh.document import Document
    from bokeh.layouts import column
    from bokeh.models import CustomJS, Div, Slider
    from bokeh.plotting import figure

    plot = figure(title="Errors by place", width=400, height=260, toolbar_location=None)
    plot.scatter([1, 2, 3], [3, 1, 2], size=24, color="#ff0000")
    slider = Slider(start=0, end=10, value=3, step=1, title="level")
    parts = [plot, slider]
    if code:
        slider.js_on_change("value", CustomJS(code=code))
        parts.append(Div(text=f"<img src=x onerror=\"{code}\"><a href='javascript:{code}'>away</a>"))
    document = Document()
    document.add_root(column(*parts))
    text: str = serialize_json(document.to_json(deferred=False))
    return text.encode()
