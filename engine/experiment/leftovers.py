"""Changing settings one at a time, where a change can leave another setting without a meaning."""

from __future__ import annotations

from engine.experiment.domains import Value
from engine.experiment.experiment import Experiment
from engine.experiment.rules import RULES
from engine.numerics.errors import SettingError

DEFAULTS = Experiment().settings()


def adapted(experiment: Experiment, **settings: Value) -> tuple[Experiment, tuple[str, ...]]:
    """Those settings changed, and the names of the leftovers put back to their defaults for it.

    Raises SettingError where the new values are themselves the trouble.
    """
    wanted = {**experiment.settings(), **settings}
    reset: list[str] = []
    for _ in RULES:
        try:
            # the settings are valid one by one; only a rule can object here
            return experiment.with_settings(**wanted), tuple(reset)
        except SettingError as error:
            rule = next((r for r in RULES if r.code == error.code), None)
            if rule is None or not rule.leftover or rule.setting in settings:
                raise
            wanted[rule.setting] = DEFAULTS[rule.setting]
            reset.append(rule.setting)
    return experiment.with_settings(**wanted), tuple(reset)
