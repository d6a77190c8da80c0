"""The words about a race: who is ahead, what each is called, their numbers aligned."""

from collections.abc import Sequence

from rich.style import Style
from rich.text import Text
from textual.strip import Strip

from engine import Experiment, Trace, Verdict
from tui.charts.painter import Painter, Part
from tui.state.race import NAMES, RaceScene, Shown, evaluations_of, newest_of_both
from tui.style.glyphs import kind_sign
from tui.style.looks import FAINT, GROUND, INK, KEY, QUIET, RACERS, SATURATED, TAB
from tui.views.header_lines import PROGRAM
from tui.views.why_line import notices_line
from tui.words.experiment import JOINT, Word, common_words, differing_words, more_differences
from tui.words.language import _
from tui.words.layers import layer_name
from tui.words.numbers import percent, ratio, reading
from tui.words.race import (
    AHEAD,
    BATCH,
    LEVEL,
    RACE,
    TEST,
    batches_text,
    diverged_text,
    is_good,
    lead_texts,
    lead_word,
    loss_name,
    milestone_text,
    no_layer_text,
    scores,
    tested_at,
)
from tui.words.trace import COMPUTING
from tui.words.training import pace, step_text
from tui.words.verdict import badge, verdict_texts
from tui.words.views import metric_words

GAP = 2
"""Cells between fields."""

Piece = tuple[str, Style]


