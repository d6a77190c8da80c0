"""The screen's lines of words, as styled text made from a Trace and the state."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from rich.style import Style
from rich.text import Text

from engine import Experiment, Trace, Verdict
from tui.actions import ACTIONS, Action, key_label
from tui.glyphs import ASCII, Glyphs, plain
from tui.messages import (
    KIND_WORDS,
    cause_text,
    experiment_words,
    factor,
    power,
    reading,
    verdict_short,
    verdict_text,
)
from tui.palette import FAINT, GROUND, INK, KEY, QUIET, Palette
from tui.player import Phase, Wave


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
            text.append(self._spell(words), self.palette.style(colour, bold=bool(bold)))
        return text

    def _spell(self, words: str) -> str:
        return plain(words) if self.glyphs is ASCII else words

    def header(self, trace: Trace | None, width: int) -> Text:
        """The title, what the bars are, and the loss; accuracy where there is room."""
        parts: list[tuple[str, str] | tuple[str, str, bool]] = [
            ("chainrule", INK, True),
            ("  |δ| = |∂L/∂z|, layer by layer", QUIET),
        ]
        if trace is not None:
            parts += [("   loss ", QUIET), (reading(trace.loss), INK)]
            if trace.accuracy is not None and width >= 66:
                parts += [("  accuracy ", QUIET), (f"{trace.accuracy:.0%}", INK)]
        return self._line(*parts)

    def experiment(self, experiment: Experiment, width: int) -> Text:
        """The experiment, its first words brightest; what it lacks is left out first."""
        words = experiment_words(experiment)
        while len(" · ".join(words)) > width and len(words) > 2:
            lacking = [word for word in words if word.startswith("no ")]
            words.remove(lacking[-1] if lacking else words[-1])
        first, *rest = words
        size, *others = rest
        joint = (" · ", FAINT)
        parts: list[tuple[str, str] | tuple[str, str, bool]] = [
            (first, INK, True),
            joint,
            (size, INK),
        ]
        for word in others:
            parts += [joint, (word, FAINT if word.startswith("no ") else QUIET)]
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
        if len(text) + 2 + len(self._spell(sentence)) > width:
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

    def factors(self, trace: Trace, layer: int) -> Text:
        """The step through one layer as the product of its factors."""
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
        return self._line(*parts)

    def numbers(self, trace: Trace, layer: int, width: int) -> Text:
        """The measurements of one layer; the last ones are left out where there is no room."""
        i = layer - 1
        pairs = [
            ("δ", reading(float(trace.delta_norm[i]))),
            ("dL/dW", reading(float(trace.weight_grad_norm[i]))),
            ("h", reading(float(trace.activation_rms[i]))),
            ("saturated", f"{trace.saturated_fraction[i]:.0%}"),
            ("dead", f"{trace.dead_fraction[i]:.0%}"),
            ("update", reading(float(trace.update_ratio[i]))),
            ("z", reading(float(trace.preactivation_rms[i]))),
        ]
        parts: list[tuple[str, str] | tuple[str, str, bool]] = []
        left = width
        for name, value in pairs:
            left -= len(name) + len(value) + (3 if parts else 1)
            if left >= 0:
                parts += [(f"{'  ' if parts else ''}{name} ", QUIET), (value, INK)]
        return self._line(*parts)

    def why(self, trace: Trace, verdict: Verdict, notice: str) -> Text:
        """What the last key has to say, or else which factor is guilty."""
        if notice:
            return self._line((notice, KEY))
        cause = cause_text(trace, verdict)
        return self._line(("why ", QUIET), (cause, INK)) if cause else Text("", end="")

    def keys(self, width: int) -> Text:
        """As many keys as fit, the most important first; a click on one does the same."""
        ranked = sorted((a for a in self.actions if a.rank is not None), key=lambda a: a.rank or 0)
        hints: list[tuple[str, Action]] = []
        used = 0
        always = {"help", "quit"}
        reserve = sum(len(key_label(a.keys[0])) + len(a.hint) + 3 for a in ranked if a.id in always)
        for action in ranked:
            key = "↑↓" if action.keys[0] == "up" else key_label(action.keys[0])
            cost = len(self._spell(key)) + len(action.hint) + 3
            if action.id in always or used + cost + reserve <= width + 2:
                hints.append((self._spell(key), action))
                used += 0 if action.id in always else cost
        line = Text(no_wrap=True, overflow="ellipsis", end="")
        for key, action in hints:
            click = Style(meta={"action": action.id})
            line.append(key, self.palette.style(KEY, bold=True) + click)
            line.append(f" {action.hint}", self.palette.style(QUIET) + click)
            line.append("  ")
        # blanks past the edge would be shown as an ellipsis
        line.rstrip()
        return line
