"""An experiment in short words, and how two runs differ."""

from typing import NamedTuple

from engine import Trace
from engine.experiment.experiment import Experiment
from tui.words.foreign import named
from tui.words.numbers import number

PINNED = "pinned"
SAME_AS_PINNED = "the same as now: change one thing and compare"
"""Where a pinned run differs in nothing."""

JOINT = " · "

_WORDS: dict[str, str] = {
    "activation": "{activation}",
    "depth": "{depth} × {width}",
    "init": "{init}",
    "gain": "gain {gain:.3g}",
    "bias_std": "bias {bias_std:.3g}",
    "residual": "{residual} skip",
    "residual_scale": "{residual_scale}",
    "norm": "{norm} norm{norm_position}",
    "dataset": "{dataset}",
    "seed": "seed {seed}",
    "batch_size": "batch {batch_size}",
    "loss": "{loss}",
    "dtype": "{dtype}",
    "optimizer": "{optimizer}",
    "momentum": "momentum {momentum:.3g}",
    "learning_rate": "rate {learning_rate:.3g}",
    "weight_decay": "decay {weight_decay:.3g}",
    "schedule": "{schedule} to {schedule_steps}",
    "warmup": "warm-up {warmup}",
    "clip_value": "clip {clip_value:.3g} each",
    "clip_norm": "clip norm {clip_norm:.3g}",
}
"""A short word for each setting that has one, in the order in which they are told."""

_ALWAYS_TOLD = ("activation", "depth", "init", "residual", "norm", "dataset", "seed")
"""The others only where they differ from the default."""


class Word(NamedTuple):
    """A short word about an experiment, or about something that it does without."""

    text: str
    is_absent: bool = False
    is_remedy: bool = False


def experiment_text(experiment: Experiment) -> str:
    """The experiment in one line."""
    return JOINT.join(word.text for word in experiment_words(experiment))


def experiment_words(experiment: Experiment) -> list[Word]:
    """The experiment as short words, the most important first."""
    settings, defaults = experiment.settings(), Experiment().settings()
    network = experiment.network
    told = {
        **settings,
        "dataset": named(settings["dataset"]),
        "residual": _or_no(network.residual.removesuffix("_activation")),
        "norm": _or_no(network.norm),
        "norm_position": " after φ" if network.norm_position == "post" else "",
    }
    return [
        Word(word.format(**told), settings[name] == "none", name in ("residual", "norm"))
        for name, word in _WORDS.items()
        if name in _ALWAYS_TOLD or settings[name] != defaults[name]
    ]


def _or_no(name: str) -> str:
    return "no" if name == "none" else name


def more_differences(count: int) -> str:
    """How many differences there is no room for."""
    return f"{count} more"


def differences(pinned: Trace, shown: Trace) -> list[tuple[str, str, str]]:
    """What differs between two runs: (setting, its pinned value, its value now)."""
    before = {**pinned.experiment.settings(), "step": pinned.step}
    after = {**shown.experiment.settings(), "step": shown.step}
    return [
        (name, named(number(before[name])), named(number(after[name])))
        for name in before
        if before[name] != after[name]
    ]
