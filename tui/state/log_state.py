"""What is shown of a log: where in it one is, whether it plays, and how one looks at it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Self

from engine.logs.schema import Header
from tui.state.layer_columns import LAYER_COLUMNS, columns_of
from tui.state.metrics import EVERY_METRIC, METRICS
from tui.state.notices import Notice, notice
from tui.state.screen_state import ScreenState

G, RMS = "output_grad_norm", "weight_grad_rms"

TENTHS = 10
"""A jump is this part of the log."""


@dataclass(frozen=True)
class LogState(ScreenState):
    """A log of so many steps as its `length`, and which of them is asked for.

    `position` counts logged steps from 0. One that `follows` a file that is written may be
    `is_live`: then the newest step is asked for, whenever there is one. `header` is None as long as
    nothing has been read; `arrays` are the names of what was seen in any step so far.
    """

    path: str
    format: str = ""
    header: Header | None = None
    arrays: frozenset[str] = frozenset()
    length: int = 0
    position: int = 0
    playing: bool = False
    follows: bool = False
    is_live: bool = False

    @property
    def depth(self) -> int:
        """How many layers the cursor can be on."""
        return 1 if self.header is None else max(len(self.header.layers), 1)

    @property
    def last(self) -> int:
        """The newest step's position."""
        return max(self.length - 1, 0)

    @property
    def metrics(self) -> tuple[str, ...]:
        """What the bars can show: without g, weight gradients an element where that is known."""
        known = {name for name, metric in EVERY_METRIC.items() if metric.array in self.arrays}
        is_rms = RMS in self.arrays and G not in self.arrays
        ring = ["weight_grad_rms" if n == "weight_grad" and is_rms else n for n in METRICS]
        return tuple(name for name in ring if name in known) or (self.metric,)

    @property
    def columns(self) -> tuple[str, ...]:
        """Those of the table."""
        ours = None if self.header is None else self.header.ours
        names = LAYER_COLUMNS if ours is None else columns_of(ours, 1)
        return tuple(name for name in names if LAYER_COLUMNS[name].array in self.arrays)

    # what was read

    def read(self, header: Header, format: str) -> Self:
        """The same place in a log with that header: another one, or one that was not there."""
        depth = len(header.layers)
        is_new = self.header is None or len(self.header.layers) != depth
        cursor = max(1, (depth + 2) // 3) if is_new else self.cursor
        # what has no layers has no bars
        view = self.view if depth or not is_new else "training"
        return replace(self, header=header, format=format, cursor=cursor, view=view)

    def grown(self, length: int) -> Self:
        """So many steps have been read: whoever is live is at the newest."""
        last = max(length - 1, 0)
        position = last if self.is_live else min(self.position, last)
        return replace(self, length=length, position=position)

    def knowing(self, arrays: frozenset[str]) -> Self:
        """There are steps with such arrays: bars of something that is there, of g if it is new."""
        state = replace(self, arrays=self.arrays | arrays)
        is_new = G in state.arrays and G not in self.arrays
        if (is_new and self.metric.startswith("weight_grad")) or self.metric not in state.metrics:
            return replace(state, metric=state.metrics[0])
        return state

    # what keys do

    def stepped(self, steps: int) -> Self:
        """So many logged steps on or back, paused; beyond the end of a file in work: live."""
        wanted = self.position + steps
        position = min(max(wanted, 0), self.last)
        is_live = self.follows and steps > 0 and wanted >= self.last
        said: tuple[Notice, ...] = ()
        if position == self.position and not is_live:
            said = (notice("log_ends" if steps > 0 else "log_begins"),)
        return replace(self, position=position, playing=False, is_live=is_live, notices=said)

    def jumped(self, direction: int) -> Self:
        """A tenth of the log on or back."""
        return self.stepped(direction * max(self.length // TENTHS, 1))

    def at_start(self) -> Self:
        """The first logged step."""
        return self.stepped(-self.length)

    def at_end(self) -> Self:
        """The newest, and live where the file is followed."""
        return self.stepped(max(self.length, 1))

    def played(self) -> Self:
        """Play, or pause; from the start where there is nothing more."""
        if self.playing or self.is_live:
            return replace(self, playing=False, is_live=False, notices=())
        if self.position < self.last:
            return replace(self, playing=True, notices=())
        if self.follows or not self.last:
            return self.at_end()
        return replace(self, playing=True, position=0, notices=())

    def advanced(self, steps: int) -> Self:
        """So many logged steps on while it plays; at the end it is over, or live."""
        position = min(self.position + steps, self.last)
        is_over = position == self.last
        is_live = self.follows and is_over
        return replace(self, position=position, playing=not is_over, is_live=is_live)
