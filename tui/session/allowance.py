"""How much training there is in a frame: seconds beside its picture, and steps in seconds."""

from tui.session.jobs import FRAME_SECONDS

LEAST_SECONDS, MOST_SECONDS = 0.004, 0.028
"""Of a frame for training, however long its picture takes."""

DRAWING = 1.5
"""What a picture costs altogether, in the time it takes to make."""

DRAWING_SHARE, MOST_APART = 0.25, 0.06
"""The share of time for pictures of training, and seconds that they are apart at most for it."""

MEASURED_COST = 1.3
"""What a measured step costs, in unmeasured ones."""


class FrameShare:
    """The seconds of a frame for training, by how long its pictures took to make."""

    def __init__(self) -> None:
        self._draw_seconds = 0.0

    @property
    def apart(self) -> float:
        """Seconds from one picture to the next, so that they leave time for training."""
        return min(DRAWING * self._draw_seconds / DRAWING_SHARE, MOST_APART)

    def seconds(self, draws: bool) -> float:
        """For training in a frame that `draws`, or has no picture."""
        left = FRAME_SECONDS - DRAWING * self._draw_seconds * draws
        return min(max(left, LEAST_SECONDS), MOST_SECONDS)

    def drew(self, seconds: float) -> None:
        """A picture took so long."""
        self._draw_seconds = (self._draw_seconds + seconds) / 2


class Allowance:
    """The whole steps that fit in the seconds that a training is given again and again."""

    def __init__(self) -> None:
        self._at_once, self._spare = 1, 0.0

    def steps(self, seconds: float, each: float) -> int:
        """How many steps of `each` so many seconds; one at least, the last of them measured."""
        # what the last steps left over counts too, where less than a step did not fit
        seconds += self._spare
        fitting = seconds / each - MEASURED_COST + 1
        self._spare = max(fitting % 1, 0.0) * each if fitting > 1 else 0.0
        # no more than twice as many as last time: one guess that is far off must not hang
        self._at_once = max(min(int(fitting), 2 * self._at_once), 1)
        return self._at_once


UNLIMITED = 10**9
"""More steps than any frame has time for."""


class StepLimit:
    """Whole steps in the time that goes by, where there are to be no more than so many a second."""

    def __init__(self) -> None:
        self._due = 0.0

    def steps(self, elapsed: float, most: float | None) -> int:
        """Those for so many seconds at that rate, None for any; what was not taken is not saved."""
        if most is None:
            return UNLIMITED
        self._due = min(self._due + elapsed * most, max(most, 1.0))
        steps = int(self._due)
        self._due -= steps
        return steps
