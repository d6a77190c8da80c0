"""Which combinations of settings make no sense, and why: the one place where they are barred.

Each rule blames one setting. Where that setting is merely left over from something switched off
(`leftover`), an editor may put it back to its default instead of refusing the change.
"""

from collections.abc import Callable
from dataclasses import dataclass

from engine.catalogue.activations import ACTIVATIONS
from engine.catalogue.criticality import has_critical_point, least_critical_weight_variance
from engine.catalogue.initializers import INITIALIZERS
from engine.catalogue.normalizations import NORMALIZATIONS
from engine.catalogue.optimizers import OPTIMIZERS
from engine.catalogue.schedules import SCHEDULES
from engine.catalogue.wirings import WIRINGS
from engine.experiment.sections import Network, Sections, Training
from engine.numerics.errors import SettingError


@dataclass(frozen=True)
class Rule:
    """A combination that is an error: its code, the setting blamed and the test for it.

    `details` are what the error tells besides the setting's name and value.
    """

    code: str
    setting: str
    broken: Callable[[Sections], bool]
    leftover: bool = False
    details: Callable[[Sections], dict[str, object]] = lambda e: {}


def _training_samples(e: Sections) -> int:
    return e.source.training_samples(e.data.test_fraction)


def _least(e: Sections) -> tuple[int, int]:
    """The least batch and the least width that the norm can do with."""
    entry = NORMALIZATIONS.get(e.network.norm)
    return (entry.least_batch, entry.least_width) if entry else (1, 1)


RULES: tuple[Rule, ...] = (
    Rule(
        "scale_without_skip",
        "residual_scale",
        lambda e: (
            e.network.residual_scale != Network.residual_scale
            and not WIRINGS[e.network.residual].has_skip
        ),
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
    Rule(
        "init_sets_gain",
        "gain",
        lambda e: e.network.gain != 1 and INITIALIZERS[e.network.init].own_scale,
        leftover=True,
        details=lambda e: {"init": e.network.init},
    ),
    Rule(
        "init_sets_bias",
        "bias_std",
        lambda e: e.network.bias_std != 0 and INITIALIZERS[e.network.init].own_scale,
        leftover=True,
        details=lambda e: {"init": e.network.init},
    ),
    Rule(
        "no_critical_point",
        "init",
        lambda e: (
            INITIALIZERS[e.network.init].needs_critical_point
            and not has_critical_point(e.network.phi)
        ),
        details=lambda e: {
            "activation": e.network.activation,
            "least": least_critical_weight_variance(e.network.phi),
            "allowed": tuple(n for n, entry in ACTIVATIONS.items() if has_critical_point(entry)),
        },
    ),
    Rule(
        "batch_norm_of_one",
        "batch_size",
        lambda e: e.data.batch_size < _least(e)[0],
        details=lambda e: {"norm": e.network.norm, "low": _least(e)[0]},
    ),
    Rule(
        "layer_norm_of_one",
        "width",
        lambda e: e.network.width < _least(e)[1],
        details=lambda e: {"norm": e.network.norm, "low": _least(e)[1]},
    ),
    Rule(
        "input_dim_is_fixed",
        "input_dim",
        lambda e: e.data.input_dim != 0 and e.source.features != 0,
        leftover=True,
        details=lambda e: {"dataset": e.data.dataset, "features": e.source.features},
    ),
    Rule(
        "batch_exceeds_data",
        "batch_size",
        lambda e: e.data.batch_size > _training_samples(e),
        details=lambda e: {"dataset": e.data.dataset, "high": _training_samples(e)},
    ),
    Rule(
        "momentum_without_use",
        "momentum",
        lambda e: (
            e.training.momentum != Training.momentum
            and not OPTIMIZERS[e.training.optimizer].uses_momentum
        ),
        leftover=True,
        details=lambda e: {
            "optimizer": e.training.optimizer,
            "default": Training.momentum,
            "allowed": tuple(n for n, entry in OPTIMIZERS.items() if entry.uses_momentum),
        },
    ),
    Rule(
        "length_without_end",
        "schedule_steps",
        lambda e: (
            e.training.schedule_steps != Training.schedule_steps
            and not SCHEDULES[e.training.schedule].ends
        ),
        leftover=True,
        details=lambda e: {"schedule": e.training.schedule, "default": Training.schedule_steps},
    ),
    Rule(
        "warmup_exceeds_schedule",
        "warmup",
        lambda e: (
            SCHEDULES[e.training.schedule].ends and e.training.warmup >= e.training.schedule_steps
        ),
        details=lambda e: {"schedule": e.training.schedule, "high": e.training.schedule_steps - 1},
    ),
)


def check_rules(sections: Sections) -> None:
    """Raise SettingError for the first rule that is broken."""
    for rule in RULES:
        if rule.broken(sections):
            value = sections.settings()[rule.setting]
            details = rule.details(sections)
            raise SettingError(rule.code, setting=rule.setting, value=value, **details)
