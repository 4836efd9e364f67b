import io
import math
import wave
from array import array

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reportgen import Audio
from reportgen.logger.media.sound_file import sound_format
from reportgen.logger.media.wav import wav
from tests.logger.logs import logged, told

RATE = 8000


def samples_of(path):
    """What the standard library's decoder reads: frames x channels, and the width of a sample in bytes."""
    with wave.open(str(path)) as file:
        content, width, channels = file.readframes(file.getnframes()), file.getsampwidth(), file.getnchannels()
        assert file.getframerate() == RATE
    kind = {1: "uint8", 2: "<i2", 4: "<i4"}[width]
    return np.frombuffer(content, dtype=kind).reshape(-1, channels), width


TONE = np.sin(np.arange(400) / 5)


@pytest.mark.parametrize(
    ("data", "samples", "width"),
    [
        (TONE, (TONE * 32767).round(), 2),
        (TONE.astype("float32"), (TONE.astype("float32").astype("float64") * 32767).round(), 2),
        (TONE.tolist(), (TONE * 32767).round(), 2),
        ([-2.0, math.nan, math.inf, -math.inf, 1.0], [-32767, 0, 32767, -32767, 32767], 2),
        (np.array([-2.0, math.nan, math.inf, -math.inf]), [-32767, 0, 32767, -32767], 2),
        (np.array([1, -5], dtype="int16"), [1, -5], 2),
        (np.array([1, 255], dtype="uint8"), [1, 255], 1),
        (np.array([1, 1 << 30], dtype="int32"), [1, 1 << 30], 4),
        (np.array([1, -5]), [1, -5], 2),
        (np.array([1, -50_000]), [1, -50_000], 4),
        ([1, -5], [1, -5], 2),
        ([1, 70_000], [1, 70_000], 4),
        (array("h", [3, 4]).tolist(), [3, 4], 2),
        (np.array([True, False]), [1, 0], 2),
        (np.array([258], dtype=">i2"), [258], 2),
        (np.zeros(0), [], 2),
    ],
)
def test_samples_become_wav(begin, data, samples, width):
    value, path = logged(begin(), Audio(data, sample_rate=RATE, caption="tone"))
    read, bytes_a_sample = samples_of(path)
    assert (read[:, 0].tolist(), bytes_a_sample) == (list(samples), width)
    assert (value["_type"], value["caption"], value["sample_rate"]) == ("audio-file", "tone", RATE)
    assert value["seconds"] == len(samples) / RATE
    assert path.suffix == ".wav"


@pytest.mark.parametrize("turn", [lambda data: data, lambda data: data.T, lambda data: data.tolist()])
def test_stereo_with_channels_last_or_first(begin, turn):
    data = np.stack([np.arange(100), -np.arange(100)], axis=1).astype("int16")
    _, path = logged(begin(), Audio(turn(data), sample_rate=RATE))
    assert np.array_equal(samples_of(path)[0], data)


@settings(deadline=None)
@given(st.lists(st.floats(width=32), max_size=40), st.integers(1, 3), st.integers(1, (1 << 32) - 1))
def test_with_and_without_numpy_it_is_the_same_file(numbers, channels, rate):
    frames = [numbers[at : at + channels] for at in range(0, len(numbers) - channels + 1, channels)]
    if frames:
        content, count = wav(frames, rate)
        assert (content, count) == wav(np.array(frames), rate)
        sound = sound_format(io.BytesIO(content))
        assert (sound.ending, sound.sample_rate, sound.seconds) == (".wav", rate, len(frames) / rate)


@settings(deadline=None)
@given(st.lists(st.integers(-(1 << 31), (1 << 31) - 1), min_size=1, max_size=20))
def test_whole_numbers_come_back(numbers):
    content, _ = wav(numbers, RATE)
    assert wav(np.array(numbers), RATE)[0] == content
    with wave.open(io.BytesIO(content)) as file:
        kind = "<i2" if file.getsampwidth() == 2 else "<i4"
        assert np.frombuffer(file.readframes(len(numbers)), dtype=kind).tolist() == numbers


def flac(rate, samples):
    """A FLAC file as far as its first block."""
    bits = rate << 44 | 1 << 41 | 15 << 36 | samples
    return b"fLaC" + b"\x80\0\0\x22" + bytes(10) + bits.to_bytes(8, "big") + bytes(16)


def ogg(first, samples):
    """Two pages: the first one with a head, the last one with the number of samples."""
    page = b"OggS\0\2" + bytes(20) + b"\1\x1e" + first
    return page + b"OggS\0\4" + samples.to_bytes(8, "little") + bytes(14)


def mp3(xing):
    """A frame of MPEG 1, layer III, 44,100 Hz, stereo."""
    head = b"\xff\xfb\x90\x00" + bytes(32)
    return head + (b"Xing\0\0\0\1" + (1000).to_bytes(4, "big") if xing else b"") + bytes(400)


