"""The gallery: experiments worth seeing, each with what to look at and the view that shows it.

What a line says of the numbers is checked by a test.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from engine import Experiment
from engine.experiment.domains import Value


@dataclass(frozen=True)
class Preset:
    """One experiment of the gallery.

    `look` says what to look at; `settings` are those that differ from the default; `screen` is
    how it is shown best, by the names in `tui.config.command_line.SHARED`.
    """

    id: str
    title: str
    look: str
    settings: Mapping[str, Value] = field(default_factory=dict)
    screen: Mapping[str, Value] = field(default_factory=dict)

    @property
    def experiment(self) -> Experiment:
        """What the preset sets."""
        return Experiment().with_settings(**self.settings)


_CHAIN: Mapping[str, Value] = {"view": "chain"}

_RELU: Mapping[str, Value] = {"activation": "relu", "init": "he_normal"}
_REMEDIED: Mapping[str, Value] = {**_RELU, "residual": "pre_activation", "norm": "batch"}


def _spiral(id: str, title: str, look: str, settings: Mapping[str, Value]) -> Preset:
    """Depth's advantage: width 16, 1000 steps of plain sgd, the best rate of 0.01, ..., 10."""
    data: Mapping[str, Value] = {"dataset": "spiral", "width": 16, "seed": 1}
    screen: Mapping[str, Value] = {"view": "training", "picture": "boundary"}
    return Preset(f"spiral-{id}", f"Spiral {title}", look, {**data, **settings}, screen)


def _digits(depth: int, rate: float, look: str, settings: Mapping[str, Value], kind: str) -> Preset:
    """Depth's price: the steps to 90 % of the test digits, plain sgd at the best rate."""
    return Preset(
        f"digits-{depth}-{kind}",
        f"Digits, {depth} layers {kind}",
        look,
        {**settings, "depth": depth, "learning_rate": rate},
        {"view": "training"},
    )


# a gain of 2 lifts tanh over the edge of chaos: at 1 a thousand steps suit no depth
_TANH: Mapping[str, Value] = {"activation": "tanh", "gain": 2.0}

_SPIRAL = (
    _spiral(
        "depth-1",
        "1: one layer",
        "enter trains; one tanh layer does not separate two turns, 73 % at step 1000",
        {**_TANH, "depth": 1, "learning_rate": 10.0},
    ),
    _spiral(
        "depth-2",
        "2: two layers",
        "enter trains; a second layer folds the plane again: 90 %, not yet separated",
        {**_TANH, "depth": 2, "learning_rate": 1.0},
    ),
    _spiral(
        "depth-6",
        "3: six layers",
        "depth's advantage: six layers as narrow wind the boundary in, 99 %",
        {**_TANH, "depth": 6, "learning_rate": 0.1},
    ),
    _spiral(
        "sigmoid-20",
        "4: twenty sigmoid layers",
        "the advantage is lost: layers near the input stand still, 52 % is a coin",
        {"learning_rate": 10.0},
    ),
    _spiral(
        "remedied-20",
        "5: twenty with remedies",
        "ReLU, He, BatchNorm and skips: the same depth learns, 99 %",
        {**_REMEDIED, "learning_rate": 0.1},
    ),
)

_DIGITS = (
    _digits(3, 1.0, "ReLU + He alone: 90 % of the test digits after 20 steps", _RELU, "plain"),
    _digits(10, 0.1, "deeper is dearer: 90 % takes 120 steps at rate 0.1", _RELU, "plain"),
    _digits(
        30, 0.03, "dearer still: 490 steps at rate 0.03, and 0.1 is too much for it", _RELU, "plain"
    ),
    _digits(50, 0.03, "a thousand steps do not do it: below 50 %", _RELU, "plain"),
    _digits(3, 0.1, "BatchNorm and skips: 90 % after 40 steps", _REMEDIED, "remedied"),
    _digits(10, 0.1, "the same rate, 90 % after 50 steps", _REMEDIED, "remedied"),
    _digits(30, 0.1, "three times as deep, still 60 steps", _REMEDIED, "remedied"),
    _digits(50, 0.1, "fifty layers, 60 steps: depth costs nothing any more", _REMEDIED, "remedied"),
)

