"""The lines about the cursor's layer: its factors and its measurements."""

import math
from collections.abc import Callable, Iterator

from rich.text import Text

from engine import Trace
from engine.catalogue.activations import Activation
from engine.measure.skips import skip_angle, skip_share
from engine.measure.trace import BRANCH_FAMILIES
from tui.charts.painter import Painter, Part
from tui.state.scene import Scene
from tui.style.looks import FAMILY_COLOURS, GHOST, INK, QUIET, THEORY
from tui.words.chain import (
    ALONE,
    BRANCH,
    FAMILY_SIGNS,
    MAKE,
    NO_FACTORS_LOGGED,
    NO_GRADIENT,
    angle_text,
    gradient_ratio,
    stream_short,
    stream_text,
)
from tui.words.foreign import named
from tui.words.language import _
from tui.words.layers import MEASUREMENT_NAMES, apart, layer_name, theory_text
from tui.words.numbers import factor, percent, ratio, reading

_MEASUREMENTS: dict[str, tuple[str, Callable[[float], str]]] = {
    "g": ("output_grad_norm", reading),
    "activation": ("activation_rms", reading),
    "weight_grad": ("weight_grad_norm", reading),
    "off": ("off_fraction", percent),
    "saturated": ("saturated_fraction", percent),
    "dead": ("dead_fraction", percent),
    "delta": ("delta_norm", reading),
    "update": ("update_ratio", factor),
    "preactivation": ("preactivation_rms", reading),
}
"""Array and spelling of a layer's measurements, the most important first."""


_MEANT: dict[str, Callable[[Activation], bool]] = {
    "off": lambda phi: phi.is_off_where_flat,
    "saturated": lambda phi: bool(phi.tails),
    "dead": lambda phi: phi.has_flat,
}
"""Which of them an activation can have at all."""


def factors_line(painter: Painter, trace: Trace, layer: int, width: int) -> Text:
    """The step through one layer as the product of its factors, as fully as fits."""
    return painter.line(*_step(painter, trace, layer, width))


def _step(painter: Painter, trace: Trace, layer: int, width: int) -> list[Part]:
    """The fullest way to tell it that there is room for; nothing where no layer was measured."""
    if trace.names is None and {name for name, _ in _MEASUREMENTS.values()} <= trace.absent:
        return []
    i, factors = layer - 1, trace.factors
    total: Part = (ratio(float(factors.total[i])), INK, True)
    start: list[Part] = [(f"{layer_name(layer)}  ", INK, True)]
    if trace.names is not None:
        start.append((f"{named(trace.names[i])}  ", INK))
    step: list[Part] = [(gradient_ratio(layer - 1, layer), QUIET)]
    branch = _branch(painter, trace, i)
    ways: list[list[Part]]
    if "factors.total" in trace.absent:
        ways = [_between_bars(trace, i, step), []]
    elif trace.output_grad_norm[i] == 0 or not math.isfinite(trace.output_grad_norm[i]):
        ways = [[(_(NO_GRADIENT), QUIET)]]
    elif not trace.has_skip[i]:
        ways = [[*step, *branch, ("= ", QUIET), total], [*branch, ("= ", QUIET), total], [total]]
    elif factors.branch[i] == 0:
        ways = [[*step, (stream_text(skip_share(trace)) + _(ALONE), QUIET), total], [total]]
    else:
        stream: Part = (stream_text(skip_share(trace)) + _(BRANCH), QUIET)
        whole: Part = (factor(float(factors.branch[i])) + " ", INK)
        ends: list[Part] = [(angle_text(skip_angle(trace, layer)) + _(MAKE), QUIET), total]
        ways = [
            [*step, stream, *branch, ("= ", QUIET), whole, *ends],
            [stream, *branch, ("= ", QUIET), whole, *ends],
            [(stream_short(skip_share(trace)), QUIET), *branch, *ends],
            [stream, whole, *ends],
        ]
    told = [[*start, *way] for way in ways]
    return next((way for way in told if painter.line(*way).cell_len <= width), told[-1])


