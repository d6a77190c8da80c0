"""What the early warning is worth: false alarms in healthy runs, and steps ahead of a divergence.

python -m tests.benchmarks.early_warning [fix]

A run has diverged at the first loss that is not finite or 10 times its running minimum; healthy is
one that never does, whatever its learning rate: a quarter of them has it ramped too, up to 2 to 10
times, and held there. A warning in any of these is a false alarm. In a ramp the learning rate is
multiplied by the slope at each step from step 100 on, until the run has diverged. `fix` shows which
thresholds are just high enough for its runs, which are others: other networks, seeds, optimisers.
"""

import dataclasses
import math
import sys
from collections.abc import Iterator, Mapping
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
        "depth": (3, 5, 8),
        "width": (24, 48),
        "norm": ("none", "layer"),
        "residual": ("none", "post_activation"),
        "optimizer": ("sgd", "adam"),
        "batch_size": (48, 96, 192),
        "loss": ("cross_entropy", "mse"),
    },
    "judge": {
        "activation": ("relu", "elu", "mish"),
        "depth": (2, 4, 6, 10),
        "width": (32, 40),
        "norm": ("none", "batch", "rms"),
        "residual": ("none", "post_activation"),
        "optimizer": ("sgd", "adam", "rmsprop"),
        "batch_size": (64, 128),
        "loss": ("cross_entropy", "mse"),
    },
}
FIRST_SEED = {"fix": 0, "judge": 100_000}
RATES = {"sgd": (0.003, 0.3), "adam": (0.0003, 0.03), "rmsprop": (0.0003, 0.03)}

SLOPES = (1.01, 1.03, 1.1, 1.2)
START = 100
"""The step at which a ramp begins."""

HEALTHY, RAMPS = 300, 25
"""Runs, and runs a slope."""

STEPS, LONGEST = 400, 900
"""Of a healthy run, and of a ramp at most."""

ALLOWED = 0.01
"""False alarms, as a share of the healthy runs."""


class Run(NamedTuple):
    """The signs at each step, and the step at which it diverged, if it did.

    `changed` is how many decades a layer's gradient was from its own running median at most.
    """

    signs: tuple[Signs, ...]
    diverged: int | None
    changed: float


def settings(which: str, kind: str, seed: int) -> dict[str, Any]:
    """A random network and how it is trained."""
    rng = np.random.default_rng([FIRST_SEED[which], ("held", "ramped").index(kind), seed])
    drawn = {name: values[rng.integers(len(values))] for name, values in SETTINGS[which].items()}
    low, high = RATES[drawn["optimizer"]]
    # a ramp starts from the lower half
    top = high if kind == "held" else math.sqrt(low * high)
    drawn["learning_rate"] = float(10 ** rng.uniform(math.log10(low), math.log10(top)))
    drawn["init"] = "xavier_normal" if drawn["activation"] == "tanh" else "he_normal"
    if kind == "held":
        drawn["warmup"] = int(rng.choice([0, 0, 50, 150]))
        if rng.random() < 1 / 3:
            drawn |= {"schedule": "cosine", "schedule_steps": STEPS}
    return {**drawn, "seed": FIRST_SEED[which] + seed}


def run(which: str, kind: str, seed: int, slope: float, most: float, steps: int) -> Run | None:
    """Train, the learning rate times `slope` a step up to `most` times; None where it cannot be."""
    try:
        trainer = Trainer(Experiment().with_settings(**settings(which, kind, seed)))
    except SettingError:
        return None
    warning, lowest = EarlyWarning(), math.inf
    history, changed = History(trainer.trace.depth), 0.0
    signs = [warning.read(logged(trainer.trace))]
    training = trainer.experiment.training
    while trainer.step_number < steps and trainer.diverged is None:
        factor = slope ** (trainer.step_number - START + 1)
        if 1 < factor <= most and training.learning_rate * factor < 1e6:
            rate = training.learning_rate * factor
            trainer.change(dataclasses.replace(training, learning_rate=rate))
        lowest = min(lowest, trainer.trace.loss)
        apart = history.read(trainer.trace.weight_grad_norm)
        changed = float(np.nanmax([changed, *np.abs(apart)]))
        trainer.step()
        trace = trainer.nonfinite or trainer.trace
        if not math.isfinite(trace.loss) or trace.loss > 10 * lowest:
            return Run(tuple(signs), trace.step, changed)
        signs.append(warning.read(logged(trace)))
    return Run(tuple(signs), trainer.step_number if trainer.diverged else None, changed)


