"""What there is to know of the link to the terminal."""

from dataclasses import dataclass


@dataclass(frozen=True)
class LinkNumbers:
    """Frames and bytes of the last second; the round trip in seconds, if anything is answered.

    `answerer` is the program that answers in the terminal's place, where one is known to. At rest
    nothing is sent. Of a terminal that `is_new` it is not known yet whether it answers.
    """

    frames: int
    bytes: int
    round_trip: float | None
    answerer: str = ""
    is_at_rest: bool = False
    is_new: bool = False
