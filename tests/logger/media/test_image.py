import hashlib
import io
import sys
from pathlib import Path

import matplotlib as mpl
import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import array_shapes, arrays
from PIL import Image as Pillow

mpl.use("Agg")

import matplotlib.pyplot as plt

from reportgen import Image
from reportgen.errors import UsageError
from reportgen.logger.media.pixels import pixels_of
from reportgen.logger.media.png import png
from tests.logger import logs
from tests.logger.logs import rows


def logged(run, value):
    """The value in the row, and its picture."""
    found, path = logs.logged(run, value)
    return found, Pillow.open(path)


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
        ([[0, 300], [-4, 7]], "L", [[0, 255], [0, 7]]),
        ([[True, False]], "L", [[255, 0]]),
        ([[[1, 2, 3], [4, 5, 6]]], "RGB", [[[1, 2, 3], [4, 5, 6]]]),
        ([GREY[0], GREY[1]], "L", GREY[:2]),
        (np.array([[-1.0, 0.0, 1.0]]), "L", [[0, 128, 255]]),
        (np.array([[-3.0, 0.0, 1.0]]), "L", [[0, 191, 255]]),
        (np.array([[-3.0, -3.0]]), "L", [[0, 0]]),
        (np.array([[0, 1]]), "L", [[0, 255]]),
        (np.array([[0, 1]], dtype="uint8"), "L", [[0, 1]]),
        (np.array([[0, 257, 65535]], dtype="uint16"), "L", [[0, 1, 255]]),
        (np.array([[0.25, 200.0]]), "L", [[0, 200]]),
        (np.array([[0, 0.5, 1, np.inf, -np.inf]], dtype="float16"), "L", [[0, 128, 255, 255, 0]]),
        (np.full((2, 2), np.nan), "L", np.zeros((2, 2))),
        (np.zeros((1, 3, 4, 1), dtype="uint8"), "L", np.zeros((3, 4))),
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
    content = Path(run.folder, value["path"]).read_bytes()
    digest = hashlib.sha256(content).hexdigest()
    assert (value["sha256"], value["size"]) == (digest, len(content))
    assert value["path"] == again["path"] == f"files/media/image/{digest[:16]}.png"
    assert "caption" not in value
    assert len(list(Path(run.folder, "files/media/image").iterdir())) == 1


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
    picture.convert("RGB").save(tmp_path / "c.tiff")
    values = [logged(run, Image(str(tmp_path / name)))[0] for name in ("a.webp", "b.bmp", "c.tiff")]
    assert [value["width"] for value in values] == [300, 300, 300]
    assert [value["path"].partition(".")[2] for value in values] == ["webp", "bmp", "png"]


def test_lists_of_images_are_lists_of_values(begin):
    run = begin()
    run.log({"images": [Image(GREY, caption="a"), Image(255 - GREY, caption="b")]})
    (row,) = rows(run.folder)
    assert [(value["_type"], value["caption"]) for value in row["images"]] == [("image-file", "a"), ("image-file", "b")]


@pytest.mark.parametrize(
    "data", [np.zeros((2, 5, 4, 5)), np.zeros((0, 3)), "missing.png", object(), np.array(["text"]), None, [[1], [2, 3]]]
)
def test_what_is_no_picture_costs_its_key_and_a_warning(begin, capsys, data):
    run = begin()
    run.log({"bad": Image(data), "good": 1})
    assert rows(run.folder) == [{"_step": 0, "bad": None, "good": 1}]
    assert "cannot log 'bad'" in capsys.readouterr().err


def test_a_text_file_is_no_picture(begin, capsys, tmp_path):
    (tmp_path / "evil.png").write_text("<script>")
    run = begin()
    run.log({"bad": Image(tmp_path / "evil.png")})
    assert rows(run.folder) == [{"_step": 0, "bad": None}]
    assert not Path(run.folder, "files").exists()


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


@pytest.mark.parametrize("data", [GREY / 255, GREY.astype("int64"), (GREY / 255).tolist(), np.array([[-1.0, 300.0]])])
def test_without_normalize_numbers_are_cut_off(begin, data):
    _, picture = logged(begin(), Image(data, normalize=False))
    assert np.array_equal(np.asarray(picture), np.asarray(data).clip(0, 255).round())


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    arrays(st.sampled_from(["float64", "int64", "bool"]), array_shapes(min_dims=2, max_dims=4, max_side=5)),
    st.booleans(),
)
def test_lists_without_numpy_are_the_same_pictures(array, normalize):
    def pictures(source):
        try:
            return [(each.content, each.width, each.height) for each in pixels_of(source, "", normalize=normalize)]
        except UsageError:
            return None

    assert pictures(array.tolist()) == pictures(array)


@given(st.integers(1, 9), st.integers(1, 9), st.sampled_from([1, 3, 4]), st.randoms(use_true_random=False))
def test_pillow_reads_what_png_writes(width, height, channels, random):
    content = random.randbytes(width * height * channels)
    with Pillow.open(io.BytesIO(png(content, width, height, channels))) as picture:
        assert (picture.size, picture.tobytes()) == ((width, height), content)


class Eager:
    """A tensor as TensorFlow has it: it is read through `numpy` alone."""

    shape = GREY.shape

    def numpy(self):
        return GREY


def test_tensors_that_only_know_numpy(begin):
    assert np.array_equal(np.asarray(logged(begin(), Image(Eager()))[1]), GREY)


@pytest.mark.parametrize("shape", [(2, 3, 4, 3), (2, 3, 5, 4), (2, 5, 4, 1)])
def test_a_batch_is_a_list(begin, shape):
    run = begin()
    run.log({"batch": Image(np.arange(np.prod(shape), dtype="uint8").reshape(shape), caption="each")})
    values = rows(run.folder)[-1]["batch"]
    assert [(value["_type"], value["caption"]) for value in values] == [("image-file", "each")] * 2
    assert len({value["path"] for value in values}) == 2


