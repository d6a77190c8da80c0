"""The last training runs, so that undo brings back trained weights: as many as memory is for."""

from collections.abc import Iterator

from engine import Run
from tui.session import kept
from tui.session.training_run import TrainingRun


class ParkedRuns:
    """Runs that something else took the place of, oldest first.

    The oldest give way: at first what they could go back to, then they themselves.
    """

    def __init__(self, most_bytes: int = kept.PARKED_RUNS) -> None:
        self._most_bytes = most_bytes
        self._kept: list[TrainingRun] = []

    def __len__(self) -> int:
        return len(self._kept)

    def __iter__(self) -> Iterator[TrainingRun]:
        return iter(self._kept)

    def __contains__(self, run: TrainingRun) -> bool:
        return run in self._kept

    def put(self, parked: TrainingRun) -> None:
        """Keep a run, standing still, unless it alone is too large."""
        parked.playing = False
        self._kept.append(parked)
        for run in self._kept:
            if self.bytes > self._most_bytes and not run.is_busy:
                run.checkpoints.drop_from(0)
        while self.bytes > self._most_bytes:
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
    def bytes(self) -> int:
        """What they hold, data that several of them train on counted once."""
        splits = {id(parked.trainer.split): parked.trainer.split for parked in self._kept}
        own = sum(parked.bytes for parked in self._kept)
        return own + sum(map(kept.held_bytes, splits.values()))
