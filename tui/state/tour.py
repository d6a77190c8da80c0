"""Where somebody is in the tour, as a frozen value, and what leads from one place to the next."""

from __future__ import annotations

import math
from dataclasses import dataclass, field, replace
from enum import Enum
from typing import ClassVar

from engine import Experiment, Trace
from tui.state.actions import ACTIONS, Action
from tui.state.conditions import Since, are_met
from tui.state.edits import Edit
from tui.state.lessons import Condition, Lesson, Question, Step
from tui.state.presets import next_remedy
from tui.state.quiz import RunNote
from tui.state.scene import Scene
from tui.state.state import State
from tui.words.lesson_numbers import ANSWERS, Known

ROWS, PRESENTED_ROWS = 9, 7
"""Of the room under a chart: for a step, and for one in the form for speakers."""

WAVE_ENDED = (Condition("wave_ended"),)
"""What an answer waits for where its step does not say it."""


ACTION_OF = {key: action for action in ACTIONS for key in action.keys}
"""The action of each default key, by which steps name what they ask for."""

_TRAINING = {"train", "step_forward"}
"""Actions of which a step is about a network that is trained on."""


class Stage(Enum):
    """How far a step has come.

    READING, until its condition holds, then DONE; with a question ASKING, ANSWERED until the
    condition holds, then COMPARED.
    """

    READING = "reading"
    DONE = "done"
    ASKING = "asking"
    ANSWERED = "answered"
    COMPARED = "compared"


@dataclass(frozen=True)
class Tour:
    """One step of a lesson and how far it has come.

    `index` counts steps from 0; `begun` is the pass that it began with. `lit` is the choice that
    enter takes, None until one is looked at; `expected` the choice from 1, or the layer, that was
    taken, and `right` the one that was measured, None where none was. `presents` is the form for
    speakers, and `hints` whether theirs are shown; after the step that `is_last` come questions.
    `is_prepared` is whether the training is there that it begins with.
    """

    lesson: Lesson
    index: int
    since: Since
    stage: Stage
    begun: Trace | None = field(default=None, compare=False)
    lit: int | None = None
    expected: int | None = None
    right: int | None = None
    presents: bool = False
    hints: bool = False
    is_last: bool = False
    is_prepared: bool = True

    @property
    def rows(self) -> int:
        """Of the room under a chart."""
        return PRESENTED_ROWS if self.presents else ROWS

    @property
    def step(self) -> Step:
        """What it says, sets and asks."""
        return self.lesson.steps[self.index]

    @property
    def question(self) -> Question | None:
        """The one that is open now, if any."""
        return self.step.question if self.stage is Stage.ASKING else None

    @property
    def asks_for(self) -> tuple[Action, ...]:
        """What its keys do."""
        return tuple(ACTION_OF[key] for key in self.step.keys)

    @property
    def waits_for_next(self) -> bool:
        """Whether there is nothing to do but to go on."""
        if self.stage is Stage.READING:
            return not self.step.until and not self.step.keys
        return self.stage in (Stage.DONE, Stage.COMPARED)

    @property
    def hides(self) -> bool:
        """Whether the answer would be on the screen: what a key has yet to do is not."""
        return self.question is not None and not self.step.keys

    def has_strayed(self, shown: Experiment, step: int) -> bool:
        """Whether that is another network, or one trained further, than its keys lead to."""
        begun = self.since.state
        is_same = shown == begun.experiment
        if self.begun is None or (is_same and step == begun.run.step):
            return False
        state, trains = begun, False
        for action in self.asks_for:
            if action.id == "next_remedy":
                state = state.edited(Edit(next_remedy(state.experiment).experiment))
            elif action.apply is not None:
                state = action.apply(state)
            trains = trains or action.id in _TRAINING
        before, meant, now = (e.settings() for e in (begun.experiment, state.experiment, shown))
        is_other = any(now[name] != before[name] == meant[name] for name in now)
        restarts = step == 0 and not is_same
        return is_other or not (trains or restarts or step == begun.run.step)

    def lighting(self, by: int) -> Tour:
        """Another choice lit."""
        choices = self.question.choices if self.question else ()
        if not choices:
            return self
        before = self.lit if self.lit is not None else -1 if by > 0 else 0
        return replace(self, lit=(before + by) % len(choices))

    def answered(self, answer: int) -> Tour:
        """With what is expected."""
        return replace(self, stage=Stage.ANSWERED, expected=answer)

    def noticed(self, scene: Scene) -> Tour:
        """The tour after something has been shown: its step may be done by that."""
        tour = self
        is_set = scene.trace.step == tour.since.state.run.step
        if tour.begun is None and is_set and not scene.computing:
            tour = replace(tour, begun=scene.trace, is_prepared=True)
        if scene.wave.leads:
            tour = tour.having_waved()
        step, stage = tour.step, tour.stage
        if stage is Stage.READING and step.until and are_met(step.until, scene, tour.since):
            return replace(tour, stage=Stage.DONE)
        awaited = step.until or (WAVE_ENDED if not step.keys else ())
        strays = tour.has_strayed(scene.trace.ours, scene.trace.step)
        if stage is Stage.ANSWERED and not strays and are_met(awaited, scene, tour.since):
            return replace(tour, stage=Stage.COMPARED, right=tour.right_answer(scene))
        return tour

    def having_waved(self) -> Tour:
        """A wave has been seen."""
        return self if self.since.waved else replace(self, since=replace(self.since, waved=True))

    def known(self, scene: Scene) -> Known:
        """What numbers in the text are taken from; a question is about where its step began."""
        asks = self.step.question is not None and self.step.question.choices
        cursor = self.since.state.cursor if asks else scene.state.cursor
        begun = self.begun or scene.trace
        return Known(scene.trace, begun, scene.verdict, min(cursor, scene.trace.depth))

    def right_answer(self, scene: Scene) -> int | None:
        """The choice from 1, or the layer, that the measurement speaks for; None for none."""
        question = self.step.question
        if question is None:
            return None
        known = self.known(scene)
        found = ANSWERS[question.answer](known)
        if not question.values:
            most = len(question.choices) or known.trace.depth
            return round(found) if 1 <= found <= most else None
        if not 0 < found < math.inf:
            return None
        apart = [abs(math.log(value / found)) for value in question.values]
        return apart.index(min(apart)) + 1


@dataclass(frozen=True)
class Welcome:
    """What is said at the first start, over the wave, or over all bars where nothing `moves`."""

    rows: ClassVar[int] = 7
    moves: bool


Told = Tour | Welcome | RunNote
"""What stands in the tour's room."""


def opened(lesson: Lesson, index: int, state: State, presents: bool = False) -> Tour:
    """A step as it begins, on what it has set."""
    asks = lesson.steps[index].question is not None
    stage = Stage.ASKING if asks else Stage.READING
    is_prepared = not state.run.step
    return Tour(lesson, index, Since(state), stage, presents=presents, is_prepared=is_prepared)
