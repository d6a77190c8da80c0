"""Trained states to go back to: the newest ones that fit in a fixed amount of memory."""

from collections import deque

from engine import Snapshot

MOST_BYTES = 96 * 2**20


class Checkpoints:
    """Snapshots of one run, oldest first; the oldest give way."""

    def __init__(self, most_bytes: int = MOST_BYTES) -> None:
        self._most_bytes = most_bytes
        self._kept: deque[Snapshot] = deque()
        self._bytes = 0

    def __len__(self) -> int:
        return len(self._kept)

    def has_room_for(self, size: int) -> bool:
        """Whether a snapshot of so many bytes could be kept at all."""
        return size <= self._most_bytes

    def keep(self, snapshot: Snapshot) -> None:
        """Keep one; an older one of the same step goes, and so do those of later steps."""
        self.drop_from(snapshot.run.step)
        self._kept.append(snapshot)
        self._bytes += size_of(snapshot)
        while self._bytes > self._most_bytes:
            self._bytes -= size_of(self._kept.popleft())

    def drop_from(self, step: int) -> None:
        """Forget the states from that step on."""
        while self._kept and self._kept[-1].run.step >= step:
            self._bytes -= size_of(self._kept.pop())

    def before(self, step: int) -> Snapshot | None:
        """The newest state from before that step."""
        return next((kept for kept in reversed(self._kept) if kept.run.step < step), None)


def size_of(snapshot: Snapshot) -> int:
    """Its arrays in bytes."""
    arrays = (snapshot.parameters, snapshot.memory, snapshot.running, snapshot.gradient)
    return sum(array.nbytes for array in arrays if array is not None)
