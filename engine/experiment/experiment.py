"""The one value that decides every number: a network, its data and its training."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from engine.data.datasets import dataset
from engine.experiment.domains import Value
from engine.experiment.rules import Sections, check_rules
from engine.experiment.sections import DOMAINS, SECTIONS, Data, Network, Training
from engine.numerics.errors import SettingError


@dataclass(frozen=True)
class Experiment:
    """A network, its data and its training; every number follows from it.

    Raises SettingError for a value outside its domain or a combination barred by the rules.
    """

    network: Network = field(default_factory=Network)
    data: Data = field(default_factory=Data)
    training: Training = field(default_factory=Training)

    def __post_init__(self) -> None:
        check_rules(Sections(self.network, self.data, self.training))

    @property
    def features(self) -> int:
        """Width of the input h_0."""
        return dataset(self.data.dataset).features or self.data.input_dim or self.network.width

    @property
    def outputs(self) -> int:
        """Width of the read-out."""
        return dataset(self.data.dataset).outputs

    def settings(self) -> dict[str, Value]:
        """Every setting by its name, flat, in the order of the sections."""
        return {
            name: value
            for section in dataclasses.asdict(self).values()
            for name, value in section.items()
        }

    def with_settings(self, **changes: Value) -> Experiment:
        """Another experiment, with those settings changed."""
        return experiment_from({**self.settings(), **changes})


def experiment_from(settings: Mapping[str, object]) -> Experiment:
    """The experiment of those settings, by flat name, the defaults elsewhere."""
    for name in settings:
        if name not in DOMAINS:
            raise SettingError("unknown_setting", setting=name, allowed=tuple(DOMAINS))
    sections: dict[str, Any] = {}
    for key, section in SECTIONS.items():
        names = {item.name for item in dataclasses.fields(section)}  # type: ignore[arg-type]
        sections[key] = section(
            **{name: value for name, value in settings.items() if name in names}
        )
    return Experiment(**sections)
