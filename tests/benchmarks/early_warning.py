"""What the early warning is worth: false alarms in healthy runs, and steps ahead of a divergence.

python -m tests.benchmarks.early_warning [fix | fix-more | fix-again | fix-last]

Small networks on digits. A run has diverged at the first loss that is not finite or above 10 times
its running minimum; healthy is one that has not after STEPS, whatever its learning rate: a quarter
of them has it ramped too, up to 2 to 10 times, and held there. Any warning in one of these is a
false alarm. In a ramp the learning rate is multiplied by the slope at each step from START on; the
lead is the number of steps from the first warning to the divergence, 0 if there is none or it comes
before START. Runs that diverge where healthy ones are wanted, or do not where ramps are, are left
out and counted.

The modes that fix show which thresholds are just high enough for their runs: the product's, and the
rule for the weights, were chosen by all four. Without any, runs that had no part in that judge
them: networks drawn as in the latter three, with other seeds.
"""

import dataclasses
import itertools
import math
import sys
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from typing import Any, NamedTuple

import numpy as np

from engine import Experiment, SettingError, Trace, Trainer
from engine.logs.early_warning import MOVE, RISE, EarlyWarning, Signs
from engine.logs.findings import CHANGED
from engine.logs.history import History
from engine.logs.schema import LoggedStep

Setting = Mapping[str, tuple[Any, ...]]

SETTINGS: dict[str, Setting] = {
    "fix": {
        "activation": ("tanh", "gelu", "silu"),
        "depth": (3, 5, 7),
        "width": (16, 24),
        "norm": ("none", "layer"),
        "residual": ("none", "post_activation"),
        "optimizer": ("sgd", "adam"),
        "batch_size": (32, 64),
        "loss": ("cross_entropy", "mse"),
    },
    "judge": {
        "activation": ("relu", "elu", "mish"),
        "depth": (2, 4, 6),
        "width": (20, 28),
        "norm": ("none", "batch", "rms"),
        "residual": ("none", "post_activation"),
        "optimizer": ("sgd", "adam", "rmsprop"),
        "batch_size": (24, 48),
        "loss": ("cross_entropy", "mse"),
    },
}
SETTINGS |= dict.fromkeys(("fix-more", "fix-again", "fix-last"), SETTINGS["judge"])
FIRST_SEED = {
    "fix": 0,
    "fix-more": 100_000,
    "fix-again": 200_000,
    "fix-last": 300_000,
    "judge": 400_000,
}
RATES = {"sgd": (0.003, 0.3), "adam": (0.0003, 0.03), "rmsprop": (0.0003, 0.03)}

SLOPES = (1.02, 1.05, 1.1, 1.2)
START = 60
"""The step at which a ramp begins."""

HEALTHY, RAMPS = 300, 25
"""Runs, and runs a slope."""

STEPS, LONGEST = 250, 500
"""Of a healthy run, and of a ramp at most."""

MOST = 1e4
"""Times the first learning rate: there a ramp ends, diverged or not."""

ALLOWED = 0.01
"""False alarms, as a share of the healthy runs."""


class Plan(NamedTuple):
    """A run to be: the learning rate times `slope` a step from START on, up to `most` times."""

    which: str
    seed: int
    slope: float
    most: float
    steps: int


class Run(NamedTuple):
    """What was logged before it diverged, and the step at which it did, if so."""

    steps: tuple[LoggedStep, ...]
    diverged: int | None


class Found(NamedTuple):
    """The runs that were wanted, and how many others were left out for them."""

    runs: list[Run]
    left_out: int


def settings(plan: Plan) -> dict[str, Any]:
    """A random network and how it is trained."""
    rng = np.random.default_rng([FIRST_SEED[plan.which], plan.seed])
    choices = SETTINGS[plan.which]
    drawn = {name: values[rng.integers(len(values))] for name, values in choices.items()}
    low, high = RATES[drawn["optimizer"]]
    # a ramp starts from the lower half
    top = high if plan.slope == 1 else math.sqrt(low * high)
    drawn["learning_rate"] = float(10 ** rng.uniform(math.log10(low), math.log10(top)))
    drawn["init"] = "xavier_normal" if drawn["activation"] == "tanh" else "he_normal"
    if plan.slope == 1:
        drawn["warmup"] = int(rng.choice([0, 0, 50, 150]))
        if rng.random() < 1 / 3:
            drawn |= {"schedule": "cosine", "schedule_steps": STEPS}
    return {**drawn, "seed": FIRST_SEED[plan.which] + plan.seed}


def run(plan: Plan) -> Run | None:
    """Train until it has diverged or the plan ends; None where there is no such network."""
    try:
        trainer = Trainer(Experiment().with_settings(**settings(plan)))
    except SettingError:
        return None
    training, lowest, steps = trainer.experiment.training, math.inf, list[LoggedStep]()
    while trainer.step_number < plan.steps:
        factor = plan.slope ** max(trainer.step_number - START + 1, 0)
        if factor > MOST:
            break
        if 1 < factor <= plan.most:
            rate = training.learning_rate * factor
            trainer.change(dataclasses.replace(training, learning_rate=rate))
        steps.append(logged(trainer.trace))
        lowest = min(lowest, trainer.trace.loss)
        trainer.step()
        trace = trainer.nonfinite or trainer.trace
        if trainer.diverged or trace.loss > 10 * lowest:
            return Run(tuple(steps), trace.step)
    return Run(tuple(steps), None)


