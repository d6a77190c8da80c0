"""The quiz: its items as frozen values, the order of their answers, and what was answered when."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from random import Random
from typing import ClassVar

from engine import Experiment
from engine.experiment.domains import Value
from tui.words.lesson_numbers import Known

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

    def known_to(self, items: Iterable[Item]) -> "Answered":
        """Without answers that a question does not have: it can be answered again."""
        known = {item.name: {answer.id for answer in item.answers} for item in items}
        kept = {
            taking: {name: id for name, id in given.items() if id in known.get(name, {id})}
            for taking, given in self.answers.items()
        }
        return replace(self, answers=kept)

    def again(self) -> "Answered":
        """Ready to be asked once more; what was answered before the tour stays."""
        return replace(self, answers={BEFORE: self.of(BEFORE)})


@dataclass(frozen=True)
class RunNote:
    """What a run says about an answer, once it `is_measured`: `known` is what its numbers are of.

    Until then it is trained and has come to `step`; `is_other` where somebody has changed it.
    """

    rows: ClassVar[int] = 6

    answer: Answer
    step: int = 0
    is_other: bool = False
    is_measured: bool = False
    known: Known | None = field(default=None, compare=False)


@dataclass(frozen=True)
class Place:
    """Where one is in the quiz: at a question from 0, with one of its answers lit, or at the end.

    At the end `index` is None and `lit` is a question.
    """

    index: int | None
    lit: int = 0


@dataclass(frozen=True)
class Asked:
    """The quiz as it stands: its questions, what is answered, and where one is in a taking."""

    items: tuple[Item, ...]
    answered: Answered
    taking: str
    place: Place

    @property
    def item(self) -> Item | None:
        """The question that one is at."""
        return None if self.place.index is None else self.items[self.place.index]

    @property
    def answers(self) -> tuple[Answer, ...]:
        """Those of the question, in the order of this taking."""
        return () if self.item is None else self.answers_to(self.item)

    def answers_to(self, item: Item) -> tuple[Answer, ...]:
        """Those of a question."""
        return item.shuffled(self.answered.seed, self.taking)

    @property
    def answer(self) -> str | None:
        """The id of what was answered to it in this taking."""
        item = self.item
        return None if item is None else self.answered.of(self.taking).get(item.name)

    @property
    def is_complete(self) -> bool:
        """Whether this taking is done, so that it may be told what was measured."""
        return all(item.name in self.answered.of(self.taking) for item in self.items)

    def lighting(self, by: int) -> "Asked":
        """Another answer lit, or at the end another question."""
        count = len(self.answers) or len(self.items)
        return replace(self, place=replace(self.place, lit=(self.place.lit + by) % count))

    def lighting_at(self, index: int) -> "Asked":
        """That answer lit, or at the end that question, if there is one."""
        count = len(self.answers) or len(self.items)
        return replace(self, place=replace(self.place, lit=index)) if index < count else self

    def turned(self, by: int) -> "Asked":
        """At the next question, or the one before; behind the last one is the end."""
        count = len(self.items)
        index = count if self.place.index is None else self.place.index
        index = min(max(index + by, 0), count)
        return self._at(index) if index < count else replace(self, place=Place(None))

    def _at(self, index: int) -> "Asked":
        """At a question, what was answered to it lit."""
        there = replace(self, place=Place(index))
        ids = [answer.id for answer in there.answers]
        return replace(there, place=Place(index, ids.index(there.answer) if there.answer else 0))

    def taken(self) -> "Asked":
        """With the lit answer, or one further where there is an answer; at the end its question."""
        item = self.item
        if item is None:
            return self._at(self.place.lit)
        if self.answer is not None:
            return self.turned(1)
        lit = self.answers[self.place.lit].id
        return replace(self, answered=self.answered.with_answer(self.taking, item.name, lit))

    def again(self) -> "Asked":
        """All questions once more, as after the tour; not before all are answered."""
        if not self.is_complete:
            return self
        return replace(self, answered=self.answered.again(), taking=AFTER, place=Place(0))


def opened(items: tuple[Item, ...], answered: Answered, has_toured: bool) -> Asked:
    """The quiz at the first question that is open, or at the end.

    What is answered counts as before the tour until that is finished, or all is asked again.
    """
    answered = answered.known_to(items)
    taking = AFTER if has_toured or answered.of(AFTER) else BEFORE
    given = answered.of(taking)
    index = next((i for i, item in enumerate(items) if item.name not in given), None)
    return Asked(items, answered, taking, Place(index))
