"""The quiz: its items as frozen values, the order of their answers, and what was answered when."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from random import Random

from engine import Experiment
from engine.experiment.domains import Value

BEFORE, AFTER = "before", "after"
TAKINGS = (BEFORE, AFTER)
"""The takings of the quiz, by the tour that lies between them."""


@dataclass(frozen=True)
class Demonstration:
    """A run that speaks about an answer, and the sentence about it, with names of numbers.

    `screen` is how it is shown, by the names of the state's fields, `steps` how far it is trained,
    and `pinned` what it is compared with, if anything.
    """

    experiment: Experiment
    shows: str
    screen: Mapping[str, Value] = field(default_factory=dict)
    steps: int = 0
    pinned: Experiment | None = None


@dataclass(frozen=True)
class Answer:
    """One answer by its id, which is the same in every language: a belief, or what is right."""

    id: str
    text: str
    run: Demonstration
    is_right: bool = False


@dataclass(frozen=True)
class Item:
    """One question, by the name of its file, with its answers in the file's order."""

    name: str
    title: str
    text: str
    answers: tuple[Answer, ...]

    @property
    def right(self) -> str:
        """The id of the right answer."""
        return next(answer.id for answer in self.answers if answer.is_right)

    def shuffled(self, seed: int, taking: str) -> tuple[Answer, ...]:
        """The answers in the order of a taking, so that a position teaches nothing."""
        answers = list(self.answers)
        Random(f"{seed} {taking} {self.name}").shuffle(answers)
        return tuple(answers)


@dataclass(frozen=True)
class Answered:
    """What one person has answered: by taking and item the id of an answer.

    `seed` orders the answers.
    """

    seed: int
    answers: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    def of(self, taking: str) -> Mapping[str, str]:
        """The answers of a taking, by item."""
        return self.answers.get(taking, {})

    def with_answer(self, taking: str, item: str, answer: str) -> "Answered":
        """With one answer more; the first one to an item stays."""
        answers = {item: answer, **self.of(taking)}
        return replace(self, answers={**self.answers, taking: answers})

    def again(self) -> "Answered":
        """Ready to be asked once more; what was answered before the tour stays."""
        return replace(self, answers={BEFORE: self.of(BEFORE)})
