"""The gallery: experiments worth seeing, each with the view that shows it best."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from engine import Experiment
from engine.experiment.domains import Value
from tui.state.edits import next_of


@dataclass(frozen=True)
class Preset:
    """One experiment of the gallery.

    `settings` are those that differ from the default; `screen` is how it is shown best, by the
    names of the state's fields. One with settings to race `against` is two experiments.
    """

    id: str
    settings: Mapping[str, Value] = field(default_factory=dict)
    screen: Mapping[str, Value] = field(default_factory=dict)
    against: Mapping[str, Value] | None = None

    @property
    def experiment(self) -> Experiment:
        """What the preset sets."""
        return Experiment().with_settings(**self.settings)

    @property
    def rival(self) -> Experiment | None:
        """What it trains beside, if it is a race."""
        return None if self.against is None else Experiment().with_settings(**self.against)


RACE = "race-remedies"
"""The one that is a race."""

_CHAIN: Mapping[str, Value] = {"view": "chain"}

_RELU: Mapping[str, Value] = {"activation": "relu", "init": "he_normal"}
_REMEDIED: Mapping[str, Value] = {**_RELU, "residual": "pre_activation", "norm": "batch"}


def _spiral(id: str, settings: Mapping[str, Value]) -> Preset:
    """What depth is good for: all of one width, with Adam at one rate, for 1000 steps."""
    data: Mapping[str, Value] = {"dataset": "spiral", "width": 16}
    training: Mapping[str, Value] = {"optimizer": "adam", "learning_rate": 0.01}
    screen: Mapping[str, Value] = {"view": "training", "picture": "boundary"}
    return Preset(f"spiral-{id}", {**data, **training, **settings}, screen)


def _digits(depth: int, rate: float, settings: Mapping[str, Value], kind: str) -> Preset:
    """Depth's price: the steps to 90 % of the test digits, plain sgd at the best rate."""
    return Preset(
        f"digits-{depth}-{kind}",
        {**settings, "depth": depth, "learning_rate": rate},
        {"view": "training"},
    )


_SPIRAL = (
    _spiral("depth-1", {**_RELU, "depth": 1}),
    _spiral("depth-3", {**_RELU, "depth": 3}),
    _spiral("sigmoid-20", {"depth": 20}),
    _spiral("plain-50", {**_RELU, "depth": 50}),
    _spiral("remedied-50", {**_REMEDIED, "depth": 50}),
)

# W = 0 makes every branch 0, and a branch of 0 gives its alpha no gradient: nothing ever moves
_BYPASSED: Mapping[str, Value] = {
    "activation": "relu",
    "init": "zeros",
    "residual": "pre_activation",
    "residual_scale": "rezero",
}

_DIGITS = (
    _digits(3, 1.0, _RELU, "plain"),
    _digits(10, 0.1, _RELU, "plain"),
    _digits(30, 0.03, _RELU, "plain"),
    _digits(50, 0.03, _RELU, "plain"),
    _digits(3, 0.1, _REMEDIED, "remedied"),
    _digits(10, 0.1, _REMEDIED, "remedied"),
    _digits(30, 0.1, _REMEDIED, "remedied"),
    _digits(50, 0.1, _REMEDIED, "remedied"),
    _digits(50, 0.3, _BYPASSED, "bypassed"),
)

_ENTRIES = (
    Preset("sigmoid-dies", {}, _CHAIN),
    Preset("remedy-relu", {"activation": "relu"}),
    Preset("remedy-he", _RELU),
    Preset("remedy-skips", {**_RELU, "residual": "pre_activation"}, _CHAIN),
    Preset("remedy-batch-norm", _REMEDIED),
    Preset(RACE, {"depth": 30}, against={**_REMEDIED, "depth": 30}),
    Preset("small-weights-die", {"activation": "tanh", "init": "small_normal"}, _CHAIN),
    Preset("unit-tanh-explodes", {"activation": "tanh", "init": "unit_normal"}, _CHAIN),
    Preset("relu-xavier-hides", {"activation": "relu", "depth": 50}, {"metric": "weight_grad"}),
    Preset("batch-norm-explodes", {**_RELU, "norm": "batch", "depth": 100}, _CHAIN),
    Preset("skips-explode", {**_RELU, "residual": "post_activation", "depth": 50}, _CHAIN),
    Preset("skips-and-batch-norm", {**_REMEDIED, "depth": 100}),
    Preset("selu", {"activation": "selu", "init": "lecun_normal", "depth": 100}),
    Preset("orthogonal-linear", {"activation": "linear", "init": "orthogonal", "depth": 100}),
    Preset("order", {"activation": "tanh", "init": "lecun_normal", "gain": 0.9, "depth": 100}),
    Preset("edge-of-chaos", {"activation": "tanh", "init": "critical", "depth": 200}),
    Preset("chaos", {"activation": "tanh", "init": "lecun_normal", "gain": 2.0, "depth": 100}),
    Preset("zeros-stay-zero", {"activation": "tanh", "init": "zeros"}),
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
        for preset in sequence:
            if preset.experiment == experiment:
                return next_of(sequence, preset)
    return REMEDIES[0]
