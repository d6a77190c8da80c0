"""The last training runs, so that undo brings back trained weights: as many as memory is for."""

from engine import Run
from engine.network.cost import required_bytes
from tui.session.training_run import TrainingRun

MOST_RUNS = 6
MOST_BYTES = 512 * 2**20


class ParkedRuns:
    """Runs that something else took the place of, oldest first; the oldest give way."""

    def __init__(self, most_bytes: int = MOST_BYTES) -> None:
        self._most_bytes = most_bytes
        self._kept: list[TrainingRun] = []

    def __len__(self) -> int:
        return len(self._kept)

    def put(self, parked: TrainingRun) -> None:
        """Keep a run, standing still; one that memory is not for is let go."""
        parked.playing = False
        self._kept.append(parked)
        while len(self._kept) > MOST_RUNS or self._bytes > self._most_bytes:
            self._kept.pop(0)

    def take(self, run: Run) -> TrainingRun | None:
        """The run that has come as far as this one, or a little further where a thread had it."""
        found = [
            parked
            for parked in self._kept
            if (parked.run.experiment, parked.run.changes) == (run.experiment, run.changes)
            and parked.run.step >= run.step
        ]
        if not found:
            return None
        nearest = min(found, key=lambda parked: parked.run.step)
        self._kept.remove(nearest)
        return nearest

    @property
    def _bytes(self) -> int:
        return sum(required_bytes(parked.run.current, trains=True) for parked in self._kept)
