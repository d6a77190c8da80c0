"""What has been left out of a log: how many lines, and why the first ones."""

from engine.logs.schema import BrokenLine

MOST_PROBLEMS = 100


class Problems:
    """Counts each line once, in a bit a line."""

    def __init__(self) -> None:
        self.first: list[BrokenLine] = []
        self.count = 0
        self._seen = bytearray()

    def add(self, problem: BrokenLine) -> None:
        """That line is left out."""
        place, bit = problem.line >> 3, 1 << (problem.line & 7)
        self._seen.extend(bytes(max(place + 1 - len(self._seen), 0)))
        if self._seen[place] & bit:
            return
        self._seen[place] |= bit
        self.count += 1
        if len(self.first) < MOST_PROBLEMS:
            self.first.append(problem)
