"""Frames of pictures to a video: GIF by Pillow, the other formats by ffmpeg."""

from __future__ import annotations

import os
from io import BytesIO

from reportgen.errors import UsageError
from reportgen.logger.media.file import Held
from reportgen.logger.media.picture import pillow
from reportgen.logger.media.pixels import CHANNELS, Pixels, pixels_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

WHERE = "reportgen.Video"
FILM, FILMS = 4, 5
"""Dimensions of one video and of several."""
ENCODERS = {
    "mp4": ("-c:v", "libx264", "-pix_fmt", "yuv420p", "-movflags", "+faststart"),
    "webm": (
        "-c:v",
        "libvpx-vp9",
        "-pix_fmt",
        "yuv420p",
        "-b:v",
        "0",
        "-crf",
        "32",
        "-deadline",
        "good",
        "-cpu-used",
        "4",
    ),
    "ogg": ("-c:v", "libtheora", "-pix_fmt", "yuv420p", "-q:v", "7"),
}
"""Format -> options of ffmpeg. All browsers play colours in this format of pixels."""
LAYOUTS = {"L": "gray", "RGB": "rgb24", "RGBA": "rgba"}
MODES = {1: "L", 3: "RGB", 4: "RGBA"}
ENCODING_SECONDS = 600


def encode_film(source: Any, fps: float, form: str) -> Held:
    """Encode time x channels x height x width, or a batch of those as a grid."""
    if not 0 < fps <= 1000:  # noqa: PLR2004 # what GIF and players can do
        raise UsageError(f"{fps:g} frames a second", where=WHERE, remedy="Give fps= between 1 and 60.")
    frames = pixels_of(_one_film(source), WHERE)
    content = _gif(frames, fps) if form == "gif" else _by_ffmpeg(frames, fps, form)
    return Held(f".{form}", content, width=frames[0].width, height=frames[0].height)


def _one_film(source: Any) -> Any:
    """The frames as one array with four dimensions, time first and, unless they clearly come last, channels second."""
    try:
        import numpy as np
    except ImportError as error:
        raise UsageError("numpy is needed to encode frames", where=WHERE, remedy="pip install numpy") from error
    from reportgen.logger.arrays import is_array, on_host

    film = np.asarray(on_host(source) if is_array(source) else source)
    if film.ndim not in (FILM, FILMS) or not film.size:
        size = " x ".join(map(str, film.shape))
        remedy = "Give time x channels x height x width, or a batch of those."
        raise UsageError(f"{size} is no video", where=WHERE, remedy=remedy)
    if film.shape[-3] not in CHANNELS and film.shape[-1] in CHANNELS:
        film = np.moveaxis(film, -1, -3)
    film = _grid(film) if film.ndim == FILMS else film
    return film.transpose(0, 2, 3, 1) if film.shape[1] in CHANNELS else film


def _grid(films: Any) -> Any:
    """Several videos beside and below each other, with black ones up to a power of two, as wandb lays them out."""
    import numpy as np

    number, time, channels, height, width = films.shape
    cells = 1 << (number - 1).bit_length()
    rows = 1 << (number.bit_length() - 1) // 2
    black = np.zeros((cells - number, time, channels, height, width), films.dtype)
    grid = np.concatenate([films, black]).reshape(rows, cells // rows, time, channels, height, width)
    return grid.transpose(2, 3, 0, 4, 1, 5).reshape(time, channels, rows * height, cells // rows * width)


def _gif(frames: list[Pixels], fps: float) -> bytes:
    images = [
        pillow("to encode a GIF").frombytes(MODES[each.channels], (each.width, each.height), each.content)
        for each in frames
    ]
    buffer = BytesIO()
    images[0].save(buffer, "GIF", save_all=True, append_images=images[1:], duration=round(1000 / fps), loop=0)
    return buffer.getvalue()


def _by_ffmpeg(frames: list[Pixels], fps: float, form: str) -> bytes:
    from subprocess import PIPE, Popen
    from tempfile import TemporaryDirectory

    first = frames[0]
    size, layout = f"{first.width}x{first.height}", LAYOUTS[MODES[first.channels]]
    even = "pad=ceil(iw/2)*2:ceil(ih/2)*2"  # this format of pixels has colours for two by two
    source = ("-f", "rawvideo", "-pix_fmt", layout, "-s", size, "-r", f"{fps:g}", "-i", "-")
    with TemporaryDirectory(prefix="reportgen-") as folder:
        target = os.path.join(folder, f"video.{form}")
        command = [
            ffmpeg(),
            "-nostdin",
            "-loglevel",
            "error",
            "-y",
            *source,
            "-an",
            "-vf",
            even,
            *ENCODERS[form],
            target,
        ]
        with Popen(command, stdin=PIPE, stdout=PIPE, stderr=PIPE) as process:
            _, said = process.communicate(b"".join(each.content for each in frames), timeout=ENCODING_SECONDS)
        if process.returncode:
            raise UsageError(f"ffmpeg could not encode the video: {said.decode(errors='replace')[-300:]}", where=WHERE)
        with open(target, "rb") as file:
            return file.read()


def ffmpeg() -> str:
    """The program that encodes videos.

    Raises:
        UsageError: there is none.
    """
    from shutil import which

    try:
        from imageio_ffmpeg import get_ffmpeg_exe

        return str(get_ffmpeg_exe())
    except (ImportError, RuntimeError):
        found = which("ffmpeg")
    if found is None:
        remedy = "pip install imageio-ffmpeg, or log a GIF."
        raise UsageError("ffmpeg is needed to encode this format", where=WHERE, remedy=remedy)
    return found