class RaceLines:
    """Rows of words, each as wide as it is told."""

    def __init__(self, painter: Painter) -> None:
        self.painter = painter

    def _style(self, colour: str, bold: bool = False) -> Style:
        return self.painter.palette.style(colour, bold=bold)

    def _chip(self, text: str, ground: str) -> Piece:
        return f" {text} ", self.painter.palette.style(GROUND, ground, bold=True)

    def _length(self, pieces: Sequence[Piece]) -> int:
        return sum(self.painter.length(text) for text, _style in pieces)

    def _row(self, left: Sequence[Piece], right: Sequence[Piece], width: int) -> Strip:
        """A line with something at its right end, if there is room for that."""
        blank = width - self._length(left) - self._length(right)
        if right and blank >= GAP:
            left = [*left, (" " * blank, self.painter.blank), *right]
        return self.painter.text(*left).adjust_cell_length(width, self.painter.blank)

    def header(self, scene: RaceScene, width: int) -> Strip:
        painter, style = self.painter, self._style
        left: list[Piece] = [
            (PROGRAM, style(INK, bold=True)),
            (" ", style(QUIET)),
            (f" {_(RACE)} ", painter.palette.style(INK, TAB, bold=True)),
            (" ", style(QUIET)),
        ]
        shown = scene.shown
        if shown is None:
            return self._row(left, [], width)
        sign = painter.glyphs.play if scene.playing else painter.glyphs.pause
        told = f"{sign} {step_text(shown.step)}"
        left.append(
            self._chip(told, KEY) if scene.playing else (f" {told} ", style(KEY, bold=True))
        )
        found = shown.comparison
        colour = QUIET if found.same_batches else KEY
        right = [(batches_text(found.same_batches, found.differs), style(colour))]
        speed = f" {pace(scene.steps_per_second)}" if scene.steps_per_second else ""
        if self._length([*left, (speed, style(QUIET)), *right]) + GAP <= width:
            left.append((speed, style(QUIET)))
        return self._row(left, right, width)

    def lead(self, shown: Shown, width: int) -> Strip:
        found, glyphs = shown.lead, self.painter.glyphs
        ground = QUIET if found.ahead is None else RACERS[found.ahead]
        sign = glyphs.up if found.ahead is not None else glyphs.flat
        name = "" if found.ahead is None else NAMES[found.ahead]
        chip = self._chip(f"{sign} {lead_word(found.standing.value, name, found.is_tie)}", ground)
        texts = lead_texts(
            found.standing.value,
            NAMES,
            found.ahead,
            found.step,
            found.values,
            shown.comparison.differs,
        )
        room = width - self._length([chip]) - 1
        text = next((text for text in texts if self.painter.length(text) <= room), texts[-1])
        return self._row([chip, (f" {text}", self._style(INK))], [], width)

    def caption(self, scene: RaceScene, width: int) -> Strip:
        sign, meaning = metric_words(scene.state.metric)
        left = [(sign, self._style(INK)), (f"  {meaning}", self._style(QUIET))]
        words = common_words(*scene.state.pair)
        room = width - self._length(left) - GAP
        both = _joined([word for word in words if not word.is_absent], self.painter, room)
        return self._row(left, [(both, self._style(FAINT))] if both else [], width)

    def title(self, scene: RaceScene, shown: Shown, racer: int, width: int) -> Strip:
        """Its name, by what it differs from the other, and the verdict on it."""
        trace, verdict = shown.traces[racer], shown.verdicts[racer]
        name = self._chip(NAMES[racer], RACERS[racer])
        pair: tuple[Experiment, Experiment] = scene.state.pair
        words = differing_words(pair[racer], pair[1 - racer])
        verdicts = self._verdicts(trace, verdict)
        for right in verdicts:
            room = width - self._length([name, *right]) - 1 - GAP
            told = _joined(words, self.painter, room)
            if told == JOINT.join(word.text for word in words) or right is verdicts[-1]:
                break
        is_ahead = shown.lead.ahead == racer
        return self._row([name, (f" {told}", self._style(INK, bold=is_ahead))], right, width)

    def _verdicts(self, trace: Trace, verdict: Verdict) -> list[list[Piece]]:
        """The verdict's word with its sentence, or alone."""
        sign, palette = kind_sign(self.painter.glyphs, verdict.kind), self.painter.palette
        chip = f" {sign} {badge(trace, verdict)} ", palette.kind(verdict.kind)
        texts = (f"  {text}" for text in verdict_texts(trace, verdict)[1:])
        return [*([chip, (text, self._style(QUIET))] for text in texts), [chip]]

    def numbers(self, shown: Shown, width: int) -> list[Strip]:
        """The numbers of both, each under its like; the last ones go where there is no room."""
        each = [self._fields(shown, racer) for racer in range(2)]
        columns = [pair for pair in zip(*each, strict=True) if any(pair)]
        widths = [max(map(self._length, pair)) for pair in columns]
        count = len(columns)
        while count > 1 and sum(widths[:count]) + GAP * (count - 1) > width:
            count -= 1
        rows = []
        for racer in range(2):
            pieces: list[Piece] = []
            for pair, wide in zip(columns[:count], widths, strict=False):
                blank = wide - self._length(pair[racer]) + GAP
                pieces += [*pair[racer], (" " * blank, self.painter.blank)]
            rows.append(self._row(pieces, [], width))
        return rows

    def _fields(self, shown: Shown, racer: int) -> list[list[Piece]]:
        """Its standing, loss, test accuracy, when it was good, the batch's: empty where none."""
        trace, style = shown.traces[racer], self._style
        quiet, ink = style(QUIET), style(INK)
        loss = loss_name(trace.ours.training.loss, shown.comparison.same_loss)
        is_share, score, step = self._score(shown, racer)
        what = _(TEST) if is_share else f"{_(TEST)} {loss}"
        tested = [(f"{what} ", quiet), (tested_at(score, step), ink)] if score else []
        good: list[Piece] = []
        batch: list[Piece] = []
        if trace.accuracy is not None:
            has_come = trace.milestone is not None or is_good(trace.test_accuracy)
            good = [(milestone_text(trace), style(INK if has_come else QUIET, bold=has_come))]
            batch = [(f"{_(BATCH)} ", quiet), (percent(trace.accuracy), ink)]
        losses = [(f"{loss} ", quiet), (reading(trace.loss), ink)]
        return [[self._standing(shown, racer)], losses, tested, good, batch]

    def _score(self, shown: Shown, racer: int) -> tuple[bool, str, int]:
        """What the newest test gave, beside the other's: whether a share, its text, its step."""
        both = newest_of_both(shown.traces)
        found = both or evaluations_of(shown.traces[racer])[-1:]
        if not found:
            return False, "", 0
        mine = found[racer] if both else found[0]
        is_share = mine.accuracy is not None
        values = [e.accuracy if is_share else e.loss for e in (mine, *found)]
        spelled = scores([value for value in values if value is not None], is_share)
        return is_share, spelled[0] if spelled else "", mine.step

    def _standing(self, shown: Shown, racer: int) -> Piece:
        """What is marked of it: that it is ahead, level, or has diverged."""
        end, glyphs = shown.traces[racer].divergence, self.painter.glyphs
        if end is not None:
            return self._chip(f"{glyphs.overflow} {diverged_text(end.step)}", SATURATED)
        if shown.lead.ahead == racer:
            return self._chip(f"{glyphs.up} {_(AHEAD)}", RACERS[racer])
        if shown.lead.is_tie:
            return f" {glyphs.flat} {_(LEVEL)} ", self._style(INK, bold=True)
        return "", self._style(QUIET)

    def told(self, scene: RaceScene, width: int) -> Text:
        """What the last key has to say, or else the metric of both in the cursor's layer."""
        painter, state, shown = self.painter, scene.state, scene.shown
        if state.notices:
            return notices_line(painter, state.notices)
        if shown is None:
            return painter.line((_(COMPUTING), QUIET))
        layer, sign = state.cursor, metric_words(state.metric)[0]
        name: Part = f"{layer_name(str(layer))}  ", INK, True
        parts: list[Part] = []
        values: list[float] = []
        for racer, trace in enumerate(shown.traces):
            text = no_layer_text(trace.depth)
            if layer <= trace.depth:
                values.append(float(scene.metric.values(trace)[layer - 1]))
                text = reading(values[-1])
            parts += [(f"{NAMES[racer]} ", RACERS[racer], True), (f"{text}   ", INK)]
        apart: list[Part] = []
        if len(values) == 2 and min(values) > 0:
            apart = [(f"{NAMES[1]}/{NAMES[0]} {ratio(values[1] / values[0])}", QUIET)]
        metric: Part = f"{sign}  ", QUIET
        # the caption names the metric, too
        ways = [[name, metric, *parts, *apart], [name, *parts, *apart], [name, *parts]]
        lines = [painter.line(*way) for way in ways]
        return next((line for line in lines if line.cell_len <= width), lines[-1])


def _joined(words: Sequence[Word], painter: Painter, width: int) -> str:
    """As many of them as fit, and how many more there are."""
    texts = [word.text for word in words]
    for count in range(len(texts), -1, -1):
        more = [more_differences(len(texts) - count)] if count < len(texts) else []
        told = JOINT.join([*texts[:count], *more])
        if painter.length(told) <= width:
            return told
    return ""
