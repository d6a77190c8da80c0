"""What is left out of a log, as it becomes known: by how lines look, or once they are read."""

from engine.logs.log import Log
from tui.state.log_state import LogState
from tui.state.notices import Notice, notice

CODE = "log_left_out"


class LeftOut:
    """Says so once, and again when there are more."""

    def __init__(self, log: Log) -> None:
        self._log, self._told = log, 0

    @property
    def count(self) -> int:
        """How many lines."""
        return self._log.left_out

    def shares(self, lines: int) -> tuple[float, ...]:
        """Where the first of them lie among so many, as shares of the way."""
        return tuple(min(problem.line / lines, 1.0) for problem in self._log.problems)

    def said(self, state: LogState) -> tuple[Notice, ...] | None:
        """The last line that is known by number, and how many there are, beside what else is said.

        None where there is nothing new to be said.
        """
        problems = [
            problem
            for problem in self._log.problems
            # somebody may still be writing it
            if not (state.follows and problem.code == "log_line_unfinished")
        ]
        count = self.count - (len(self._log.problems) - len(problems))
        before, self._told = self._told, count
        if count <= before or not problems:
            return None
        rest = tuple(other for other in state.notices if other.code != CODE)
        return *rest, notice(CODE, line=problems[-1], count=count)
