"""The last training runs, so that undo brings back trained weights: as many as memory is for."""

from __future__ import annotations

from engine import Run
from engine.network.memory import required_bytes
from tui.session.training_run import Live

MOST_RUNS = 6
MOST_BYTES = 512 * 2**20


class Shelf:
    """Runs that something else took the place of, oldest first; the oldest give way."""

    def __init__(self, most_bytes: int = MOST_BYTES) -> None:
        self._most_bytes = most_bytes
        self._kept: list[Live] = []

    def __len__(self) -> int:
        return len(self._kept)

    def put(self, live: Live) -> None:
        """Keep a run, standing still; one that memory is not for is let go."""
        live.playing = False
        self._kept.append(live)
        while len(self._kept) > MOST_RUNS or self._bytes > self._most_bytes:
            self._kept.pop(0)

    def take(self, run: Run) -> Live | None:
        """The run that has come as far as this one, or a little further where a thread had it."""
        found = [
            live
            for live in self._kept
            if (live.run.experiment, live.run.changes) == (run.experiment, run.changes)
            and live.run.step >= run.step
        ]
        if not found:
            return None
        live = min(found, key=lambda live: live.run.step)
        self._kept.remove(live)
        return live

    @property
    def _bytes(self) -> int:
        return sum(required_bytes(live.run.current, trains=True) for live in self._kept)
