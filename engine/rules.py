"""Which combinations of settings make no sense, and why: the one place where they are barred.

Each rule blames one setting. Where that setting is merely left over from something switched off
(`leftover`), an editor may put it back to its default instead of refusing the change.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from engine.datasets import DATASETS
from engine.errors import SettingError
from engine.wiring import WIRINGS

if TYPE_CHECKING:
    from engine.experiment import Experiment


@dataclass(frozen=True)
class Rule:
    """A combination that is an error: its code, the setting blamed and the test for it."""

    code: str
    setting: str
    broken: Callable[[Experiment], bool]
    leftover: bool = False
    details: Callable[[Experiment], dict[str, object]] = lambda experiment: {}


def _training_samples(experiment: Experiment) -> int:
    data = experiment.data
    return DATASETS[data.dataset].training_samples(data.test_fraction)


RULES: tuple[Rule, ...] = (
    Rule(
        "scale_without_skip",
        "residual_scale",
        lambda e: e.network.residual_scale != "one" and not WIRINGS[e.network.residual].has_skip,
        leftover=True,
    ),
    Rule(
        "position_without_norm",
        "norm_position",
        lambda e: e.network.norm_position == "post" and e.network.norm == "none",
        leftover=True,
    ),
    Rule(
        "post_norm_with_skip",
        "norm_position",
        lambda e: e.network.norm_position not in WIRINGS[e.network.residual].orders,
        leftover=True,
    ),
    # the variance of a single sample is 0, so every output would be 0
    Rule(
        "batch_norm_of_one",
        "batch_size",
        lambda e: e.network.norm == "batch" and e.data.batch_size < 2,
    ),
    Rule(
        "input_dim_is_fixed",
        "input_dim",
        lambda e: e.data.input_dim != 0 and DATASETS[e.data.dataset].features != 0,
        leftover=True,
        details=lambda e: {
            "dataset": e.data.dataset,
            "features": DATASETS[e.data.dataset].features,
        },
    ),
    Rule(
        "batch_exceeds_data",
        "batch_size",
        lambda e: e.data.batch_size > _training_samples(e),
        details=lambda e: {
            "value": e.data.batch_size,
            "high": _training_samples(e),
            "dataset": e.data.dataset,
        },
    ),
)


def check_rules(experiment: Experiment) -> None:
    """Raise SettingError for the first rule that is broken."""
    for rule in RULES:
        if rule.broken(experiment):
            raise SettingError(rule.code, setting=rule.setting, **rule.details(experiment))