def test_channels_first_of_a_tensor():
    torch = pytest.importorskip("torch")
    tensor = torch.arange(36, dtype=torch.uint8).reshape(3, 4, 3)  # as an array this would be 3 x 4 RGB
    (pixels,) = pixels_of(tensor, "")
    assert (pixels.width, pixels.height) == (3, 4)
    assert pixels.content == tensor.permute(1, 2, 0).numpy().tobytes()
    assert len(pixels_of(torch.rand(2, 3, 8, 8, requires_grad=True), "")) == 2
    (half,) = pixels_of(torch.ones(2, 2, dtype=torch.bfloat16), "")
    assert half.content == b"\xff" * 4


@pytest.mark.parametrize(
    ("file_type", "form", "ending"),
    [
        ("png", "PNG", "png"),
        ("jpg", "JPEG", "jpg"),
        ("jpeg", "JPEG", "jpg"),
        ("webp", "WEBP", "webp"),
        ("gif", "GIF", "gif"),
        ("BMP", "BMP", "bmp"),
    ],
)
@pytest.mark.parametrize("channels", [None, 3, 4])
def test_file_types(begin, file_type, form, ending, channels):
    data = GREY if channels is None else np.dstack([GREY] * channels)
    run = begin()
    for source in (data, Pillow.fromarray(data)):
        value, picture = logged(run, Image(source, file_type=file_type))
        assert (picture.format, picture.size) == (form, (value["width"], value["height"]))
        assert value["path"].endswith(f".{ending}")


@pytest.mark.parametrize("file_type", ["png", "jpg", "webp", "gif"])
def test_figures_as_other_files(begin, file_type):
    figure = plt.figure(figsize=(2, 1), dpi=50)
    value, picture = logged(begin(), Image(figure, file_type=file_type))
    plt.close(figure)
    assert picture.size == (value["width"], value["height"]) == (100, 50)


def test_what_is_in_a_figure_is_the_figure(begin):
    run = begin()
    figure, axes = plt.subplots(figsize=(2, 1), dpi=50)
    (line,) = axes.plot([1, 2])
    paths = {logged(run, value)[0]["path"] for value in (figure, axes, line, figure.canvas.figure)}
    plt.close(figure)
    assert len(paths) == 1


@pytest.mark.parametrize("mode", ["L", "RGB", "RGBA"])
def test_modes(begin, tmp_path, mode):
    run = begin()
    Pillow.new("RGB", (3, 2), (255, 0, 0)).save(tmp_path / "red.png")
    for source in (
        np.dstack([GREY] * 3),
        Pillow.new("RGB", (3, 2)),
        tmp_path / "red.png",
        (tmp_path / "red.png").read_bytes(),
    ):
        assert logged(run, Image(source, mode=mode))[1].mode == mode


@pytest.mark.parametrize(
    ("mode", "numbers", "expected"),
    [("F", [[0.0, 1.0]], [0, 255]), ("I;16", [[0, 65535]], [0, 255]), ("I", [[0, 300]], [0, 255])],
)
def test_pictures_of_numbers(begin, mode, numbers, expected):
    kind = {"F": "float32", "I;16": "uint16", "I": "int32"}[mode]
    picture = Pillow.fromarray(np.array(numbers, dtype=kind))
    assert picture.mode == mode
    assert np.asarray(logged(begin(), Image(picture))[1]).tolist() == [expected]


def test_bytes_and_file_objects(begin):
    run = begin()
    buffer = io.BytesIO()
    Pillow.new("RGB", (3, 2)).save(buffer, "JPEG")
    content = buffer.getvalue()
    values = [logged(run, Image(source))[0] for source in (content, bytearray(content), buffer)]
    assert {value["sha256"] for value in values} == {hashlib.sha256(content).hexdigest()}


def test_an_image_of_an_image(begin):
    run = begin()
    first = Image(GREY, caption="a", grouping=3, classes={1: "car"}, boxes={"b": {"box_data": []}})
    value, _ = logged(run, Image(first))
    assert (value["caption"], value["grouping"], value["class_labels"]) == ("a", 3, {"1": "car"})
    assert "boxes" not in value
    assert logged(run, Image(first, caption="b", grouping=4))[0]["caption"] == "b"
    assert first.caption == "a"
    assert (first.width, first.height) == (4, 3)


def test_a_file_is_copied_when_it_is_logged(begin, tmp_path, monkeypatch):
    (tmp_path / "there").mkdir()
    monkeypatch.chdir(tmp_path / "there")
    run = begin()
    Pillow.new("L", (3, 2)).save("a.png")
    image = Image("a.png")
    monkeypatch.chdir(tmp_path)
    first, _ = logged(run, image)
    Pillow.new("L", (3, 2), 7).save("there/a.png")
    second, _ = logged(run, image)
    assert first["path"] != second["path"]
    assert len(list(Path(run.folder, "files/media/image").iterdir())) == 2


@pytest.mark.parametrize("options", [{"file_type": "exe"}, {"mode": "no such mode"}])
def test_options_that_mean_nothing(begin, capsys, options):
    logs.told(begin, capsys, Image(GREY, **options))


def test_too_large_a_batch(begin, capsys):
    assert "at most 108" in logs.told(begin, capsys, Image(np.zeros((109, 2, 2, 1))))


def test_without_pillow_it_says_what_to_do(begin, capsys, monkeypatch):
    monkeypatch.setitem(sys.modules, "PIL", None)
    assert "pip install pillow" in logs.told(begin, capsys, Image(GREY, file_type="jpg"))
