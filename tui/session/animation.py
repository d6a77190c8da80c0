"""What moves on the screen now: the wave, or the sweep from one picture to the next."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from tui.charts.bars import Frame
from tui.state.wave import Phase, Sweep, Wave, finished_wave


@dataclass
class Motion:
    """The wave and the sweep of what is shown; a sweep goes before the wave."""

    wave: Wave = field(default_factory=lambda: finished_wave(1))
    sweep: Sweep | None = None

    @property
    def moving(self) -> bool:
        """Whether the picture changes by itself."""
        return self.sweep is not None or (self.wave.playing and self.wave.phase is not Phase.DONE)

    def show(self, depth: int, old: Frame | None) -> None:
        """Another picture, reached by a sweep from the old one, or at once without one."""
        self.wave = finished_wave(depth)
        self.sweep = None if old is None else Sweep(old)

    def play(self) -> None:
        """Start the wave, pause it or go on."""
        self.sweep = None
        if self.wave.phase is Phase.DONE:
            self.wave = Wave(self.wave.depth)
        else:
            self.wave = replace(self.wave, playing=not self.wave.playing)

    def step(self, direction: int) -> None:
        """The wave one layer on or back, paused."""
        self.sweep = None
        self.wave = self.wave.stepped(direction)

    def finish(self) -> bool:
        """The end state at once; whether anything was moving."""
        moving = self.wave.phase is not Phase.DONE or self.sweep is not None
        self.show(self.wave.depth, None)
        return moving

    def advance(self, seconds: float, speed: float) -> None:
        """Let so much time pass; the speed is the wave's."""
        if self.sweep is not None:
            self.sweep = self.sweep.advanced(seconds)
            if self.sweep.done:
                self.sweep = None
        elif self.wave.playing:
            self.wave = self.wave.advanced(seconds * speed)
