"""What kind of sound a file holds, and how long it plays, as far as its first and last bytes tell."""

from __future__ import annotations

from reportgen.logger.media import iso_boxes

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import BinaryIO

HEAD = 4096
TAIL = 1 << 16
"""An Ogg page, the last of which says how long the file plays, is not longer."""
MOST_CHUNKS = 100
"""Chunks of a WAV file that are looked at, so that a hostile file ends."""
MP3_RATES = {0: (11025, 12000, 8000), 2: (22050, 24000, 16000), 3: (44100, 48000, 32000)}
"""MPEG version bits -> sample rates."""
OPUS_RATE = 48000
"""Opus counts in this rate, whatever the input had."""
MPEG_1, MONO, TAG = 3, 3, b"ID3"


class Sound:
    """What a sound file says of itself.

    Attributes:
        ending: of its name, with its dot.
        sample_rate: samples a second, if it is known.
        seconds: how long it plays, if it is known.
    """

    def __init__(self, ending: str, sample_rate: int | None = None, samples: int = 0) -> None:
        self.ending = ending
        self.sample_rate = sample_rate or None
        self.seconds = samples / sample_rate if samples and sample_rate else None


def sound_format(file: BinaryIO) -> Sound | None:
    """What a file is by its content: WAV, MP3, FLAC, Ogg (Vorbis or Opus) or M4A; None for anything else."""
    file.seek(0)
    head = file.read(HEAD)
    if head[:4] in (b"RIFF", b"RF64") and head[8:12] == b"WAVE":
        return _wave(file)
    if head.startswith(b"fLaC"):
        bits = int.from_bytes(head[18:26], "big")  # 20 bits of rate, 3 of channels, 5 of depth, 36 of samples
        return Sound(".flac", bits >> 44, bits & (1 << 36) - 1)
    if head.startswith(b"OggS"):
        return _ogg(file, head)
    if head[4:8] == b"ftyp":
        found = Sound(".m4a")
        found.seconds = iso_boxes.duration(file)
        return found
    return _mp3(file, head)


def _wave(file: BinaryIO) -> Sound:
    """Walk over the chunks to the format and the data."""
    rate, frame, start = 0, 0, 12
    for _ in range(MOST_CHUNKS):
        file.seek(start)
        head = file.read(8)
        size = int.from_bytes(head[4:], "little")
        if head[:4] == b"fmt ":
            form = file.read(16)
            rate, frame = int.from_bytes(form[4:8], "little"), int.from_bytes(form[12:14], "little")
        elif head[:4] == b"data" or len(head) < 8:  # noqa: PLR2004 # the end of the file
            end = file.seek(0, 2)
            return Sound(".wav", rate, min(size, end - start - 8) // frame if frame and len(head) == 8 else 0)  # noqa: PLR2004
        start += 8 + size + size % 2
    return Sound(".wav", rate)


def _ogg(file: BinaryIO, head: bytes) -> Sound:
    """The rate from the first page, the number of samples from the last one."""
    rate, skipped = 0, 0
    at = head.find(b"\x01vorbis")
    if at >= 0:
        rate = int.from_bytes(head[at + 12 : at + 16], "little")
    at = head.find(b"OpusHead")
    if at >= 0:
        rate, skipped = OPUS_RATE, int.from_bytes(head[at + 10 : at + 12], "little")
    file.seek(max(0, file.seek(0, 2) - TAIL))
    tail = file.read()
    last = tail.rfind(b"OggS")
    position = int.from_bytes(tail[last + 6 : last + 14], "little", signed=True) if last >= 0 else 0
    return Sound(".ogg", rate, max(0, position - skipped))


def _mp3(file: BinaryIO, head: bytes) -> Sound | None:
    """Past the tags to the first frame, which may say how many there are."""
    tagged = head.startswith(TAG)
    if tagged:
        size = 0
        for byte in head[6:10]:  # seven bits each
            size = size << 7 | byte & 0x7F
        file.seek(10 + size)
        head = file.read(HEAD)
    frame = _mp3_frame(head)
    if frame is None:
        return Sound(".mp3") if tagged else None
    version, rate, mono = frame
    samples = 1152 if version == MPEG_1 else 576
    at = 4 + ((17 if mono else 32) if version == MPEG_1 else (9 if mono else 17))
    if head[at : at + 4] in (b"Xing", b"Info") and head[at + 7 : at + 8] and head[at + 7] & 1:
        return Sound(".mp3", rate, samples * int.from_bytes(head[at + 8 : at + 12], "big"))
    return Sound(".mp3", rate)


def _mp3_frame(head: bytes) -> tuple[int, int, bool] | None:
    """Version, sample rate and whether it is mono, from the header of a frame of layer III."""
    if len(head) < 4 or head[0] != 0xFF or head[1] & 0xE6 != 0xE2:  # noqa: PLR2004 # sync bits, layer III
        return None
    version, bitrate, rate = head[1] >> 3 & 3, head[2] >> 4, head[2] >> 2 & 3
    if version not in MP3_RATES or bitrate in (0, 15) or rate == 3:  # noqa: PLR2004 # values that mean nothing
        return None
    return version, MP3_RATES[version][rate], head[3] >> 6 == MONO
