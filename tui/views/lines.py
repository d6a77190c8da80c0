"""The screen's lines of words, as styled text made from a Trace and the state."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from rich.style import Style
from rich.text import Text

from engine import Experiment, Trace, Verdict
from engine.diagnosis.remedies import Remedy
from tui.state.actions import ACTIONS, Action
from tui.state.keys import key_label
from tui.state.metrics import METRICS, PerLayer, is_flat_by_cancelling
from tui.state.notices import notice
from tui.state.state import State
from tui.state.views import VIEWS
from tui.state.wave import Phase, Wave
from tui.style.glyphs import Glyphs
from tui.style.looks import FAINT, GHOST, GROUND, INK, KEY, QUIET, TAB, THEORY
from tui.style.palette import Palette
from tui.words.actions import action_words
from tui.words.experiment import JOINT, SAME_AS_PINNED, differences, experiment_words
from tui.words.metrics import FLAT_WEIGHT_GRADIENT, METRIC_FORMULAS, VIEW_FORMULAS
from tui.words.notices import notice_text
from tui.words.numbers import decades_between, factor, power, reading
from tui.words.remedies import outcome_text
from tui.words.verdict import KIND_WORDS, cause_short, cause_text, verdict_short, verdict_text
from tui.words.views import view_words


def _percent(value: float) -> str:
    return f"{value:.0%}"


_READINGS: tuple[tuple[str, Callable[[Trace], PerLayer], Callable[[float], str]], ...] = (
    ("δ", lambda t: t.delta_norm, reading),
    ("dL/dW", lambda t: t.weight_grad_norm, reading),
    ("h", lambda t: t.activation_rms, reading),
    ("saturated", lambda t: t.saturated_fraction, _percent),
    ("dead", lambda t: t.dead_fraction, _percent),
    ("update", lambda t: t.update_ratio, reading),
    ("z", lambda t: t.preactivation_rms, reading),
)
"""Name, values and spelling of a layer's measurements, the most important first."""


