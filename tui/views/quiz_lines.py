"""The quiz in lines: a question with its answers, and at the end all questions."""

from collections.abc import Sequence
from dataclasses import dataclass

from rich.cells import cell_len
from rich.style import Style
from rich.text import Text

from tui.charts.painter import Painter
from tui.state.quiz import BEFORE, TAKINGS, Asked, Item
from tui.style.looks import FAINT, INK, KEY, QUIET, SURFACE, TAB, THEORY
from tui.style.wrapping import in_styled_lines
from tui.words.numbers import listed
from tui.words.quiz_screen import (
    TAKING_MARKS,
    TAKING_NAMES,
    again_text,
    answered_texts,
    answering_texts,
    end_keys_texts,
    end_title,
    measured_text,
    not_marked_text,
    question_text,
    signs_text,
)

Runs = list[tuple[str, Style]]
Block = list[Runs]

RIGHT, OTHER, GIVEN = "●", "○", "·"
"""An answer that agrees with what was measured, one that does not, and one not yet compared."""

LIT = "▶"
"""Before the answer that keys are about; a ground alone is not seen everywhere."""


@dataclass(frozen=True)
class QuizLines:
    """Writes in one room of `width` cells; where it has too few `rows` no blank ones are left.

    `tour_key` is the label of the key that opens the tour.
    """

    painter: Painter
    width: int
    rows: int
    tour_key: str

    def question(self, quiz: Asked, said: str = "") -> list[Text]:
        """A question with its answers, and what there is to say about the last key."""
        item, place = quiz.item, quiz.place
        assert item is not None
        assert place.index is not None
        number = question_text(place.index + 1, len(quiz.items))
        head = self._head(item.title, number, TAKING_NAMES[quiz.taking])
        given = {name: quiz.answered.of(name).get(item.name) for name in TAKINGS}
        listed: Block = []
        for i, answer in enumerate(quiz.answers):
            marks: list[str] = []
            if quiz.is_complete:
                marks = [measured_text()] * answer.is_right
                marks += [TAKING_MARKS[name] for name in TAKINGS if given[name] == answer.id]
            is_chosen = quiz.answer == answer.id
            listed += self._answer(i, answer.text, i == place.lit, is_chosen, marks)
        is_answered = quiz.answer is not None
        keys = answering_texts(len(quiz.answers))
        if is_answered:
            keys = answered_texts(quiz.is_complete)
            said = said or ("" if quiz.is_complete else not_marked_text(len(quiz.items)))
        asked = in_styled_lines([self._run(item.text, INK, bold=True)], self.width)
        return self._placed(head, [asked, listed], keys, said)

    def end(self, quiz: Asked, said: str = "") -> list[Text]:
        """All questions with what was answered to each, before and after the tour."""
        is_told = quiz.is_complete
        columns = [name for name in TAKINGS if quiz.answered.of(name) or name == quiz.taking]
        heads = [TAKING_MARKS[name] for name in columns]
        listed: Block = [[self._run("  " + "  ".join(heads), FAINT)]]
        for i, item in enumerate(quiz.items):
            ground = TAB if i == quiz.place.lit else None
            row: Runs = [self._run(f"{LIT if ground else ' '} ", KEY, ground, bold=True)]
            for name, over in zip(columns, heads, strict=True):
                sign = self._sign(item, quiz.answered.of(name).get(item.name), is_told)
                row.append(self._run(sign + " " * (cell_len(over) + 1), THEORY, ground, bold=True))
            row.append(self._run(item.title, INK if ground else QUIET, ground))
            listed.append(self._filled(row, ground, i))
        signs = [signs_text(RIGHT, OTHER)] if is_told else []
        if is_told and quiz.taking == BEFORE:
            said = said or again_text(self.tour_key)
        head = self._head(end_title(), *signs)
        return self._placed(head, [listed], end_keys_texts(is_told), said)

    def _sign(self, item: Item, given: str | None, is_told: bool) -> str:
        if given is None:
            return " "
        if not is_told:
            return GIVEN
        return RIGHT if given == item.right else OTHER

    def _answer(
        self, index: int, text: str, is_lit: bool, is_chosen: bool, marks: Sequence[str]
    ) -> Block:
        """One answer in lines, its digit before them."""
        ground = TAB if is_lit else None
        signs = f"{LIT if is_lit else ' '}{GIVEN if is_chosen else ' '}"
        head = self._run(f"{signs} {index + 1} ", KEY, ground, bold=True)
        indent = cell_len(head[0])
        runs = [self._run(text, INK, ground)]
        if marks:
            runs.append(self._run(f"  {listed(marks)}", THEORY, ground, bold=True))
        first, *others = in_styled_lines(runs, self.width - indent - 1)
        margin = self._run(" " * indent, INK, ground)
        rows = [[head, *first], *([margin, *row] for row in others)]
        return [self._filled(row, ground, index) for row in rows]

    def _filled(self, row: Runs, ground: str | None, index: int) -> Runs:
        """To the room's edge, so that what is lit is one block; a click on it lights it."""
        used = sum(cell_len(text) for text, _ in row)
        filled = [*row, self._run(" " * max(self.width - used, 0), INK, ground)]
        clicked = Style(meta={"lit": index})
        return [(text, style + clicked) for text, style in filled]

    def _head(self, title: str, *others: str) -> Runs:
        """The title, and at the other end as much as there is room for."""
        named = self._run(title, KEY, bold=True)
        for count in range(len(others), -1, -1):
            more = self._run("  ".join(others[:count]), FAINT)
            room = self.width - cell_len(named[0]) - cell_len(more[0])
            if room >= 2:
                break
        return [named, self._run(" " * max(room, 0), INK), more]

    def _placed(
        self, head: Runs, blocks: Sequence[Block], keys: Sequence[str], said: str
    ) -> list[Text]:
        """Blank rows between the parts, as far as there is room for them."""
        foot = in_styled_lines([self._run("   ".join(keys), FAINT)], self.width)
        parts = [[head], *blocks, foot]
        if said:
            parts.insert(-1, in_styled_lines([self._run(said, INK)], self.width))
        spare = self.rows - sum(map(len, parts))
        rows: Block = []
        for i, part in enumerate(parts):
            if i and spare > 0:
                rows.append([])
                spare -= 1
            rows += part
        return [self._text(row) for row in rows]

    def _run(
        self, text: str, ink: str, ground: str | None = None, bold: bool = False
    ) -> tuple[str, Style]:
        """A text as it is spelled, with its style."""
        palette = self.painter.palette
        under = ground or (SURFACE if palette.coloured else None)
        return self.painter.glyphs.spell(text), palette.style(ink, under, bold=bold)

    def _text(self, row: Runs) -> Text:
        line = Text(no_wrap=True, end="")
        for text, style in row:
            line.append(text, style)
        return line