def m4a(version):
    header = bytes([version]) + bytes(3) + bytes(16 if version else 8)
    header += (1000).to_bytes(4, "big") + (2500).to_bytes(8 if version else 4, "big") + bytes(80)
    mvhd = (len(header) + 8).to_bytes(4, "big") + b"mvhd" + header
    moov = (len(mvhd) + 8).to_bytes(4, "big") + b"moov" + mvhd
    media = b"\0\0\0\1mdat" + (16 + 50).to_bytes(8, "big") + bytes(50)
    return b"\0\0\0\x14ftypM4A \0\0\0\0M4A " + media + moov


def extensible_wav():
    """Floats in the format that the standard library does not read, with an odd chunk before them."""
    form = (
        b"\xfe\xff\2\0" + (48000).to_bytes(4, "little") + (384000).to_bytes(4, "little") + b"\x08\0\x20\0" + bytes(24)
    )
    chunks = b"WAVEfmt " + len(form).to_bytes(4, "little") + form + b"note\3\0\0\0abc\0"
    chunks += b"data" + (8 * 4800).to_bytes(4, "little") + bytes(8 * 4800)
    return b"RIFF" + len(chunks).to_bytes(4, "little") + chunks


VORBIS = b"\x01vorbis" + bytes(5) + (22050).to_bytes(4, "little") + bytes(10)
OPUS = b"OpusHead\1\2" + (312).to_bytes(2, "little") + bytes(8)
FILES = {
    "wav": (extensible_wav(), ".wav", 48000, 0.1),
    "flac": (flac(44100, 88200), ".flac", 44100, 2.0),
    "vorbis": (ogg(VORBIS, 22050), ".ogg", 22050, 1.0),
    "opus": (ogg(OPUS, 48312), ".ogg", 48000, 1.0),
    "mp3": (mp3(xing=True), ".mp3", 44100, 1000 * 1152 / 44100),
    "constant mp3": (mp3(xing=False), ".mp3", 44100, None),
    "tagged mp3": (b"ID3\4\0\0\0\0\1\0" + bytes(128) + mp3(xing=True), ".mp3", 44100, 1000 * 1152 / 44100),
    "m4a": (m4a(0), ".m4a", None, 2.5),
    "long m4a": (m4a(1), ".m4a", None, 2.5),
}


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("give", ["path", "bytes", "file"])
def test_files_are_kept_byte_for_byte_and_told_by_their_content(begin, tmp_path, name, give):
    content, ending, rate, seconds = FILES[name]
    source = tmp_path / "sound"
    source.write_bytes(content)
    with source.open("rb") as file:
        value, path = logged(begin(), Audio({"path": source, "bytes": content, "file": file}[give]))
    assert path.read_bytes() == content
    assert path.suffix == ending
    assert value.get("sample_rate") == rate
    assert value.get("seconds") == (seconds if seconds is None else pytest.approx(seconds))


@pytest.mark.parametrize("name", FILES)
def test_broken_files_are_read_to_an_end(name):
    content = FILES[name][0]
    for length in range(0, len(content), max(1, len(content) // 150)):
        found = sound_format(io.BytesIO(content[:length]))
        assert found is None or found.seconds is None or found.seconds >= 0


@settings(deadline=None)
@given(
    st.sampled_from([b"RIFF\0\0\0\0WAVE", b"fLaC", b"OggS", b"ID3", b"\xff\xfb", b"\0\0\0\x08ftyp"]),
    st.binary(max_size=200),
)
def test_hostile_bytes_are_read_to_an_end(head, rest):
    found = sound_format(io.BytesIO(head + rest))
    assert found is None or found.seconds is None or found.seconds >= 0


@pytest.mark.parametrize(
    "wrong",
    [
        {"data_or_path": TONE},
        {"data_or_path": TONE, "sample_rate": 0},
        {"data_or_path": TONE, "sample_rate": "fast"},
        {"data_or_path": np.zeros((2, 2, 2)), "sample_rate": RATE},
        {"data_or_path": np.zeros((100, 100)), "sample_rate": RATE},
        {"data_or_path": ["a"], "sample_rate": RATE},
        {"data_or_path": [[1], [2, 3]], "sample_rate": RATE},
        {"data_or_path": np.array([1j]), "sample_rate": RATE},
        {"data_or_path": [1 << 40], "sample_rate": RATE},
        {"data_or_path": "missing.wav"},
        {"data_or_path": b"no sound"},
        {"data_or_path": object(), "sample_rate": RATE},
    ],
)
def test_what_is_no_sound_costs_its_key_and_a_warning(begin, capsys, wrong):
    told(begin, capsys, Audio(**wrong))


def test_samples_may_change_after_the_sound_was_made(begin):
    data = TONE.copy()
    audio = Audio(data, sample_rate=RATE)
    data[:] = 0
    assert samples_of(logged(begin(), audio)[1])[0].any()
