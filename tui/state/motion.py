"""How much may move on the screen, for eyes and for links."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Motion:
    """One amount: `decorates` if the wave and changes of bars play.

    `seconds` lie between two pictures of a training.
    """

    decorates: bool
    seconds: float


MOTIONS: dict[str, Motion] = {
    "full": Motion(decorates=True, seconds=0.0),
    "reduced": Motion(decorates=False, seconds=0.5),
    "off": Motion(decorates=False, seconds=2.0),
}
"""From the most to the least."""

OF_TEXTUAL = {"full": "full", "basic": "reduced", "none": "off"}
"""The amount for each level of TEXTUAL_ANIMATIONS."""


def least(*names: str) -> Motion:
    """That one of them with which the least moves."""
    ranked = list(MOTIONS)
    return MOTIONS[max(names, key=ranked.index)]
