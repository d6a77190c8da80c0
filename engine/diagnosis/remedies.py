"""Single changes that might repair a network, each tried before it is recommended."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from engine.diagnosis.verdict import Verdict, verdict
from engine.experiment.domains import Value
from engine.experiment.experiment import Experiment, adapted
from engine.measure.trace import Trace
from engine.network.cost import expected_seconds
from engine.numerics.errors import SettingError
from engine.training.trainer import run

CANDIDATES: tuple[tuple[str, Value], ...] = (
    ("residual", "pre_activation"),
    ("norm", "batch"),
    ("activation", "relu"),
    ("init", "he_normal"),
    ("norm", "layer"),
    ("init", "lecun_normal"),
    ("activation", "tanh"),
    ("residual_scale", "sqrt_depth"),
    ("init", "orthogonal"),
    ("norm", "rms"),
    ("norm", "none"),
    ("init", "critical"),
    ("activation", "selu"),
    ("residual", "post_activation"),
    ("residual_scale", "sqrt_two"),
    ("residual", "none"),
    ("init", "lsuv"),
    ("activation", "gelu"),
    ("gain", 1.0),
    ("bias_std", 0.0),
    ("dtype", "float64"),
)
"""What is tried, the most likely first, because the time is limited."""

WORTH = 0.5
"""A change that does not heal must at least halve the decades to be worth a word."""

TRIAL_SECONDS = 0.2
"""How long candidates may be tried before an answer is due."""


@dataclass(frozen=True)
class Candidate:
    """One setting's other value, and the experiment with it."""

    setting: str
    value: Value
    experiment: Experiment


@dataclass(frozen=True)
class Remedy:
    """A candidate that was tried, and the verdict on it."""

    candidate: Candidate
    verdict: Verdict


def candidates(experiment: Experiment) -> tuple[Candidate, ...]:
    """The single changes that make another experiment and make sense."""
    found = []
    for setting, value in CANDIDATES:
        try:
            changed, _ = adapted(experiment, **{setting: value})
        except SettingError:
            continue
        if changed != experiment:
            found.append(Candidate(setting, value, changed))
    return tuple(found)


def ranked(before: Verdict, tried: list[Remedy]) -> tuple[Remedy, ...]:
    """Those that help, the best first: healthy ones, then by how few decades are left."""
    return tuple(sorted((r for r in tried if _helps(before, r.verdict)), key=_order))


def _order(remedy: Remedy) -> tuple[bool, float]:
    decades = remedy.verdict.decades
    return remedy.verdict.kind != "healthy", abs(decades) if decades is not None else 0.0


def _helps(before: Verdict, after: Verdict) -> bool:
    if after.kind == "healthy":
        return True
    if after.decades is None or before.decades is None or after.kind in ("dead", "overflow"):
        return False
    return abs(after.decades) < WORTH * abs(before.decades)


def all_fit(experiment: Experiment, seconds: float = TRIAL_SECONDS) -> bool:
    """Whether every candidate is expected to be tried in that time."""
    return sum(expected_seconds(c.experiment) for c in candidates(experiment)) <= seconds


def trials(
    experiment: Experiment, seconds: float, measure: Callable[[Experiment], Trace] = run
) -> Iterator[Remedy]:
    """Each candidate tried in turn, as long as their expected times add up to no more than this.

    Expected and not measured, so that the same question has the same answer on any machine.
    """
    left = seconds
    for candidate in candidates(experiment):
        cost = expected_seconds(candidate.experiment)
        if cost > left:
            continue
        left -= cost
        try:
            yield Remedy(candidate, verdict(measure(candidate.experiment)))
        except (SettingError, MemoryError):
            continue


def remedies(
    trace: Trace, seconds: float = TRIAL_SECONDS, measure: Callable[[Experiment], Trace] = run
) -> tuple[Remedy, ...]:
    """What would help a network that is not healthy, best first; () for trained ones."""
    before = verdict(trace)
    if before.kind == "healthy" or trace.step > 0:
        return ()
    return ranked(before, list(trials(trace.ours, seconds, measure)))
