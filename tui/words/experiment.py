"""An experiment in short words, and how two runs differ."""

from collections.abc import Callable
from typing import NamedTuple

from engine import Trace
from engine.experiment.experiment import Experiment
from tui.words.foreign import named
from tui.words.language import _, later, p_
from tui.words.numbers import number

PINNED = later("pinned")
SAME_AS_PINNED = (
    later("the same as now: change one thing and compare"),
    later("the same as now"),
)
"""Where a pinned run differs in nothing."""

JOINT = " · "

_WORDS: dict[str, str] = {
    "activation": "{activation}",
    "depth": "{depth} × {width}",
    "init": "{init}",
    "gain": later("gain {gain}"),
    "bias_std": later("bias {bias_std}"),
    "residual": later("{residual} skip"),
    "residual_scale": "{residual_scale}",
    "norm": later("{norm} norm"),
    "dataset": "{dataset}",
    "seed": later("seed {seed}"),
    "batch_size": later("batch {batch_size}"),
    "loss": "{loss}",
    "dtype": "{dtype}",
    "optimizer": "{optimizer}",
    "momentum": later("momentum {momentum}"),
    "learning_rate": later("rate {learning_rate}"),
    "weight_decay": later("decay {weight_decay}"),
    "schedule": later("{schedule} to {schedule_steps}"),
    "warmup": later("warm-up {warmup}"),
    "clip_value": later("clip {clip_value} each"),
    "clip_norm": later("clip norm {clip_norm}"),
}
"""A short word for each setting that has one, in the order in which they are told."""

_ABSENT: dict[str, str] = {"residual": later("no skip"), "norm": later("no norm")}
"""What is said of what a network can do without."""

_NORM_AFTER = later("{norm} norm after φ")

_ALWAYS_TOLD = ("activation", "depth", "init", "residual", "norm", "dataset", "seed")
"""The others only where they differ from the default."""


_IN_ONE = {"depth": ("width",), "norm": ("norm_position",)}
"""Settings that another one's word tells, too."""


class Word(NamedTuple):
    """A short word about an experiment, or about something that it does without."""

    text: str
    is_absent: bool = False
    is_remedy: bool = False


def experiment_text(experiment: Experiment) -> str:
    """The experiment in one line."""
    return JOINT.join(word.text for word in experiment_words(experiment))


def _short(value: float) -> str:
    """Three figures of it."""
    return number(float(f"{value:.3g}"))


def _full(value: object) -> str:
    """All of it."""
    spelled = number(value)
    is_rounded = isinstance(value, float) and float(spelled) != value
    return repr(value) if is_rounded else spelled


def _beside(value: object, other: object) -> str:
    """A value in six figures, or in all where the other one looks like it."""
    return named(number(value) if number(value) != number(other) else _full(value))


def experiment_words(experiment: Experiment, spell: Callable[[float], str] = _short) -> list[Word]:
    """The experiment as short words, the most important first."""
    settings, defaults = experiment.settings(), Experiment().settings()
    words = _words(experiment, spell)
    return [
        words[name] for name in words if name in _ALWAYS_TOLD or settings[name] != defaults[name]
    ]


def _words(experiment: Experiment, spell: Callable[[float], str] = _short) -> dict[str, Word]:
    """The short word of each setting that has one."""
    settings, network = experiment.settings(), experiment.network
    told = {
        **{name: spell(v) if isinstance(v, float) else v for name, v in settings.items()},
        "dataset": named(settings["dataset"]),
        "residual": skip_name(network.residual),
        "norm": norm_name(network.norm),
    }
    words = {**_WORDS, **{name: _ABSENT[name] for name in _ABSENT if settings[name] == "none"}}
    if network.norm != "none" and network.norm_position == "post":
        words["norm"] = _NORM_AFTER
    return {
        name: Word(_(words[name]).format(**told), settings[name] == "none", name in _ABSENT)
        for name in words
    }


def differing_words(experiment: Experiment, other: Experiment) -> list[Word]:
    """By what the first differs from the other: short words, or names with values."""
    settings, others = experiment.settings(), other.settings()
    differs = {name for name in settings if settings[name] != others[name]}
    words, full = _words(experiment), _words(experiment, _full)
    # what looks alike in three figures is told in all of them
    alike = {name for name, word in _words(other).items() if word == words[name]}
    words |= {name: full[name] for name in alike & differs}
    told = [words[name] for name in words if not differs.isdisjoint({name, *_IN_ONE.get(name, ())})]
    in_words = {*words, *(name for names in _IN_ONE.values() for name in names)}
    rest = [name for name in settings if name in differs - in_words]
    return [*told, *(Word(f"{name} {_beside(settings[name], others[name])}") for name in rest)]


def common_words(experiment: Experiment, other: Experiment) -> list[Word]:
    """What both are, as short words."""
    mine, full = experiment_words(experiment), experiment_words(experiment, _full)
    theirs = experiment_words(other, _full)
    return [word for word, exact in zip(mine, full, strict=True) if exact in theirs]


def skip_name(residual: str) -> str:
    """Where a skip meets the activation."""
    name = residual.removesuffix("_activation")
    return {"post": p_("skip", "post"), "pre": p_("skip", "pre")}.get(name, name)


def norm_name(norm: str) -> str:
    """What a norm runs over."""
    names = {"batch": p_("norm", "batch"), "layer": p_("norm", "layer"), "rms": p_("norm", "rms")}
    return names.get(norm, norm)


def more_differences(count: int) -> str:
    """How many differences there is no room for."""
    return _("{count} more").format(count=count)


def differences(pinned: Trace, shown: Trace) -> list[tuple[str, str, str]]:
    """What differs between two runs: (setting, its pinned value, its value now)."""
    step = p_("difference", "step")
    before = {**pinned.ours.settings(), step: pinned.step}
    after = {**shown.ours.settings(), step: shown.step}
    return [
        (name, _beside(before[name], after[name]), _beside(after[name], before[name]))
        for name in before
        if before[name] != after[name]
    ]