_ENTRIES = (
    Preset(
        "sigmoid-dies",
        "The dying net: sigmoid",
        "φ' never exceeds 1/4: twenty layers of it take twelve decades from δ",
        {},
        _CHAIN,
    ),
    Preset(
        "remedy-relu",
        "Remedy 1: ReLU",
        "φ' is 0 or 1: nine of twelve decades are back; Xavier loses the rest",
        {"activation": "relu"},
    ),
    Preset(
        "remedy-he",
        "Remedy 2: He initialisation",
        "variance 2/fan_in makes up for the half that ReLU cuts: δ is flat",
        {"activation": "relu", "init": "he_normal"},
    ),
    Preset(
        "remedy-skips",
        "Remedy 3: skip connections",
        "each layer adds its branch to the skip's 1: without a norm that explodes",
        {"activation": "relu", "init": "he_normal", "residual": "pre_activation"},
        _CHAIN,
    ),
    Preset(
        "remedy-batch-norm",
        "Remedy 4: BatchNorm",
        "the norm keeps each branch small beside the skip: flat, at any depth",
        {
            "activation": "relu",
            "init": "he_normal",
            "residual": "pre_activation",
            "norm": "batch",
        },
    ),
    Preset(
        "small-weights-die",
        "Small weights die",
        "N(0, 0.01²): W^T shrinks δ to 1/12 a layer; |dL/dW| is flat, and 1e-21",
        {"activation": "tanh", "init": "small_normal"},
        _CHAIN,
    ),
    Preset(
        "unit-tanh-explodes",
        "N(0, 1) weights: tanh explodes",
        "most units are saturated, and still ×8 from W^T beats what φ' takes away",
        {"activation": "tanh", "init": "unit_normal"},
        _CHAIN,
    ),
    Preset(
        "relu-xavier-hides",
        "ReLU + Xavier: a quiet decay",
        "δ loses seven decades, |dL/dW| is flat: h dies the other way, h·δ does not",
        {"activation": "relu", "depth": 50},
        {"metric": "weight_grad"},
    ),
    Preset(
        "batch-norm-explodes",
        "BatchNorm alone explodes",
        "dividing by the spread multiplies δ: ×1.2 a layer, eight decades in all",
        {"activation": "relu", "init": "he_normal", "norm": "batch", "depth": 100},
        _CHAIN,
    ),
    Preset(
        "skips-explode",
        "Skips alone explode",
        "1 + branch exceeds 1 in every layer: ×1.7 each, eleven decades in fifty",
        {"activation": "relu", "init": "he_normal", "residual": "post_activation", "depth": 50},
        _CHAIN,
    ),
    Preset(
        "skips-and-batch-norm",
        "Skips + BatchNorm, 100 layers",
        "each of the two explodes alone; together they are flat within a decade",
        {
            "activation": "relu",
            "init": "he_normal",
            "residual": "pre_activation",
            "norm": "batch",
            "depth": 100,
        },
    ),
    Preset(
        "selu",
        "SELU normalises itself",
        "no norm, no skip: activations stay near rms 1, δ within two decades",
        {"activation": "selu", "init": "lecun_normal", "depth": 100},
    ),
    Preset(
        "orthogonal-linear",
        "Orthogonal and linear: perfect",
        "rotations change no length: every bar is the same to the last digit",
        {"activation": "linear", "init": "orthogonal", "depth": 100},
    ),
    Preset(
        "order",
        "Order: tanh just below the edge",
        "σ_w = 0.9: χ₁ < 1, layer by layer the signal and δ die out",
        {"activation": "tanh", "init": "lecun_normal", "gain": 0.9, "depth": 100},
    ),
    Preset(
        "edge-of-chaos",
        "The edge of chaos",
        "χ₁ = 1: δ is flat through two hundred tanh layers without any other remedy",
        {"activation": "tanh", "init": "critical", "depth": 200},
    ),
    Preset(
        "chaos",
        "Chaos: tanh above the edge",
        "σ_w = 2: χ₁ > 1, activations stay bounded and δ explodes",
        {"activation": "tanh", "init": "lecun_normal", "gain": 2.0, "depth": 100},
    ),
    Preset(
        "zeros-stay-zero",
        "Zeros stay zero",
        "W = 0 sends nothing back: no hidden weight ever gets a gradient",
        {"activation": "tanh", "init": "zeros"},
    ),
    *_SPIRAL,
    *_DIGITS,
)

PRESETS: dict[str, Preset] = {preset.id: preset for preset in _ENTRIES}

REMEDIES: tuple[Preset, ...] = tuple(
    PRESETS[name]
    for name in ("sigmoid-dies", "remedy-relu", "remedy-he", "remedy-skips", "remedy-batch-norm")
)
"""From the dying net on, each changing one thing."""


SEQUENCES: tuple[tuple[Preset, ...], ...] = (REMEDIES, _SPIRAL, _DIGITS)


def next_remedy(experiment: Experiment) -> Preset:
    """The next of the sequence that an experiment is part of, or the dying net to start from."""
    for sequence in SEQUENCES:
        experiments = [preset.experiment for preset in sequence]
        if experiment in experiments:
            return sequence[(experiments.index(experiment) + 1) % len(sequence)]
    return REMEDIES[0]
