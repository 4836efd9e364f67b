"""Logged sounds and videos: the browser's own players, for formats that browsers play."""

from reportgen.document import Film, Picture, Sound
from reportgen.numbers import format_duration, format_number
from reportgen.pages.media.logged_medium import LoggedMedium, Shown
from reportgen.pages.media.waveform import waveform

HEARD = (".wav", ".mp3", ".ogg", ".flac", ".m4a")
PLAYED = (".mp4", ".webm", ".ogg", ".ogv")


def shown_sound(medium: LoggedMedium) -> Shown | None:
    """A player; None for what a browser cannot play."""
    file = medium.file()
    if file is None or medium.ending() not in HEARD:
        return None
    seconds, rate = medium.number("seconds"), medium.number("sample_rate")
    facts = [format_duration(seconds)] if seconds is not None else []
    facts += [f"{format_number(rate / 1000, 3)} kHz"] if rate else []
    content = medium.bytes() if medium.ending() == ".wav" else None
    return Shown(Sound(file.uri, medium.label, waveform(content or b"")), tuple(facts), file=file)


def shown_video(medium: LoggedMedium) -> Shown | None:
    """A player, or the animation itself when it is a GIF; None for what a browser cannot play."""
    file = medium.file()
    if file is None or medium.ending() not in (*PLAYED, ".gif"):
        return None
    width, height = medium.pixels("width"), medium.pixels("height")
    facts = (f"{width} x {height}",) if width and height else ()
    if medium.ending() == ".gif":
        return Shown(Picture(file.uri, medium.label, width, height, moves=True), facts, file=file)
    return Shown(Film(file.uri, medium.label, width, height), facts, file=file)
