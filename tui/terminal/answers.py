"""What a terminal is asked at the end of a frame, and its answers, which wait behind no key."""

import re
import time
from collections import deque
from collections.abc import Callable

from tui.terminal.input_pieces import Piece
from tui.terminal.link import Link

MODE, STATUS = "\x1b[?2026$p", "\x1b[5n"
"""Is there synchronised output, which newer terminals know; is all well, which nearly all know."""

ANY = MODE + STATUS
REMINDER = "\x1b[c"
"""What terminal is it? All know that; asked where an answer to the others is late."""
_ANSWER = re.compile(
    r"(?P<mode>\x1b\[\?2026;\d\$y)|(?P<status>\x1b\[0n)|(?P<reminder>\x1b\[\?[\d;]*c)"
)

LONGEST_FAREWELL, LONGEST_FIRST_FAREWELL = 2.0, 0.7
"""Seconds to wait at the end for answers; shorter from a terminal that has given none so far.

That is for one at hand: who leaves over SSH before the first answer may have a slow link.
"""


class Answers:
    """Takes them in the reader's thread, and to the link on the loop by `deliver`.

    `question` is what is to be asked: anything until the terminal has answered. `is_remote` tells
    whether it is at the other end of a link.
    """

    def __init__(
        self, link: Link, question: str, to_loop: Callable[[], None], is_remote: bool = False
    ) -> None:
        self.question, self._link, self._to_loop = question, link, to_loop
        self._is_remote = is_remote
        self._arrived: deque[tuple[float, bool]] = deque()

    def take(self, piece: Piece) -> bool:
        """Whether it is an answer, and no more: the first about a mode tells of the mode, too."""
        match = _ANSWER.fullmatch(piece.text) if piece.kind == "sequence" else None
        if match is None:
            return False
        if match["reminder"]:
            self._bring(is_reminder=True)
            return True
        answered = MODE if match["mode"] else STATUS
        is_first = self.question == ANY
        if is_first:
            self.question = answered
        if answered == self.question:
            self._bring(is_reminder=False)
        return not (is_first and answered == MODE)

    def _bring(self, is_reminder: bool) -> None:
        self._arrived.append((time.monotonic(), is_reminder))
        # otherwise they are about to be fetched
        if len(self._arrived) == 1:
            self._to_loop()

    def deliver(self) -> None:
        """To the link."""
        while self._arrived:
            self._link.answered(*self._arrived.popleft())

    @property
    def are_missing(self) -> bool:
        """Whether some are still to come, while the loop stands still; in any thread."""
        return self._link.expects_more_than(is_reminder for _, is_reminder in self._arrived)

    @property
    def farewell(self) -> float:
        """Seconds for which that is worth waiting before the terminal is somebody else's."""
        may_be_slow = self._link.is_answered or self._is_remote
        return LONGEST_FAREWELL if may_be_slow else LONGEST_FIRST_FAREWELL

    def forget(self) -> None:
        """Take none of them to the link any more."""
        self._arrived.clear()