def _between_bars(trace: Trace, i: int, step: list[Part]) -> list[Part]:
    """What is known of a step without its factors: how far apart its two bars are."""
    if "output_grad_norm" in trace.absent:
        return [(_(NO_FACTORS_LOGGED), QUIET)]
    above, below = float(trace.output_grad_norm[i]), float(trace.output_grad_norm[max(i - 1, 0)])
    # the first layer's step leads to the input, which has no bar
    if not (i and above and math.isfinite(below / above)):
        return []
    return [*step, (ratio(below / above), INK, True)]


def _branch(painter: Painter, trace: Trace, i: int) -> list[Part]:
    """The factors of a layer's branch, those that its network has."""
    parts: list[Part] = []
    for family in (family for family, there in _branch_families(trace, i).items() if there):
        value = factor(float(getattr(trace.factors, family)[i]))
        parts += [("× " if parts else "", QUIET), _sign(painter, family)]
        parts.append((value + " ", INK))
    return parts


def _branch_families(trace: Trace, i: int) -> dict[str, bool]:
    """Whether a layer's branch has each family of factors."""
    if trace.experiment is None:
        return {
            family: True for family in BRANCH_FAMILIES if f"factors.{family}" not in trace.absent
        }
    network = trace.experiment.network
    return {
        "scale": bool(trace.has_skip[i]) and network.residual_scale != "one",
        "activation": True,
        "norm": network.norm != "none",
        "weight": True,
    }


def _sign(painter: Painter, family: str) -> Part:
    return f"{FAMILY_SIGNS[family]} ", painter.palette.word(FAMILY_COLOURS[family])


def numbers_line(painter: Painter, scene: Scene, width: int) -> Text:
    """The measurements of one layer, and by how many decades they differ from the pinned run's.

    The metric that the bars show comes first, what theory says of it next; the last ones are left
    out where there is no room.
    """
    return painter.line(*(part for _code, told in _told(painter, scene, width) for part in told))


def line_signs(painter: Painter, scene: Scene, width: int) -> tuple[str, ...]:
    """The signs in both lines, by the legend's ids."""
    told = (code for code, _parts in _told(painter, scene, width))
    # there "activation" is the factor
    measured = ("activation_rms" if code == "activation" else code for code in told)
    step = _step(painter, scene.trace, scene.cursor, width)
    families = (family for family in FAMILY_SIGNS if _sign(painter, family) in step)
    return (*families, *measured)


def _told(painter: Painter, scene: Scene, width: int) -> Iterator[tuple[str, list[Part]]]:
    """The measurements that there is room for, as parts of a line."""
    trace, pinned, layer = scene.trace, scene.state.pinned, scene.cursor
    expected = _expected(scene)
    left, is_first = width - (painter.length(expected) + 2 if expected else 0), True
    for code in sorted(_meant(trace), key=lambda code: code != scene.state.metric):
        array, spelled = _MEASUREMENTS[code]
        value = float(trace.array(array)[layer - 1])
        name, text, difference = MEASUREMENT_NAMES[code], spelled(value), ""
        if pinned is not None and spelled is not percent and layer <= pinned.depth:
            before = float(pinned.array(array)[layer - 1])
            difference = apart(value, before, with_unit=code == "g")
        left -= painter.length(name + text + difference) + (1 if is_first else 3)
        if left < 0:
            return
        parts: list[Part] = [(f"{'' if is_first else '  '}{name} ", QUIET), (text, INK)]
        parts += [(difference, GHOST)] if difference else []
        parts += [("  " + expected, THEORY)] if is_first and expected else []
        is_first = False
        yield code, parts


def _meant(trace: Trace) -> Iterator[str]:
    """The measurements that there are of its network."""
    ours = trace.experiment
    for code, (array, _spelled) in _MEASUREMENTS.items():
        is_possible = code not in _MEANT or ours is None or _MEANT[code](ours.network.phi)
        if is_possible and array not in trace.absent:
            yield code


def _expected(scene: Scene) -> str:
    """Theory's value of the metric in one layer, and how far above it the measured one is."""
    i = scene.cursor - 1
    if scene.line is None or not math.isfinite(scene.line[i]):
        return ""
    return theory_text(float(scene.metric.values(scene.trace)[i]), float(scene.line[i]))