@dataclass(frozen=True)
class Writer:
    """Makes the lines in one palette and one set of glyphs."""

    palette: Palette
    glyphs: Glyphs
    actions: tuple[Action, ...] = ACTIONS

    def _line(self, *parts: tuple[str, str] | tuple[str, str, bool]) -> Text:
        """A line of (text, colour, bold) parts."""
        text = Text(no_wrap=True, overflow="ellipsis", end="")
        for part in parts:
            words, colour, bold = (*part, False)[:3]
            text.append(self.glyphs.spell(words), self.palette.style(colour, bold=bool(bold)))
        return text

    def header(self, trace: Trace | None, state: State, width: int) -> Text:
        """The title and the views' tabs, then loss, accuracy and metric where there is room."""
        text = self._line(("chainrule", INK, True), (" ", QUIET))
        titles = {view: view_words(view)[0] for view in VIEWS}
        room = width - len(text) - sum(len(titles[v]) + len(VIEWS[v]) + 3 for v in VIEWS)
        for view, key in VIEWS.items():
            title = f" {titles[view]}" if room >= 0 or view == state.view else ""
            look = (
                self.palette.style(INK, TAB, bold=True)
                if view == state.view
                else self.palette.style(QUIET)
            )
            click = Style(meta={"@click": f"app.apply('view_{view}')"})
            text.append(f" {key}{title} ", look + click)
        extras = [] if trace is None else [f"loss {reading(trace.loss)}"]
        if trace is not None and trace.accuracy is not None:
            extras.append(f"accuracy {trace.accuracy:.0%}")
        extras.append(
            self.glyphs.spell(VIEW_FORMULAS.get(state.view, METRIC_FORMULAS[state.metric]))
        )
        used = len(text) + 1
        for words in extras:
            used += len(words) + 2
            if used <= width:
                name, _, value = words.partition(" ")
                plain_words = value == "" or words == extras[-1]
                text.append_text(
                    self._line(("  " + words, QUIET))
                    if plain_words
                    else self._line((f"  {name} ", QUIET), (value, INK))
                )
        return text

    def experiment(self, experiment: Experiment, width: int) -> Text:
        """The experiment, its first words brightest; what it lacks is left out first."""
        words = experiment_words(experiment)
        while len(JOINT.join(word.text for word in words)) > width and len(words) > 2:
            lacking = [word for word in words if word.is_absent]
            words.remove(lacking[-1] if lacking else words[-1])
        first, *rest = words
        size, *others = rest
        joint = (JOINT, FAINT)
        parts: list[tuple[str, str] | tuple[str, str, bool]] = [
            (first.text, INK, True),
            joint,
            (size.text, INK),
        ]
        for word in others:
            parts += [joint, (word.text, FAINT if word.is_absent else QUIET)]
        return self._line(*parts)

    def comparison(self, pinned: Trace, shown: Trace, width: int) -> Text:
        """The pinned run beside the one that is shown: only what differs."""
        chip = f"{self.glyphs.ghost * 2} pinned  "
        parts: list[tuple[str, str] | tuple[str, str, bool]] = [(chip, GHOST, True)]
        found = differences(pinned, shown)
        if not found:
            return self._line(*parts, (SAME_AS_PINNED, QUIET))
        left = width - len(chip)
        for index, (name, before, after) in enumerate(found):
            more = f" · {len(found) - index} more"
            words = (f"{' · ' if index else ''}{name} {before} → ", after)
            left -= len(self.glyphs.spell("".join(words)))
            if left < (len(more) if index + 1 < len(found) else 0):
                return self._line(*parts, (more, FAINT))
            parts += [(words[0], QUIET), (after, INK, True)]
        return self._line(*parts)

    def verdict(self, trace: Trace, verdict: Verdict, width: int) -> Text:
        """The verdict: its word on its colour, then the sentence, short where room is."""
        glyphs = self.glyphs
        sign = {
            "vanishing": glyphs.down,
            "exploding": glyphs.up,
            "healthy": glyphs.flat,
            "dead": glyphs.dead,
            "overflow": glyphs.overflow,
        }[verdict.kind]
        text = Text(no_wrap=True, overflow="ellipsis", end="")
        text.append(f" {sign} {KIND_WORDS[verdict.kind]} ", self.palette.kind(verdict.kind))
        sentence = verdict_text(trace, verdict)
        if len(text) + 2 + len(self.glyphs.spell(sentence)) > width:
            sentence = verdict_short(trace, verdict)
        return text.append_text(self._line(("  " + sentence, INK)))

    def big(
        self, trace: Trace | None, verdict: Verdict | None, wave: Wave
    ) -> tuple[str, str, Style, Style]:
        """The word and the number of a presentation, with their styles."""
        ink = self.palette.style(INK)
        if trace is None or verdict is None:
            return "", "", ink, ink
        if wave.phase is not Phase.DONE:
            return wave.phase.value.upper(), "", self.palette.style(GROUND, KEY), ink
        step = verdict.factor_per_layer
        number = f"×{factor(step)}" if step is not None and verdict.decades is not None else ""
        return KIND_WORDS[verdict.kind], number, self.palette.kind(verdict.kind), ink

    def wave(self, trace: Trace, wave: Wave) -> Text:
        """Where the wave is and what it has gathered."""
        sign = self.glyphs.play if wave.playing else self.glyphs.pause
        chip = f" {sign} {wave.phase.value.upper()} "
        text = Text(no_wrap=True, overflow="ellipsis", end="")
        text.append(chip, self.palette.style(GROUND, KEY, bold=True))
        if wave.phase is Phase.FORWARD:
            layer = wave.activated
            rms = trace.activation_rms[layer - 1]
            return text.append_text(
                self._line(
                    (f"  layer {layer:>{len(str(trace.depth))}}", INK, True),
                    (f"  activations h of rms {factor(rms)}, on their way to the output", QUIET),
                )
            )
        if wave.phase is Phase.LOSS:
            loss = trace.experiment.training.loss.replace("_", " ")
            return text.append_text(
                self._line(
                    (f"  {loss} {reading(trace.loss)}", INK, True),
                    (", and its gradient sets out from the read-out", QUIET),
                )
            )
        return text.append_text(self._product(trace, wave.reached))

    def _product(self, trace: Trace, layer: int) -> Text:
        """The chain from the last layer's gradient down through `layer`."""
        totals = trace.factors.total[layer - 1 :]
        with np.errstate(all="ignore"):
            decades = float(np.log10(totals).sum())
        so_far = power(decades) if math.isfinite(decades) else factor(float(totals.prod()))
        chain = " ".join(f"×{factor(float(total))}" for total in totals[:4][::-1])
        dots = "… " if len(totals) > 4 else ""
        return self._line(
            (f"  layer {layer:>{len(str(trace.depth))}}", INK, True),
            (f"  {dots}{chain} = ", QUIET),
            (so_far, INK, True),
            (f" of |g{trace.depth}|", QUIET),
        )

    def factors(self, trace: Trace, layer: int, width: int) -> Text:
        """The step through one layer as the product of its factors, as fully as fits."""
        i = layer - 1
        f = trace.factors
        parts: list[tuple[str, str] | tuple[str, str, bool]] = [
            (f"layer {layer}", INK, True),
            (f"  |g{layer - 1}|/|g{layer}| = ", QUIET),
        ]
        network = trace.experiment.network
        shown = [("φ'", f.activation[i]), ("W", f.weight[i])]
        if network.norm != "none":
            shown.insert(1, ("N", f.norm[i]))
        if trace.has_skip[i] and network.residual_scale != "one":
            shown.insert(0, ("scale", f.scale[i]))
        if trace.has_skip[i]:
            parts.append(("1 + branch(", QUIET))
        for index, (name, value) in enumerate(shown):
            parts += [
                (("× " if index else "") + name + " ", QUIET),
                (factor(float(value)) + " ", INK),
            ]
        if trace.has_skip[i]:
            parts += [("= ", QUIET), (factor(float(f.branch[i])), INK), (") ", QUIET)]
        parts += [("= ", QUIET), (f"×{factor(float(f.total[i]))}", INK, True)]
        short = [parts[0], ("  ", QUIET), *parts[2:]]
        shortest = [("1 + (", QUIET) if p[0] == "1 + branch(" else p for p in short]
        lines = [self._line(*wording) for wording in (parts, short, shortest)]
        return next((line for line in lines if len(line) <= width), lines[-1])

    def numbers(self, trace: Trace, state: State, layer: int, width: int) -> Text:
        """The measurements of one layer, and by how many decades they differ from the pinned run's.

        What theory predicts of the metric that is shown stands after it.

        The last ones are left out where there is no room.
        """
        i, pinned = layer - 1, state.pinned
        parts: list[tuple[str, str] | tuple[str, str, bool]] = []
        expected = self._expected(trace, state, i)
        left = width - (len(self.glyphs.spell(expected)) + 2 if expected else 0)
        metric = METRICS[state.metric]
        shown = metric.reading or metric.sign
        # the metric that the bars show comes first, and theory's word on it next
        for name, read, text in sorted(_READINGS, key=lambda entry: entry[0] != shown):
            value, difference = text(float(read(trace)[i])), ""
            if pinned is not None and text is reading and layer <= pinned.depth:
                difference = decades_between(float(read(trace)[i]), float(read(pinned)[i]))
                unit = " decades" if name == "δ" else ""
                difference = difference and f" ({difference}{unit})"
            left -= len(self.glyphs.spell(name + value + difference)) + (3 if parts else 1)
            if left >= 0:
                parts += [(f"{'  ' if parts else ''}{name} ", QUIET), (value, INK)]
                parts += [(difference, GHOST)] if difference else []
            if name == shown and expected:
                parts += [("  " + expected, THEORY)]
        return self._line(*parts)

    def _expected(self, trace: Trace, state: State, i: int) -> str:
        """Theory's value of the metric in one layer, and how far above it the measured one is."""
        metric = METRICS[state.metric]
        if not state.theory or metric.predicted is None:
            return ""
        predicted, measured = float(metric.predicted(trace)[i]), float(metric.values(trace)[i])
        if not math.isfinite(predicted):
            return ""
        apart = decades_between(measured, predicted)
        return f"theory {reading(predicted)}" + (f" ({apart} decades)" if apart else "")

    def why(
        self,
        trace: Trace,
        verdict: Verdict,
        state: State,
        remedies: tuple[Remedy, ...],
        width: int,
    ) -> Text:
        """What the last key has to say, or else which factor is guilty and what would help."""
        is_shown = state.metric == "weight_grad" and state.view == "gradients" and not state.table
        silent = state.notices in ((), (notice("metric", metric="weight_grad"),))
        if is_shown and silent and is_flat_by_cancelling(trace):
            return self._line(("why ", QUIET), (FLAT_WEIGHT_GRADIENT, INK))
        if state.notices:
            said = "; ".join(notice_text(n.code, n.details) for n in state.notices)
            return self._line((said, KEY))
        cause = cause_text(trace, verdict)
        parts: list[tuple[str, str] | tuple[str, str, bool]] = []
        if remedies and remedies[0].candidate.experiment != trace.experiment:
            key = next(key_label(a.keys[0]) for a in self.actions if a.id == "apply_remedy")
            parts = [(key, KEY, True), (f" {outcome_text(remedies[0])}", QUIET)]
        room = width - len(self._line(*parts)) - 3
        for words in (cause, cause_short(verdict)):
            if words and len(self.glyphs.spell(words)) + 4 <= room:
                lead: list[tuple[str, str]] = [("why ", QUIET), (words, INK), ("   ", QUIET)]
                return self._line(*lead, *parts)
        return self._line(*parts)

    def keys(self, width: int, first: str = "") -> Text:
        """As many keys as fit, the most important first; a click on one does the same.

        `first` is a group of actions that goes before the others.
        """
        ranked = sorted(
            (a for a in self.actions if a.rank is not None),
            key=lambda a: (a.group != first, a.rank or 0),
        )
        hints: list[tuple[str, Action]] = []
        used = 0
        always = {"help", "quit"}
        words = {a.id: action_words(a.id).hint for a in ranked}
        last = [a for a in ranked if a.id in always]
        reserve = sum(len(key_label(a.keys[0])) + len(words[a.id]) + 3 for a in last)
        for action in ranked:
            key = "↑↓" if action.keys[0] == "up" else key_label(action.keys[0])
            cost = len(self.glyphs.spell(key)) + len(words[action.id]) + 3
            if action.id in always or used + cost + reserve <= width + 2:
                hints.append((self.glyphs.spell(key), action))
                used += 0 if action.id in always else cost
        line = Text(no_wrap=True, overflow="ellipsis", end="")
        for key, action in hints:
            click = Style(meta={"action": action.id})
            line.append("  " if line else "")
            line.append(key, self.palette.style(KEY, bold=True) + click)
            line.append(f" {words[action.id]}", self.palette.style(QUIET) + click)
        return line
