"""What moves on the screen now: the wave, or the transition from one picture to the next."""

import math
from dataclasses import replace

from tui.state.animations import Heights, Phase, Transition, Wave, finished_wave, held_wave
from tui.state.state import State


class Animation:
    """The wave and the transition of what is shown; a transition goes before the wave."""

    def __init__(self) -> None:
        self.wave: Wave = finished_wave(1)
        self.transition: Transition | None = None
        self._told = 1

    @property
    def moving(self) -> bool:
        """Whether the picture changes by itself."""
        plays = self.wave.playing and self.wave.phase is not Phase.DONE
        return self.transition is not None or plays

    @property
    def is_back(self) -> bool:
        """Whether gradients are shown, which theory is about: the first pictures wait for none."""
        return self.wave.phase in (Phase.BACKWARD, Phase.DONE)

    @property
    def picture(self) -> tuple[Transition | None, int]:
        """What the picture depends on: within a layer the wave changes nothing."""
        return self.transition, math.floor(self.wave.position)

    def followed(self, state: State, tells: bool) -> State:
        """The state with its cursor where the wave is, or was when it was told of last."""
        if tells:
            self._told = self.wave.layer
        return replace(state, cursor=self._told) if self.wave.leads else state

    def show(self, depth: int, old: Heights | None) -> None:
        """Another picture, reached by a transition from the old one, or at once without one."""
        self.wave = finished_wave(depth)
        self.transition = None if old is None else Transition(old)

    def play(self) -> None:
        """Start the wave, pause it or go on."""
        self.transition = None
        if self.wave.phase is Phase.DONE:
            self.wave = Wave(self.wave.depth)
        else:
            self.wave = replace(self.wave, playing=not self.wave.playing, held=False)

    def hold(self) -> None:
        """The wave waits at the output."""
        self.transition = None
        self.wave = held_wave(self.wave.depth)

    def step(self, direction: int) -> None:
        """The wave one layer on or back, paused."""
        self.transition = None
        self.wave = self.wave.stepped(direction)

    def finish(self) -> bool:
        """The end state at once; whether anything was moving."""
        moving = self.wave.phase is not Phase.DONE or self.transition is not None
        self.show(self.wave.depth, None)
        return moving

    def advance(self, seconds: float, speed: float) -> None:
        """Let so much time pass; the speed is the wave's."""
        if self.transition is not None:
            self.transition = self.transition.advanced(seconds)
            if self.transition.done:
                self.transition = None
        elif self.wave.playing:
            self.wave = self.wave.advanced(seconds * speed)
