"""How the link to the terminal does."""

from tui.words.language import _


def sent_texts(frames: int, size: int) -> tuple[str, ...]:
    """Frames and bytes of the last second."""
    kilobytes = _("{kilobytes:.1f} kB/s").format(kilobytes=size / 1000)
    return _("{frames} fps").format(frames=frames), kilobytes


def rest_text() -> str:
    """That nothing is sent."""
    return _("at rest: 0 bytes")


def answers_text(seconds: float | None, answerer: str) -> str:
    """The round trip, and who answers where it is not the terminal."""
    if seconds is None:
        return _("the terminal answers nothing")
    milliseconds = seconds * 1000
    digits = 1 if milliseconds < 10 else 0
    trip = _("round trip {milliseconds} ms").format(milliseconds=f"{milliseconds:.{digits}f}")
    return _("{trip} ({program} answers)").format(trip=trip, program=answerer) if answerer else trip


def hide_text() -> str:
    """What the line's key does."""
    return _("hides this")
