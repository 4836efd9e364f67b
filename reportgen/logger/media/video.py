"""Video: frames, encoded as GIF or by ffmpeg, and video files as they are."""

from __future__ import annotations

from io import BytesIO

from reportgen.errors import UsageError
from reportgen.logger.arrays import is_array
from reportgen.logger.media.file import FileMedia, Held, bytes_of, path_of
from reportgen.logger.media.video_file import video_format
from reportgen.schema import VIDEO

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import BinaryIO

WHERE = "reportgen.Video"
FORMATS = ("gif", "mp4", "webm", "ogg")
FRAMES_A_SECOND = 4


class Video(FileMedia):
    """A video to log.

    Frames are encoded at once, in the caller's thread, so the array may change afterwards; a file is copied when it is
    logged. GIF needs Pillow; the other formats need ffmpeg, which the package imageio-ffmpeg brings.

    Args:
        data_or_path: an array of time x channels x height x width (channels may come last), or a batch of those, whose
            videos are laid out as a grid; or the path, the bytes or a file object of a GIF, MP4, WebM or Ogg file.
        caption: text under the video.
        fps: frames a second of an array, 4 if not given.
        format: ``gif`` (the default for an array), ``mp4``, ``webm`` or ``ogg``. Files tell it by themselves.
    """

    TYPE = VIDEO
    FOLDER = "video"

    def __init__(
        self,
        data_or_path: object,
        caption: str | None = None,
        fps: float | None = None,
        format: str | None = None,  # noqa: A002 # wandb's name
    ) -> None:
        super().__init__(caption, lambda: _held(data_or_path, fps, format))


def _held(source: object, fps: float | None, form: str | None) -> Held:
    form = (form or "gif").lower()
    if form not in FORMATS:
        raise UsageError(f"there is no format {form!r}", where=WHERE, remedy=f"Give one of {', '.join(FORMATS)}.")
    if is_array(source) or isinstance(source, (list, tuple)):
        from reportgen.logger.media.film import encode_film

        return encode_film(source, FRAMES_A_SECOND if fps is None else float(fps), form)
    path = path_of(source)
    content = bytes_of(source) if path is None else None
    if path is not None:
        with open(path, "rb") as file:
            return _of_file(file, path)
    if content is not None:
        return _of_file(BytesIO(content), content)
    raise UsageError(f"cannot make a video of a {type(source).__name__}", where=WHERE)


def _of_file(file: BinaryIO, content: bytes | str) -> Held:
    found = video_format(file)
    if found is None:
        raise UsageError("this is no video file", where=WHERE, remedy="Give a GIF, MP4, WebM or Ogg file.")
    ending, width, height = found
    return Held(ending, content, width=width, height=height)
