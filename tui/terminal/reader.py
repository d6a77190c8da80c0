"""Input from a terminal, whatever it sends, until there is no terminal."""

import os
import selectors
import time
from collections.abc import Callable
from threading import Thread

from tui.terminal.input_pieces import InputPieces, Piece

READ_SIZE = 4096
QUIET, LONGEST_FAREWELL = 0.05, 0.2
"""Seconds without input after which no report is under way, and how long that is waited for."""


class Reader(Thread):
    """Reads in the background: `take` gets each piece, `lost` is called without a terminal."""

    def __init__(
        self, fileno: int, take: Callable[[Piece], object], lost: Callable[[], object]
    ) -> None:
        super().__init__(daemon=True, name="terminal-input")
        self._fileno, self._take, self._lost = fileno, take, lost
        self._end_reader, self._end_writer = os.pipe()

    def stop(self, seconds: float = 0.0, are_missing: Callable[[], bool] = lambda: False) -> None:
        """Read no more than what is under way, for so long at most where something is missing."""
        self._farewell, self._are_missing = seconds, are_missing
        os.write(self._end_writer, b"x")
        self.join()
        os.close(self._end_writer)
        os.close(self._end_reader)

    def run(self) -> None:
        """Until `stop`, or until there is no terminal."""
        # of all kinds of selectors this one knows terminals everywhere
        with selectors.SelectSelector() as selector:
            selector.register(self._fileno, selectors.EVENT_READ)
            selector.register(self._end_reader, selectors.EVENT_READ)
            try:
                pieces = InputPieces()
                self._read_all(selector, pieces)
                self._empty(selector, pieces)
            except OSError:
                self._lost()

    def _read_all(self, selector: selectors.BaseSelector, pieces: InputPieces) -> None:
        while True:
            ready = {key.fd for key, _ in selector.select(pieces.patience)}
            if self._end_reader in ready:
                return
            found = pieces.feed(self._read()) if ready else pieces.give_up()
            for piece in found:
                self._take(piece)

    def _empty(self, selector: selectors.BaseSelector, pieces: InputPieces) -> None:
        selector.unregister(self._end_reader)
        start = time.monotonic()
        while True:
            is_quiet = not selector.select(QUIET)
            if not is_quiet:
                for piece in pieces.feed(self._read()):
                    self._take(piece)
            are_missing = self._are_missing()
            longest = self._farewell if are_missing else LONGEST_FAREWELL
            if (is_quiet and not are_missing) or time.monotonic() > start + longest:
                return

    def _read(self) -> bytes:
        try:
            data = os.read(self._fileno, READ_SIZE)
        except BlockingIOError:
            # another program left the terminal so, or has read it
            return b""
        if not data:
            raise OSError
        return data