def logged(trace: Trace) -> LoggedStep:
    """What the warning reads of a step."""
    return LoggedStep(0, 0, trace.step, {"loss": trace.loss}, {"update_ratio": trace.update_ratio})


def healthy(which: str, pool: ProcessPoolExecutor) -> list[Run]:
    """Runs that did not diverge, a quarter of them with a ramp that ends in time."""
    found: list[Run] = []
    for seed in range(0, 10 * HEALTHY, 40):
        tasks = []
        for each in range(seed, seed + 40):
            most = 10 ** np.random.default_rng(each).uniform(0.3, 1.0) if each % 4 == 0 else 1.0
            kind = "ramped" if each % 4 == 0 else "held"
            slope = SLOPES[each // 4 % 4]
            tasks.append(pool.submit(run, which, kind, 50_000 + each, slope, most, STEPS))
        done = [task.result() for task in tasks]
        found += [each for each in done if each is not None and each.diverged is None]
        if len(found) >= HEALTHY:
            break
    return found[:HEALTHY]


def ramps(which: str, slope: float, pool: ProcessPoolExecutor) -> list[Run]:
    """Runs that diverged after their ramp began."""
    found: list[Run] = []
    for seed in range(0, 10 * RAMPS, 10):
        place = 1000 * SLOPES.index(slope)
        seeds = range(place + seed, place + seed + 10)
        tasks = [pool.submit(run, which, "ramped", s, slope, math.inf, LONGEST) for s in seeds]
        done = [task.result() for task in tasks]
        found += [
            r for r in done if r is not None and r.diverged is not None and r.diverged > START
        ]
        if len(found) >= RAMPS:
            break
    return found[:RAMPS]


def leads(runs: list[Run], rise: float = RISE, move: float = MOVE) -> list[int]:
    """Steps from the first warning after the ramp began to the divergence; 0 without any."""
    found = []
    for each in runs:
        warned = (n for n, s in enumerate(each.signs) if n > START and s.warns(rise, move))
        first = next(warned, each.diverged)
        found.append((each.diverged or 0) - (first or 0))
    return found


def alarms(runs: list[Run], rise: float = RISE, move: float = MOVE) -> int:
    """How many runs have a warning."""
    return sum(any(signs.warns(rise, move) for signs in each.signs) for each in runs)


def thresholds(runs: list[Run]) -> Iterator[tuple[float, float]]:
    """Pairs of thresholds with no more false alarms than are allowed, however they are shared."""
    tops = [
        sorted(np.nanmax([0.0, *(getattr(signs, name) for signs in each.signs)]) for each in runs)
        for name in ("rise", "move")
    ]
    most = int(ALLOWED * len(runs))
    for share in range(most + 1):
        yield tops[0][-1 - share], tops[1][-1 - (most - share)]


def row(name: str, found: list[int]) -> str:
    """Quartiles of the leads, those without a warning as 0."""
    low, middle, high = np.percentile(found, [25, 50, 75])
    without = sum(lead == 0 for lead in found)
    quartiles = f"({low:.0f} to {high:.0f})"
    return f"  {name:<14} {len(found):4d} ramps {middle:5.0f} {quartiles:>11} {without:5d} without"


def main() -> None:
    """Print the table."""
    which = "fix" if sys.argv[1:] == ["fix"] else "judge"
    with ProcessPoolExecutor(2) as pool:
        calm = healthy(which, pool)
        steep = {slope: ramps(which, slope, pool) for slope in SLOPES}
    every = [each for runs in steep.values() for each in runs]
    print(
        f"runs to {which}: {len(calm)} healthy, {len(every)} ramps; steps ahead: median (quartiles)"
    )
    apart = sorted(each.changed for each in calm)
    told = sum(each > CHANGED for each in apart)
    quantile = apart[int(0.99 * len(apart))]
    print(
        f"from a layer's own running median: {quantile:.2f} decades at most in 99 % of the healthy"
        f" runs, {apart[-1]:.2f} in all; more than {CHANGED:g} in {told}"
    )
    choices = thresholds(calm) if which == "fix" else iter([(RISE, MOVE)])
    for rise, move in choices:
        false = alarms(calm, rise, move)
        print(f"rise > {rise:.2f} or move > {move:.4f}: {false} false ({false / len(calm):.1%})")
        for slope, runs in steep.items():
            print(row(f"x{slope} a step", leads(runs, rise, move)))
        print(row("all", leads(every, rise, move)))
        print(row("loss alone", leads(every, rise, math.inf)))
        print(row("moves alone", leads(every, math.inf, move)))


if __name__ == "__main__":
    main()
