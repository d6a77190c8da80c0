"""Two experiments that train side by side: what of them can be compared, and who is ahead."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from enum import Enum

import numpy as np

from engine import Experiment, Trace, Verdict
from engine.catalogue.losses import LOSSES
from engine.data.datasets import Part, Split
from engine.measure.evaluation import Evaluation
from tui.state.axis import Axis
from tui.state.edits import next_of
from tui.state.metrics import METRICS, Metric
from tui.state.notices import Notice, notice
from tui.state.scene import Curves

Pair = tuple[Experiment, Experiment]
"""The pinned experiment and the current one, or the first and the second that are named."""

NAMES = ("A", "B")
"""What the two are called, whatever they are."""

PACES: tuple[float | None, ...] = (1.0, 2.0, 5.0, 10.0, 20.0, 50.0, 100.0, None)
"""Steps a second at most; None for as many as there is time for."""


@dataclass(frozen=True)
class Comparison:
    """What two experiments have in common: `differs` names the settings of their data that differ.

    Only on the same test samples are accuracies compared, and only of the same loss losses.
    """

    same_batches: bool
    same_test: bool
    same_loss: bool
    differs: tuple[str, ...] = ()


def compared(pair: Pair, splits: tuple[Split, Split]) -> Comparison:
    """The comparison of two experiments, by the very samples that they are given."""
    one, other = pair
    same_draws = all(
        getattr(one.data, name) == getattr(other.data, name) for name in ("batch_size", "seed")
    )
    before, after = vars(one.data), vars(other.data)
    return Comparison(
        same_batches=same_draws and _are_same(splits[0].train, splits[1].train),
        same_test=_are_same(splits[0].test, splits[1].test),
        same_loss=one.training.loss == other.training.loss,
        differs=tuple(name for name in before if before[name] != after[name]),
    )


def _are_same(one: Part, other: Part) -> bool:
    """Whether two parts hold the same samples in the same order, with the same values to reach."""
    if one is other:
        return True
    pairs = (one.x, other.x), (one.labels, other.labels), (one.regression, other.regression)
    return all(
        mine is theirs or (mine is not None and theirs is not None and np.array_equal(mine, theirs))
        for mine, theirs in pairs
    )


class Standing(Enum):
    """By what one is ahead, or why nobody is said to be."""

    ACCURACY = "accuracy"
    LOSS = "loss"
    ALONE = "alone"
    BOTH_DIVERGED = "both_diverged"
    NOT_YET = "not_yet"
    OTHER_TEST = "other_test"
    NO_SCORE = "no_score"


@dataclass(frozen=True)
class Lead:
    """Who is ahead: `ahead` is 0 or 1, None where neither is.

    `step` is the newest at which both were held against the test set, with their `values` there.
    """

    standing: Standing
    ahead: int | None = None
    step: int | None = None
    values: tuple[float, float] | None = None

    @property
    def is_tie(self) -> bool:
        """Whether both were measured, and neither is ahead."""
        return self.values is not None and self.ahead is None


def lead(pair: Pair, traces: tuple[Trace, Trace], comparison: Comparison) -> Lead:
    """Who is ahead by the newest test accuracies of one step; of one that diverged the other.

    By the test losses where there are no accuracies and the losses are the same one.
    """
    diverged = [trace.divergence is not None for trace in traces]
    if any(diverged):
        if all(diverged):
            return Lead(Standing.BOTH_DIVERGED)
        return Lead(Standing.ALONE, diverged.index(False))
    if not comparison.same_test:
        return Lead(Standing.OTHER_TEST)
    scored = [_is_scored(experiment) for experiment in pair]
    by_accuracy = all(classifies for classifies, _ in scored)
    by_loss = comparison.same_loss and all(has_loss for _, has_loss in scored)
    if not (by_accuracy or by_loss):
        return Lead(Standing.NO_SCORE)
    found = newest_of_both(traces)
    if found is None:
        return Lead(Standing.NOT_YET)
    one, other = (e.accuracy if by_accuracy else e.loss for e in found)
    if one is None or other is None:
        return Lead(Standing.NO_SCORE)
    # a loss that is no number is as bad as can be
    worth = [
        value if by_accuracy else -math.inf if math.isnan(value) else -value
        for value in (one, other)
    ]
    ahead = None if worth[0] == worth[1] else int(worth[1] > worth[0])
    standing = Standing.ACCURACY if by_accuracy else Standing.LOSS
    return Lead(standing, ahead, found[0].step, (one, other))


def _is_scored(experiment: Experiment) -> tuple[bool, bool]:
    """Whether a test set tells an accuracy, and a loss."""
    entry, share = LOSSES[experiment.training.loss], experiment.data.test_fraction
    is_tested = experiment.source.training_samples(share) < experiment.source.samples
    return is_tested and entry.classifies, is_tested and entry.uses_data


def newest_of_both(traces: tuple[Trace, Trace]) -> tuple[Evaluation, Evaluation] | None:
    """The evaluations of the newest step, after the first, at which both have one."""
    each = [{e.step: e for e in evaluations_of(trace)} for trace in traces]
    common = each[0].keys() & each[1].keys() - {0}
    if not common:
        return None
    newest = max(common)
    return each[0][newest], each[1][newest]


def evaluations_of(trace: Trace) -> tuple[Evaluation, ...]:
    """Those of fixed steps, and the one of this very step if it was asked for."""
    if trace.test_loss is None and trace.test_accuracy is None:
        return trace.evaluations
    return (*trace.evaluations, Evaluation(trace.step, trace.test_loss, trace.test_accuracy))


@dataclass(frozen=True)
class RaceState:
    """How one looks at a race: the cursor's layer, a metric, at most so many steps a second."""

    pair: Pair
    cursor: int = 1
    metric: str = "g"
    pace: float | None = None
    notices: tuple[Notice, ...] = ()

    @property
    def depth(self) -> int:
        """Of the deeper one: the cursor goes over the layers of both."""
        return max(experiment.network.depth for experiment in self.pair)

    def saying(self, *notices: Notice) -> RaceState:
        """The same with something else to say."""
        return replace(self, notices=notices)

    def moved(self, layer: int) -> RaceState:
        """The cursor on that layer, or the nearest that one of them has."""
        return replace(self, cursor=min(max(layer, 1), self.depth), notices=())

    def faster(self, step: int) -> RaceState:
        """The next pace up or down."""
        index = min(max(PACES.index(self.pace) + step, 0), len(PACES) - 1)
        said = notice("race_pace", pace=PACES[index])
        return replace(self, pace=PACES[index], notices=(said,))

    def with_next_metric(self) -> RaceState:
        """The next metric in the ring."""
        metric = next_of(list(METRICS), self.metric)
        return replace(self, metric=metric, notices=(notice("metric", metric=metric),))


@dataclass(frozen=True)
class Shown:
    """What two runs have come to at one `step`: frozen values, the first and the second.

    One that diverged stands at its last finite pass.
    """

    step: int
    traces: tuple[Trace, Trace]
    verdicts: tuple[Verdict, Verdict]
    comparison: Comparison
    lead: Lead


@dataclass(frozen=True)
class RaceScene:
    """All that is shown of a race; `shown` is None until both networks are made.

    `axis` is that of both, None where neither has anything to measure. `curves` are a little older
    than what is shown, and None where nobody has followed the steps.
    """

    state: RaceState
    shown: Shown | None = None
    playing: bool = False
    steps_per_second: float = 0.0
    axis: Axis | None = None
    axis_is_loose: bool = False
    curves: tuple[Curves, Curves] | None = None

    @property
    def metric(self) -> Metric:
        """What the bars show."""
        return METRICS[self.state.metric]
