"""A step of the tour in lines: its head, its text, and the question with its answers."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from tui.charts.painter import Painter, Part
from tui.state.actions import ACTIONS, Action
from tui.state.animations import Phase
from tui.state.keys import key_label
from tui.state.quiz import RunNote
from tui.state.scene import Scene
from tui.state.tour import Stage, Told, Tour, Welcome
from tui.style.looks import FAINT, GROUND, INK, KEY, QUIET, SURFACE, TAB, THEORY
from tui.style.wrapping import formulas_in_lines, in_styled_lines, unwrapped
from tui.words.lesson_numbers import NUMBERS, Known
from tui.words.quiz_screen import changed_text, run_keys_text, run_title, under_way_text
from tui.words.tour import (
    KEYS,
    compared_texts,
    done_text,
    expected_text,
    hint_text,
    layer_answer,
    offer_text,
    pick_text,
    preparing_text,
    revealed_text,
    step_texts,
    strayed_text,
    welcome_texts,
)

Line = list[Part | tuple[str, Style]]
Block = list[list[tuple[str, Style]]]

MARGIN = 1
"""Cells at either side of the text."""

_MARKED = re.compile(r"\*\*(?P<strong>.+?)\*\*|`(?P<key>.+?)`")
_FORMULA = re.compile(r"\$\s*(.+?)\s*\$")
_KEY_ACTIONS = {name: a.id for a in ACTIONS for key in a.keys for name in (key, key_label(key))}

_BRIEF = {"escape": "esc"}


class _Numbers(dict[str, str]):
    """Numbers by name, computed when they are asked for."""

    def __init__(self, known: Known) -> None:
        super().__init__()
        self._known = known

    def __missing__(self, name: str) -> str:
        return NUMBERS[name](self._known)


@dataclass(frozen=True)
class TourLines:
    """Writes in one room; `actions` have the user's keys."""

    painter: Painter
    actions: tuple[Action, ...]
    width: int
    rows: int
    is_side: bool = False

    # what is shown

    def told(self, told: Told, scene: Scene) -> list[Strip]:
        """What there is to tell."""
        if isinstance(told, RunNote):
            return self.of_run(told)
        return self.step(told, scene) if isinstance(told, Tour) else self.welcome(told, scene)

    def of_run(self, note: RunNote) -> list[Strip]:
        """What a run of the quiz says about an answer."""
        shown = note.answer.run
        if note.known is not None:
            text = shown.shows.format_map(_Numbers(note.known))
        elif note.is_other:
            text = changed_text()
        else:
            text = under_way_text(note.step, shown.steps)
        answer = self._broken([(run_title(note.answer.text), QUIET)])
        keys: Line = [(self._label("close"), KEY), (f" {run_keys_text()}", FAINT)]
        return self._placed([keys], [answer, self._broken(self._marked(text))])

    def step(self, tour: Tour, scene: Scene) -> list[Strip]:
        """The step that one is at, all rows of the room."""
        numbers = _Numbers(tour.known(scene))
        compared = tour.stage is Stage.COMPARED
        text = tour.step.after if compared else tour.step.text
        blocks: list[Block] = []
        # what asks nothing and takes no number from a network says nothing of it
        is_about = tour.step.question is not None or "{" in text
        if not tour.is_prepared:
            blocks.append(self._broken([(preparing_text(tour.since.state.run.step), INK)]))
        elif is_about and tour.has_strayed(scene.trace.ours, scene.trace.step):
            blocks.append(self._broken(self._marked(strayed_text())))
        else:
            if compared:
                blocks.append(self._comparison(tour))
            blocks += self._paragraphs(text.format_map(numbers), tour.presents)
        if tour.question is not None or tour.stage is Stage.ANSWERED:
            blocks.append(self._asked(tour, scene, numbers))
        if tour.presents and tour.hints:
            blocks.append(self._hints(tour))
        head = [self._head(tour)]
        if self.is_side:
            head.append(self._keys(tour))
        return self._placed(head, blocks)

    def welcome(self, welcome: Welcome, scene: Scene) -> list[Strip]:
        """What is said at the first start; the wave reveals the answer."""
        *texts, question = welcome_texts(welcome.moves)
        told = [(text, INK) for text in texts] + [(question, THEORY)]
        blocks: list[Block] = [[row for part in told for row in self._broken([part])]]
        is_over, decades = scene.wave.phase is Phase.DONE, scene.verdict.decades
        if is_over and decades is not None:
            answer = revealed_text(decades)
            key, offer = offer_text(self._label("tour"))
            blocks.append(self._broken([(answer, INK, True)]))
            blocks.append(self._broken([(key, KEY, True), (f"  {offer}", QUIET)]))
        return self._placed([], blocks)

    # parts of a step

    def _head(self, tour: Tour) -> Line:
        """Which lesson and step; where there is room, the keys."""
        lesson = tour.lesson
        in_full, in_brief = step_texts(tour.index + 1, len(lesson.steps))
        named: Line = [(f"{lesson.number} · {lesson.title}", INK, True)]
        for step, words in ((in_full, 3), (in_brief, 3), (in_brief, 1), (in_brief, 0)):
            keys = [] if self.is_side else self._keys(tour, words)
            line = [*named, (f"   {step}", FAINT)]
            left = self._room - self._length(line) - self._length(keys)
            if left >= 2:
                break
        # without a ground of its own a line parts it from the chart
        fill = " " if self._is_apart else self.painter.glyphs.horizontal
        return [*line, (" ", FAINT), (fill * max(left - 2, 0), FAINT), (" ", FAINT), *keys]

    def _keys(self, tour: Tour, words: int = 3) -> Line:
        """The tour's own keys, the first of them with their words, or that the step is done."""
        style = self.painter.palette.style
        lit = style(GROUND, KEY, bold=True)
        if tour.stage is Stage.DONE and not tour.presents:
            return [(f" {self.painter.glyphs.flat} {done_text()} ", lit)]
        if tour.presents and not tour.hints:
            return []
        line: Line = []
        for i, name in enumerate(("next_step", "previous_step", "close")):
            said = "quiz" if name == "next_step" and tour.is_last and not tour.presents else name
            label, word = self._label(name), f" {KEYS[said]}" if i < words else ""
            click = Style(meta={"action": name})
            if name == "next_step" and tour.waits_for_next:
                line.append((f" {label}{word} ", lit + click))
            else:
                parts = (label, KEY), (word, FAINT)
                line.append(("  " if line else "", FAINT))
                line += [(text, style(look, self._ground) + click) for text, look in parts]
        return line

    def _paragraphs(self, text: str, formulas_only: bool) -> Iterator[Block]:
        """Markdown's paragraphs, formulas a little to the right."""
        for paragraph in re.split(r"\n\s*\n", text):
            formula = _FORMULA.fullmatch(paragraph.strip())
            if formula is not None:
                lines = formulas_in_lines(self.painter.glyphs.spell(formula[1]), self._room - 2)
                yield [row for line in lines for row in self._broken([(f"  {line}", INK, True)])]
            elif not formulas_only:
                yield self._broken(self._marked(unwrapped(paragraph)))

    def _marked(self, text: str) -> Line:
        """Bold terms, and keys as they are on this keyboard."""
        parts: Line = []
        end = 0
        for found in _MARKED.finditer(text):
            parts.append((text[end : found.start()], INK))
            key = found["key"]
            if key is None:
                parts.append((found["strong"], INK, True))
            else:
                action = _KEY_ACTIONS.get(key)
                parts.append((self._label(action) if action else key, KEY, True))
            end = found.end()
        return [*parts, (text[end:], INK)]

    def _asked(self, tour: Tour, scene: Scene, numbers: _Numbers) -> Block:
        """The question, and what can be answered or was."""
        question = tour.step.question
        assert question is not None
        block = self._broken([(question.ask.format_map(numbers), THEORY, True)])
        if tour.expected is not None:
            answer = expected_text(self._answer(tour, tour.expected))
            return [*block, *self._broken([(f"  {answer}", INK)])]
        if not question.choices:
            return [*block, *self._broken([(f"  {pick_text(scene.cursor)}", QUIET)])]
        choices = [self._choice(tour, i) for i in range(len(question.choices))]
        in_a_row: Line = [part for choice in choices for part in choice]
        if self._length(in_a_row) <= self._room:
            return [*block, *self._broken(in_a_row)]
        return [*block, *(row for choice in choices for row in self._broken(choice))]

    def _choice(self, tour: Tour, index: int) -> Line:
        assert tour.step.question is not None
        text, is_lit = tour.step.question.choices[index], index == tour.lit
        style, click = self.painter.palette.style, Style(meta={"answer": str(index + 1)})
        ground = TAB if is_lit else self._ground
        return [
            ("  ", INK),
            (f" {index + 1} ", style(KEY, ground, bold=True) + click),
            (f"{text} ", style(INK if is_lit else QUIET, ground) + click),
        ]

    def _answer(self, tour: Tour, answer: int) -> str:
        question = tour.step.question
        choices = question.choices if question else ()
        return choices[answer - 1] if choices else layer_answer(answer)

    def _comparison(self, tour: Tour) -> Block:
        """What was expected, and what was measured."""
        assert tour.expected is not None
        right = None if tour.right is None else self._answer(tour, tour.right)
        expected, measured = compared_texts(self._answer(tour, tour.expected), right)
        parts: Line = [(f"{expected}  ", QUIET)] if expected else []
        return self._broken([*parts, (measured, THEORY, True)])

    def _hints(self, tour: Tour) -> Block:
        """For the speaker: the keys, and how the talk goes on."""
        question, stage = tour.question, tour.stage
        if question is not None:
            keys = [str(i + 1) for i in range(len(question.choices))] or ["← →", "enter"]
        elif tour.step.keys and stage in (Stage.READING, Stage.ANSWERED):
            keys = [self._label(_KEY_ACTIONS[key]) for key in tour.step.keys]
        else:
            keys = [self._label("next_step")]
        return self._broken([(hint_text(" ".join(keys)), KEY), (f"   {tour.step.note}", QUIET)])

    # lines in the room

    @property
    def _room(self) -> int:
        return max(self.width - 2 * MARGIN, 1)

    @property
    def _is_apart(self) -> bool:
        palette = self.painter.palette
        return palette.coloured and palette.colour(SURFACE) != palette.colour(GROUND)

    @property
    def _ground(self) -> str | None:
        return SURFACE if self.painter.palette.coloured else None

    def _label(self, action: str) -> str:
        key = next(entry.keys[0] for entry in self.actions if entry.id == action)
        return _BRIEF.get(key, key_label(key))

    def _styled(self, line: Line) -> Iterator[tuple[str, Style]]:
        palette = self.painter.palette
        for part in line:
            text, look = part[:2]
            if not isinstance(look, Style):
                look = palette.style(look, self._ground, bold=len(part) == 3 and part[2])
            yield self.painter.glyphs.spell(text), look

    def _length(self, line: Line) -> int:
        return sum(Segment(text).cell_length for text, _ in self._styled(line))

    def _broken(self, line: Line) -> Block:
        """In as many rows as it takes."""
        return in_styled_lines(list(self._styled(line)), self._room)

    def _placed(self, head: Iterable[Line], blocks: Sequence[Block]) -> list[Strip]:
        """All rows of the room: blank ones over the blocks as far as there are some."""
        rows: Block = [list(self._styled(line)) for line in head]
        last = len(blocks) - 1
        # the question is set apart first, then the head, then the paragraphs
        gaps = [gap for gap in (last, *range(last)) if gap or rows]
        spare = self.rows - len(rows) - sum(map(len, blocks))
        apart = set(gaps[: max(spare, 0)])
        for index, block in enumerate(blocks):
            rows += [[], *block] if index in apart else block
        rows += [[] for _ in range(self.rows - len(rows))]
        return [self._strip(row) for row in rows[: self.rows]]

    def _strip(self, row: Iterable[tuple[str, Style]]) -> Strip:
        style = self.painter.palette.style(INK, self._ground)
        cells = [Segment(" " * MARGIN, style), *(Segment(*part) for part in row)]
        return Strip(cells).adjust_cell_length(self.width, style)
