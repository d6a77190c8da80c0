"""An experiment in short words, and how two runs differ."""

from __future__ import annotations

from typing import NamedTuple

from engine import Trace
from engine.experiment.experiment import Experiment
from engine.experiment.sections import Training
from tui.words.numbers import number

PINNED = "pinned"
SAME_AS_PINNED = "the same as now: change one thing and compare"
"""Where a pinned run differs in nothing."""


JOINT = " · "


class Word(NamedTuple):
    """A short word about an experiment, or about something that it does without."""

    text: str
    is_absent: bool = False


def experiment_text(experiment: Experiment) -> str:
    """The experiment in one line."""
    return JOINT.join(word.text for word in experiment_words(experiment))


def experiment_words(experiment: Experiment) -> list[Word]:
    """The experiment as short words, the most important first."""
    network, data = experiment.network, experiment.data
    words = [network.activation, f"{network.depth} × {network.width}", network.init]
    if network.gain != 1:
        words.append(f"gain {network.gain:.3g}")
    if network.bias_std:
        words.append(f"bias {network.bias_std:.3g}")
    skip, norm = network.residual, network.norm
    words.append("no skip" if skip == "none" else f"{skip.removesuffix('_activation')} skip")
    if network.residual_scale != "one":
        words.append(network.residual_scale)
    words.append("no norm" if norm == "none" else f"{norm} norm")
    if network.norm_position != "pre":
        words[-1] += " after φ"
    words += [data.dataset, f"seed {data.seed}"]
    defaults = Experiment()
    if data.batch_size != defaults.data.batch_size:
        words.append(f"batch {data.batch_size}")
    if experiment.training.loss != defaults.training.loss:
        words.append(experiment.training.loss)
    if network.dtype != defaults.network.dtype:
        words.append(network.dtype)
    absent = {"no skip": skip == "none", "no norm": norm == "none"}
    words += _training_words(experiment.training)
    return [Word(word, absent.get(word, False)) for word in words]


def _training_words(training: Training) -> list[str]:
    """What differs from plain gradient descent, briefly."""
    words = []
    if training.optimizer != "sgd":
        words.append(training.optimizer)
    if training.momentum != Training().momentum:
        words.append(f"momentum {training.momentum:.3g}")
    if training.learning_rate != Training().learning_rate:
        words.append(f"rate {training.learning_rate:.3g}")
    if training.weight_decay:
        words.append(f"decay {training.weight_decay:.3g}")
    if training.schedule != "constant":
        words.append(f"{training.schedule} to {training.schedule_steps}")
    if training.warmup:
        words.append(f"warm-up {training.warmup}")
    if training.clip_value:
        words.append(f"clip {training.clip_value:.3g} each")
    if training.clip_norm:
        words.append(f"clip norm {training.clip_norm:.3g}")
    return words


def more_differences(count: int) -> str:
    """How many differences there is no room for."""
    return f"{count} more"


def differences(pinned: Trace, shown: Trace) -> list[tuple[str, str, str]]:
    """What differs between two runs: (setting, its pinned value, its value now)."""
    before = {**pinned.experiment.settings(), "step": pinned.step}
    after = {**shown.experiment.settings(), "step": shown.step}
    return [
        (name, number(before[name]), number(after[name]))
        for name in before
        if before[name] != after[name]
    ]
