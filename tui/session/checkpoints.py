"""Trained states to go back to: the newest ones that fit in a fixed amount of memory."""

from collections import deque

from engine import Snapshot
from tui.session import kept


class Checkpoints:
    """Snapshots of one run, oldest first; the oldest give way. `bytes` is what they hold."""

    def __init__(self, most_bytes: int = kept.CHECKPOINTS) -> None:
        self._most_bytes = most_bytes
        self._kept: deque[tuple[Snapshot, int]] = deque()
        self.bytes = 0

    def __len__(self) -> int:
        return len(self._kept)

    def has_room_for(self, size: int) -> bool:
        """Whether a snapshot of so many bytes could be kept at all."""
        return size <= self._most_bytes

    def keep(self, snapshot: Snapshot) -> None:
        """Keep one; an older one of the same step goes, and so do those of later steps."""
        self.drop_from(snapshot.run.step)
        size = kept.held_bytes(snapshot)
        self._kept.append((snapshot, size))
        self.bytes += size
        while self.bytes > self._most_bytes:
            self.bytes -= self._kept.popleft()[1]

    def drop_from(self, step: int) -> None:
        """Forget the states from that step on."""
        while self._kept and self._kept[-1][0].run.step >= step:
            self.bytes -= self._kept.pop()[1]

    def before(self, step: int) -> Snapshot | None:
        """The newest state from before that step."""
        return next((state for state, _ in reversed(self._kept) if state.run.step < step), None)
