"""The one value that decides every number: a network, its data and its training.

Besides, how one becomes another, and the data that it draws.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from engine.data.datasets import Batch, Dataset, Split, batch, load
from engine.experiment.domains import Value
from engine.experiment.rules import RULES, check_rules
from engine.experiment.sections import DOMAINS, SECTIONS, UNREAD, Sections
from engine.numerics.errors import SettingError


@dataclass(frozen=True)
class Experiment(Sections):
    """A network, its data and its training; every number follows from it.

    Raises SettingError for a value outside its domain or a combination barred by the rules.
    """

    def __post_init__(self) -> None:
        super().__post_init__()
        check_rules(self)

    @property
    def features(self) -> int:
        """Width of the input h_0."""
        return self.source.features or self.data.input_dim or self.network.width

    @property
    def outputs(self) -> int:
        """Width of the read-out."""
        return self.source.outputs

    def with_settings(self, **changes: Value) -> Experiment:
        """Another experiment, with those settings changed; a file that is named is read again."""
        source = UNREAD if "dataset" in changes else self.source
        return experiment_from({**self.settings(), **changes}, source)


def experiment_from(settings: Mapping[str, object], source: Dataset = UNREAD) -> Experiment:
    """The experiment of those settings, by flat name, the defaults elsewhere.

    Its data are read, unless their `source` is known.
    """
    for name in settings:
        if name not in DOMAINS:
            raise SettingError("unknown_setting", setting=name, allowed=tuple(DOMAINS))
    sections: dict[str, Any] = {}
    for key, section in SECTIONS.items():
        own = {item.name for item in dataclasses.fields(section)}  # type: ignore[arg-type]
        sections[key] = section(**{name: settings[name] for name in own & settings.keys()})
    return Experiment(**sections, source=source)


DEFAULTS = Experiment().settings()


def adapted(experiment: Experiment, **settings: Value) -> tuple[Experiment, tuple[str, ...]]:
    """Those settings changed, and the names of the leftovers put back to their defaults for it.

    Raises SettingError where the new values are themselves the trouble.
    """
    wanted = dict(settings)
    reset: list[str] = []
    while True:
        try:
            return experiment.with_settings(**wanted), tuple(reset)
        except SettingError as error:
            rule = next((r for r in RULES if r.code == error.code and r.leftover), None)
            if rule is None or rule.setting in (*settings, *reset):
                raise
            wanted[rule.setting] = DEFAULTS[rule.setting]
            reset.append(rule.setting)


def load_data(experiment: Experiment) -> Split:
    """The experiment's dataset, split and standardised."""
    data = experiment.data
    return load(experiment.source, experiment.features, data.noise, data.test_fraction, data.seed)


def batch_at(experiment: Experiment, split: Split, step: int) -> Batch:
    """The batch that a step of the experiment sees."""
    return batch(split, experiment.data.batch_size, experiment.data.seed, step)
