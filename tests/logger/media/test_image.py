import hashlib
import io
from pathlib import Path

import matplotlib as mpl
import numpy as np
import pytest
from PIL import Image as Pillow

mpl.use("Agg")

import matplotlib.pyplot as plt

from reportgen import Image
from tests.logger.logs import rows


def logged(run, value):
    """The value in the row, and its picture."""
    run.log({"image": value})
    found = rows(run.dir)[-1]["image"]
    return found, Pillow.open(Path(run.dir, found["path"]))


WIDE = np.arange(35, dtype="uint8").reshape(5, 7)
GREY = (np.arange(12, dtype="uint8") * 20).reshape(3, 4)


@pytest.mark.parametrize(
    ("data", "mode", "pixels"),
    [
        (GREY, "L", GREY),
        (GREY[:, :, None], "L", GREY),
        (GREY / 255, "L", GREY),
        ((GREY / 255).astype("float32"), "L", GREY),
        (GREY.astype("int64"), "L", GREY),
        (np.array([[-5, 300]]), "L", [[0, 255]]),
        (np.array([[np.nan, 0.5, 1.0]]), "L", [[0, 128, 255]]),
        (GREY > 100, "L", (GREY > 100) * 255),
        ([[0.0, 1.0]], "L", [[0, 255]]),
        (np.dstack([GREY] * 3), "RGB", np.dstack([GREY] * 3)),
        (np.dstack([GREY] * 4), "RGBA", np.dstack([GREY] * 4)),
        (np.stack([WIDE] * 3), "RGB", np.dstack([WIDE] * 3)),
        (GREY.T, "L", GREY.T),
    ],
)
def test_arrays_become_png_with_the_same_pixels(begin, data, mode, pixels):
    value, picture = logged(begin(), Image(data, caption="seven"))
    assert (picture.format, picture.mode) == ("PNG", mode)
    assert np.array_equal(np.asarray(picture), pixels)
    assert (value["_type"], value["caption"]) == ("image-file", "seven")
    assert (value["width"], value["height"]) == picture.size


def test_the_file_is_named_after_its_content_and_kept_once(begin):
    run = begin()
    value, _ = logged(run, Image(GREY))
    again, _ = logged(run, Image(GREY.copy(), caption="again"))
    content = Path(run.dir, value["path"]).read_bytes()
    digest = hashlib.sha256(content).hexdigest()
    assert (value["sha256"], value["size"]) == (digest, len(content))
    assert value["path"] == again["path"] == f"files/media/image/{digest[:16]}.png"
    assert "caption" not in value
    assert len(list(Path(run.dir, "files/media/image").iterdir())) == 1


def test_the_array_may_change_after_the_image_was_made(begin):
    data = GREY.copy()
    image = Image(data)
    data[:] = 0
    assert np.array_equal(np.asarray(logged(begin(), image)[1]), GREY)


@pytest.mark.parametrize("mode", ["L", "RGB", "RGBA", "P", "1", "CMYK"])
@pytest.mark.parametrize("wrap", [Image, lambda picture: picture], ids=["Image", "bare"])
def test_pil_images(begin, mode, wrap):
    picture = Pillow.new("RGB", (5, 3), (250, 10, 20)).convert(mode)
    value, read = logged(begin(), wrap(picture))
    assert (value["width"], value["height"]) == (5, 3)
    assert read.convert("RGB").getpixel((0, 0)) == picture.convert("RGB").getpixel((0, 0))


def test_matplotlib_figures_bare_wrapped_and_current(begin):
    run = begin()
    figure, axes = plt.subplots(figsize=(2, 1), dpi=50)
    axes.plot([1, 2])
    values = [logged(run, value)[0] for value in (figure, Image(figure), plt)]
    plt.close(figure)
    assert [(value["width"], value["height"]) for value in values] == [(100, 50)] * 3


@pytest.mark.parametrize(("kind", "ending"), [("PNG", "png"), ("JPEG", "jpg"), ("GIF", "gif"), ("WEBP", "webp")])
def test_picture_files_are_kept_byte_for_byte(begin, tmp_path, kind, ending):
    path = tmp_path / "picture"
    Pillow.new("RGB", (37, 19), (1, 2, 3)).save(path, kind)
    value, _ = logged(begin(), Image(path))
    assert value["path"].endswith(f".{ending}")
    assert (value["width"], value["height"]) == (37, 19)
    assert value["sha256"] == hashlib.sha256(path.read_bytes()).hexdigest()


def test_lossless_webp_and_other_formats(begin, tmp_path):
    run = begin()
    picture = Pillow.new("RGBA", (300, 7), (1, 2, 3, 4))
    picture.save(tmp_path / "a.webp", lossless=True)
    picture.convert("RGB").save(tmp_path / "b.bmp")
    assert [logged(run, Image(str(tmp_path / name)))[0]["width"] for name in ("a.webp", "b.bmp")] == [300, 300]
    assert rows(run.dir)[-1]["image"]["path"].endswith(".png")


def test_lists_of_images_are_lists_of_values(begin):
    run = begin()
    run.log({"images": [Image(GREY, caption="a"), Image(255 - GREY, caption="b")]})
    (row,) = rows(run.dir)
    assert [(value["_type"], value["caption"]) for value in row["images"]] == [("image-file", "a"), ("image-file", "b")]


@pytest.mark.parametrize(
    "data", [np.zeros((2, 3, 4, 5)), np.zeros((0, 3)), "missing.png", object(), np.array(["text"]), None, [[1], [2, 3]]]
)
def test_what_is_no_picture_costs_its_key_and_a_warning(begin, capsys, data):
    run = begin()
    run.log({"bad": Image(data), "good": 1})
    assert rows(run.dir) == [{"_step": 0, "bad": None, "good": 1}]
    assert "cannot log 'bad'" in capsys.readouterr().err


def test_a_text_file_is_no_picture(begin, capsys, tmp_path):
    (tmp_path / "evil.png").write_text("<script>")
    run = begin()
    run.log({"bad": Image(tmp_path / "evil.png")})
    assert rows(run.dir) == [{"_step": 0, "bad": None}]
    assert not Path(run.dir, "files").exists()


def test_broken_headers_have_no_size():
    from reportgen.logger.media.picture_file import picture_format

    buffer = io.BytesIO()
    for kind in ("PNG", "JPEG", "GIF", "WEBP"):
        buffer.seek(0)
        buffer.truncate()
        Pillow.new("RGB", (3, 2)).save(buffer, kind)
        content = buffer.getvalue()
        assert picture_format(content)[1:] == (3, 2)
        for length in range(len(content)):
            found = picture_format(content[:length])
            assert found is None or found[1] > 0
