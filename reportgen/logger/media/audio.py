"""Audio: samples, kept as WAV, and sound files as they are."""

from __future__ import annotations

from io import BytesIO

from reportgen.errors import UsageError
from reportgen.logger.media.file import FileMedia, Held, bytes_of, path_of
from reportgen.logger.media.sound_file import sound_format
from reportgen.logger.media.wav import wav
from reportgen.schema import AUDIO

WHERE = "reportgen.Audio"


class Audio(FileMedia):
    """A sound to log.

    Samples are encoded at once, so the array may change afterwards; a file is copied when it is logged.

    Args:
        data_or_path: samples (floats from -1 to 1 or integers; frames, frames x channels, or channels x frames as in
            torch), or the path, the bytes or a file object of a WAV, MP3, FLAC, Ogg or M4A file.
        sample_rate: frames a second; needed with samples.
        caption: text beside the player.
    """

    TYPE = AUDIO
    FOLDER = "audio"

    def __init__(self, data_or_path: object, sample_rate: int | None = None, caption: str | None = None) -> None:
        super().__init__(caption, lambda: _held(data_or_path, sample_rate))


def _held(source: object, sample_rate: int | None) -> Held:
    path = path_of(source)
    content = bytes_of(source) if path is None else None
    if path is None and content is None:
        rate = 0 if sample_rate is None else int(sample_rate)
        if not 0 < rate < 1 << 32:
            remedy = "Give sample_rate=, such as 44100."
            raise UsageError(f"samples at a rate of {sample_rate!r}", where=WHERE, remedy=remedy)
        encoded, frames = wav(source, rate)
        return Held(".wav", encoded, sample_rate=rate, seconds=frames / rate)
    with BytesIO(content or b"") if path is None else open(path, "rb") as file:
        sound = sound_format(file)
    if sound is None:
        raise UsageError("this is no sound file", where=WHERE, remedy="Give a WAV, MP3, FLAC, Ogg or M4A file.")
    known = sample_rate if sound.sample_rate is None else sound.sample_rate
    return Held(sound.ending, content if path is None else path, sample_rate=known, seconds=sound.seconds)  # type: ignore[arg-type]
