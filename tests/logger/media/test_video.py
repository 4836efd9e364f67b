import io
import shutil
import subprocess

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image as Pillow

from reportgen import Video
from reportgen.logger.media import film
from reportgen.logger.media.video_file import video_format
from tests.logger.logs import logged, told

RED, BLUE = (255, 0, 0), (0, 0, 255)


def frames_of(*colours, height=6, width=8):
    """A film of plain frames: time x height x width x channels."""
    return np.stack([np.full((height, width, 3), colour, dtype="uint8") for colour in colours])


def gif_frames(path):
    with Pillow.open(path) as picture:
        frames = []
        for number in range(picture.n_frames):
            picture.seek(number)
            frames.append(np.asarray(picture.convert("RGB")))
        return np.stack(frames), picture.info


@pytest.mark.parametrize("turn", [lambda film: film, lambda film: film.transpose(0, 3, 1, 2)], ids=["THWC", "TCHW"])
def test_frames_become_a_gif(begin, turn):
    value, path = logged(begin(), Video(turn(frames_of(RED, BLUE, RED)), caption="blink", fps=10))
    frames, info = gif_frames(path)
    assert np.array_equal(frames, frames_of(RED, BLUE, RED))
    assert info["duration"] == 100
    assert (value["_type"], value["caption"], value["width"], value["height"]) == ("video-file", "blink", 8, 6)
    assert path.suffix == ".gif"


def test_grey_and_floats_and_lists(begin):
    run = begin()
    grey = np.zeros((2, 1, 4, 4))
    grey[1] = 1
    frames, info = gif_frames(logged(run, Video(grey))[1])
    assert [frame[0, 0, 0] for frame in frames] == [0, 255]
    assert info["duration"] == 250
    frames, _ = gif_frames(logged(run, Video(frames_of(RED, BLUE).tolist()))[1])
    assert np.array_equal(frames, frames_of(RED, BLUE))


def test_a_batch_is_a_grid_filled_with_black(begin):
    films = np.stack([frames_of(colour, (9, 9, 9)) for colour in (RED, BLUE, (0, 255, 0))]).transpose(0, 1, 4, 2, 3)
    value, path = logged(begin(), Video(films))
    frames, _ = gif_frames(path)
    assert (value["width"], value["height"]) == (4 * 8, 6)
    corners = [tuple(frames[0, 3, 4 + 8 * column]) for column in range(4)]
    assert corners == [RED, BLUE, (0, 255, 0), (0, 0, 0)]


@pytest.mark.parametrize(("number", "rows", "columns"), [(1, 1, 1), (2, 1, 2), (4, 2, 2), (5, 2, 4), (16, 4, 4)])
def test_the_grid_is_laid_out_as_wandbs(number, rows, columns):
    films = np.arange(number, dtype="uint8").reshape(-1, 1, 1, 1, 1) + np.zeros((1, 2, 3, 4, 5), dtype="uint8")
    grid = film._grid(films)
    assert grid.shape == (2, 3, 4 * rows, 5 * columns)
    cells = grid[0, 0, ::4, ::5].ravel()
    assert cells.tolist()[:number] == list(range(number))


def encoder():
    try:
        return film.ffmpeg()
    except film.UsageError:
        return None


@pytest.mark.skipif(encoder() is None, reason="no ffmpeg")
@pytest.mark.parametrize("form", ["mp4", "webm", "ogg"])
def test_ffmpeg_encodes_what_it_decodes_again(begin, form):
    shades = np.stack([np.full((3, 17, 21), 80 * shade, dtype="uint8") for shade in range(4)])  # odd sides
    value, path = logged(begin(), Video(shades, fps=4, format=form))
    command = [encoder(), "-loglevel", "error", "-i", str(path), "-f", "rawvideo", "-pix_fmt", "gray", "-"]
    decoded = np.frombuffer(subprocess.run(command, check=True, capture_output=True).stdout, dtype="uint8")
    frames = decoded.reshape(4, 18, 22)[:, 4:12, 4:12]
    assert [round(frame.mean() / 80) for frame in frames] == [0, 1, 2, 3]
    assert (value["width"], value["height"]) == (21, 17)
    with path.open("rb") as file:
        assert video_format(file)[0] == f".{form}"


@pytest.mark.skipif(encoder() is None, reason="no ffmpeg")
@pytest.mark.parametrize("form", ["mp4", "webm"])
def test_the_size_of_the_picture_is_read_from_a_file(begin, form):
    run = begin()
    _, path = logged(run, Video(frames_of(RED, BLUE, height=20, width=30), format=form))
    value, _ = logged(run, Video(path, caption="again"))
    assert (value["width"], value["height"]) == (30, 20)


@pytest.mark.parametrize(
    "give", [lambda path: path, str, lambda path: path.read_bytes(), lambda path: io.BytesIO(path.read_bytes())]
)
def test_files_are_kept_byte_for_byte(begin, tmp_path, give):
    source = tmp_path / "film"
    Pillow.new("RGB", (5, 4)).save(source, "GIF")
    value, path = logged(begin(), Video(give(source)))
    assert path.read_bytes() == source.read_bytes()
    assert (path.suffix, value["width"], value["height"]) == (".gif", 5, 4)


@pytest.mark.parametrize("content", [b"\0\0\0\x14ftypavif", b"\x1a\x45\xdf\xa3" + b"matroska" * 20])
def test_files_that_only_look_like_films(begin, capsys, content):
    told(begin, capsys, Video(content))


def test_without_ffmpeg_it_says_what_to_do(begin, capsys, monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "imageio_ffmpeg", None)
    monkeypatch.setattr(shutil, "which", lambda name: None)
    assert "pip install imageio-ffmpeg" in told(begin, capsys, Video(frames_of(RED), format="mp4"))


def test_what_ffmpeg_says_is_told(begin, capsys, monkeypatch, tmp_path):
    program = tmp_path / "ffmpeg"
    program.write_text("#!/bin/sh\ncat > /dev/null\necho no such codec >&2\nexit 1\n")
    program.chmod(0o755)
    monkeypatch.setattr(film, "ffmpeg", lambda: str(program))
    assert "no such codec" in told(begin, capsys, Video(frames_of(RED), format="mp4"))


@pytest.mark.parametrize(
    "wrong",
    [
        {"data_or_path": np.zeros((3, 4, 5))},
        {"data_or_path": np.zeros((2, 7, 6, 5))},
        {"data_or_path": np.zeros((0, 3, 6, 5))},
        {"data_or_path": frames_of(RED), "format": "avi"},
        {"data_or_path": frames_of(RED), "fps": 0},
        {"data_or_path": "missing.mp4"},
        {"data_or_path": b"no film"},
        {"data_or_path": object()},
    ],
)
def test_what_is_no_video_costs_its_key_and_a_warning(begin, capsys, wrong):
    told(begin, capsys, Video(**wrong))


@settings(deadline=None)
@given(st.sampled_from([b"\x1a\x45\xdf\xa3", b"\0\0\0\x08ftyp", b"GIF89a", b"OggS"]), st.binary(max_size=300))
def test_hostile_bytes_are_read_to_an_end(head, rest):
    found = video_format(io.BytesIO(head + rest))
    assert found is None or all(side is None or side > 0 for side in found[1:])
