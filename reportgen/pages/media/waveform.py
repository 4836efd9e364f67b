"""How loud a sound is over its time, read from WAV files. Other formats need a decoder, and have no picture."""

import io
import wave

import numpy as np
from numpy.typing import NDArray

PARTS = 240
LOUDEST = {1: 128.0, 2: 32768.0, 3: 8388608.0, 4: 2147483648.0}
"""Bytes of a sample -> the greatest amplitude."""
ODD = 3
"""Bytes of a sample that numpy has no type for."""


def waveform(content: bytes) -> tuple[float, ...]:
    """The greatest amplitude from 0 to 1 in equal parts of the time; empty for what is no WAV of whole numbers."""
    try:
        with wave.open(io.BytesIO(content)) as file:
            channels, width = file.getnchannels(), file.getsampwidth()
            # The head may promise anything: what is there is what counts.
            frames = file.readframes(len(content))
    except (wave.Error, EOFError, ValueError, ArithmeticError, RuntimeError):
        return ()
    size = channels * width
    if width not in LOUDEST or len(frames) < size:
        return ()
    samples = np.abs(_samples(frames[: len(frames) // size * size], width)).reshape(-1, channels).max(axis=1)
    starts = np.linspace(0, len(samples), min(PARTS, len(samples)), endpoint=False).astype(int)
    peaks = np.maximum.reduceat(samples, starts) / LOUDEST[width]
    return tuple(round(float(peak), 3) for peak in peaks)


def _samples(frames: bytes, width: int) -> NDArray[np.float64]:
    if width == 1:
        return np.frombuffer(frames, np.uint8).astype(np.float64) - LOUDEST[1]
    if width == ODD:
        parts = np.frombuffer(frames, np.uint8).reshape(-1, ODD).astype(np.int32)
        whole = parts[:, 0] | parts[:, 1] << 8 | parts[:, 2] << 16
        return np.where(whole >= LOUDEST[ODD], whole - 2 * LOUDEST[ODD], whole).astype(np.float64)
    return np.frombuffer(frames, f"<i{width}").astype(np.float64)