def logged(trace: Trace) -> LoggedStep:
    """What the warning and the history of the layers read of a step."""
    names = ("update_ratio", "weight_grad_norm")
    arrays = {name: getattr(trace, name) for name in names}
    return LoggedStep(0, 0, trace.step, {"loss": trace.loss}, arrays)


def healthy(which: str) -> Iterator[Plan]:
    """Plans for runs that may not diverge, every fourth with a ramp that ends in time."""
    for seed in itertools.count(50_000):
        index = seed % 4
        most = 10 ** np.random.default_rng(seed).uniform(0.3, 1.0)
        slope = SLOPES[seed // 4 % 4] if index == 0 else 1.0
        yield Plan(which, seed, slope, most, STEPS)


def ramps(which: str, slope: float) -> Iterator[Plan]:
    """Plans for runs that may diverge."""
    for seed in itertools.count(1000 * SLOPES.index(slope)):
        yield Plan(which, seed, slope, math.inf, LONGEST)


def collect(plans: Iterable[Plan], wanted: int, diverge: bool, pool: ProcessPoolExecutor) -> Found:
    """The first so many runs that diverged after START, or that did not at all."""
    kept: list[Run] = []
    left_out = 0
    plans = iter(plans)
    while len(kept) < wanted:
        some = tuple(itertools.islice(plans, 8))
        for each in pool.map(run, some):
            if each is None or len(kept) == wanted:
                continue
            fits = (each.diverged or 0) > START if diverge else each.diverged is None
            kept += [each] if fits else []
            left_out += not fits
    return Found(kept, left_out)


def signs(each: Run) -> tuple[Signs, ...]:
    """What the warning says of each step."""
    warning = EarlyWarning()
    return tuple(warning.read(step) for step in each.steps)


def farthest(each: Run) -> float:
    """How many decades a layer's gradient was from its own running median at most."""
    norms = [step.arrays["weight_grad_norm"] for step in each.steps]
    history = History(len(norms[0]))
    return max(float(np.abs(np.nan_to_num(history.read(norm))).max()) for norm in norms)


def warned(said: tuple[Signs, ...], rise: float, move: float) -> int | None:
    """The first step with a warning, if any."""
    return next((n for n, each in enumerate(said) if each.warns(rise, move)), None)


def leads(runs: list[Run], said: list[tuple[Signs, ...]], rise: float, move: float) -> list[int]:
    """Steps from the first warning to the divergence; 0 without any, or before the ramp began."""
    firsts = (warned(each, rise, move) or 0 for each in said)
    ends = (each.diverged or 0 for each in runs)
    return [end - first if first > START else 0 for first, end in zip(firsts, ends, strict=True)]


def thresholds(said: list[tuple[Signs, ...]]) -> Iterator[tuple[float, float]]:
    """Pairs of thresholds with no more false alarms than are allowed, however they are shared."""
    tops = [
        sorted(np.nanmax([0.0, *(getattr(signs, name) for signs in each)]) for each in said)
        for name in ("rise", "move")
    ]
    for both in range(int(ALLOWED * len(said)) + 1):
        for share in range(both + 1):
            yield tops[0][-1 - share], tops[1][-1 - (both - share)]


def row(name: str, found: list[int]) -> str:
    """Quartiles of the leads, those without a warning as 0."""
    low, middle, high = np.percentile(found, [25, 50, 75])
    without = sum(lead == 0 for lead in found)
    quartiles = f"({low:.0f} to {high:.0f})"
    return f"  {name:<14} {len(found):4d} ramps {middle:5.0f} {quartiles:>11} {without:5d} without"


def main() -> None:
    """Print the table."""
    which = sys.argv[1] if len(sys.argv) > 1 else "judge"
    with ProcessPoolExecutor(2) as pool:
        steep = {x: collect(ramps(which, x), RAMPS, True, pool) for x in SLOPES}
        calm = collect(healthy(which), HEALTHY, False, pool)
    out = sum(each.left_out for each in steep.values())
    every = [run for each in steep.values() for run in each.runs]
    print(
        f"runs to {which}: {len(calm.runs)} healthy, for which {calm.left_out} that diverged were"
        f" left out; {len(every)} ramps, for which {out} that did not, or too early"
    )
    apart = sorted(map(farthest, calm.runs))
    told = sum(each > CHANGED for each in apart)
    print(
        f"a layer from its own running median: {apart[len(apart) // 2]:.2f} decades at most in half"
        f" of the healthy runs, {apart[-1]:.2f} in all; more than {CHANGED:g} in {told}"
    )
    quiet = [signs(run) for run in calm.runs]
    said = {slope: [signs(run) for run in each.runs] for slope, each in steep.items()}
    others = [] if which == "judge" else thresholds(quiet)
    for rise, move in [(RISE, MOVE), *others]:
        false = sum(warned(each, rise, move) is not None for each in quiet)
        print(f"rise > {rise:.3f} or move > {move:.4f}: {false} false alarms", end=" ")
        print(f"({false / len(quiet):.1%}); steps ahead, median (quartiles):")
        found = {x: leads(steep[x].runs, said[x], rise, move) for x in SLOPES}
        for slope in SLOPES:
            print(row(f"x{slope} a step", found[slope]))
        print(row("all", [lead for each in found.values() for lead in each]))


if __name__ == "__main__":
    main()
