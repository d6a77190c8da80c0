"""A lesson of the tour as frozen values: `tui.config.lessons` reads them from files."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from engine import Experiment
from engine.experiment.domains import Value

TOUR_SPEED = 0.5
"""The wave's speed in a step that says nothing of it: slow enough to be followed by eye."""


@dataclass(frozen=True)
class Condition:
    """An entry of `tui.state.conditions`, with what is said to it."""

    name: str
    arguments: tuple[str, ...] = ()


@dataclass(frozen=True)
class Question:
    """What is asked before it is seen.

    It is answered with one of `choices`, or without them with a layer. `answer` is an entry of
    ANSWERS in `tui.words.lesson_numbers`: the layer, or the number of the right choice from 1, or,
    where each choice stands for one of `values`, what the nearest of them is right for.
    """

    ask: str
    answer: str
    choices: tuple[str, ...] = ()
    values: tuple[float, ...] = ()


@dataclass(frozen=True)
class Step:
    """One step: what it sets, what it tells, what it asks for, and when that is done.

    `experiment` and `screen` are None and empty where they stay as the step before left them;
    `steps` is how far the network has to be trained, `plays` whether the wave sets out at once.
    `text` is Markdown of paragraphs with names of numbers, `after` what follows once a question is
    answered and compared, and `note` is for the speaker alone. Without `until` only a key goes on.
    """

    text: str
    after: str = ""
    experiment: Experiment | None = None
    screen: Mapping[str, Value] = field(default_factory=dict)
    steps: int | None = None
    speed: float = TOUR_SPEED
    plays: bool = False
    keys: tuple[str, ...] = ()
    until: tuple[Condition, ...] = ()
    question: Question | None = None
    note: str = ""


@dataclass(frozen=True)
class Lesson:
    """A lesson by its number from 1 and its name, which are those of its file."""

    number: int
    name: str
    title: str
    steps: tuple[Step, ...]
