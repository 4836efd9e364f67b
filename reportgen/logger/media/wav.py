"""Samples to WAV with nothing but the standard library."""

from __future__ import annotations

import sys
from array import array
from math import isfinite
from struct import pack

from reportgen.errors import UsageError
from reportgen.logger.arrays import is_array, on_host
from reportgen.logger.media.pixels import flatten

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

WHERE = "reportgen.Audio"
LOUDEST = 32767
MOST_CHANNELS = 32
"""A recording with more is taken for one whose dimensions are the other way round."""
LARGEST = (1 << 32) - 64
"""Bytes of samples that the format can count."""
WIDTHS = {"uint8": 1, "int16": 2, "int32": 4}
"""Types that are written as they are."""
PCM = 1


def wav(samples: Any, sample_rate: int) -> tuple[bytes, int]:
    """Encode frames, or frames x channels.

    Floats from -1 to 1 become 16 bits, and what is louder is cut off, as players do. Integers of 8 (unsigned), 16 and
    32 bits stay as they are; others are written with 16 bits if those hold them, else with 32.

    Returns:
        The content of the file and the number of frames.
    """
    content, width, frames, channels = _of_array(samples) if is_array(samples) else _of_list(samples)
    if len(content) > LARGEST:
        raise UsageError("a WAV file cannot hold more than 4 GB", where=WHERE, remedy="Give the path of a FLAC file.")
    block = width * channels
    bytes_a_second = min(sample_rate * block, (1 << 32) - 1)
    header = pack("<HHIIHH", PCM, channels, sample_rate, bytes_a_second, block, 8 * width)
    padding = b"\0" * (len(content) % 2)
    chunks = b"WAVEfmt " + pack("<I", len(header)) + header + b"data" + pack("<I", len(content))
    size = len(chunks) + len(content) + len(padding)
    return b"RIFF" + pack("<I", size) + chunks + content + padding, frames


def _of_array(samples: Any) -> tuple[bytes, int, int, int]:
    import numpy as np

    data = np.asarray(on_host(samples))
    frames, channels, turned = _layout(data.shape)
    data = data.T if turned else data
    if data.dtype.kind == "f":
        data = np.nan_to_num(data.astype("float64"), nan=0.0, posinf=1.0, neginf=-1.0)
        data = (data.clip(-1, 1) * LOUDEST).round().astype("int16")
    elif data.dtype.kind == "b" or (data.dtype.kind in "iu" and data.dtype.name not in WIDTHS):
        data = data.astype(_integers(int(data.min()), int(data.max())) if data.size else "int16")
    if data.dtype.name not in WIDTHS:
        raise UsageError(f"{data.dtype} are no samples", where=WHERE, remedy="Give floats from -1 to 1, or integers.")
    width = WIDTHS[data.dtype.name]
    return data.astype(data.dtype.newbyteorder("<")).tobytes(), width, frames, channels


def _of_list(samples: Any) -> tuple[bytes, int, int, int]:
    shape, flat = flatten(samples)
    if shape is None or not all(isinstance(each, (int, float)) for each in flat):
        raise UsageError("these are no samples", where=WHERE, remedy="Give numbers, or a list of them for each frame.")
    frames, channels, turned = _layout(shape)
    if turned:
        flat = [flat[channel * frames + frame] for frame in range(frames) for channel in range(channels)]
    if any(isinstance(each, float) for each in flat):
        numbers, kind = [_loudness(each) for each in flat], "int16"
    else:
        numbers, kind = [int(each) for each in flat], _integers(min(flat, default=0), max(flat, default=0))
    content = array("h" if kind == "int16" else "i", numbers)
    if sys.byteorder == "big":
        content.byteswap()
    return content.tobytes(), WIDTHS[kind], frames, channels


def _layout(shape: tuple[int, ...]) -> tuple[int, int, bool]:
    """Frames, channels, and whether the channels come first, as in torch."""
    if len(shape) == 1:
        return shape[0], 1, False
    if len(shape) == 2 and shape[1]:  # noqa: PLR2004 # frames and channels
        turned = shape[1] > MOST_CHANNELS >= shape[0]
        frames, channels = (shape[1], shape[0]) if turned else shape
        if channels <= MOST_CHANNELS:
            return frames, channels, turned
    size = " x ".join(map(str, shape)) or "a number"
    raise UsageError(f"{size} is no sound", where=WHERE, remedy="Give frames, or frames x channels.")


def _integers(lowest: int, highest: int) -> str:
    """The type that holds whole numbers from the lowest to the highest."""
    if lowest >= -LOUDEST - 1 and highest <= LOUDEST:
        return "int16"
    if lowest >= -(1 << 31) and highest < 1 << 31:
        return "int32"
    raise UsageError("samples of more than 32 bits", where=WHERE, remedy="Give floats from -1 to 1.")


def _loudness(sample: float) -> int:
    if not isfinite(sample):
        sample = 0.0 if sample != sample else 1.0 if sample > 0 else -1.0  # noqa: PLR0124 # NaN differs from itself
    return round(max(-1.0, min(1.0, sample)) * LOUDEST)
