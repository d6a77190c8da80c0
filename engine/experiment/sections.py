"""The settings of a network, of its data and of its training, each with its default and domain.

Each field's metadata holds its domain, so that flags, settings list and files are made from here.
"""

import dataclasses
from dataclasses import dataclass, field
from typing import Any

from engine.catalogue.activations import ACTIVATIONS, Activation, activation
from engine.catalogue.initializers import INITIALIZERS
from engine.catalogue.losses import LOSSES
from engine.catalogue.normalizations import NORM_NAMES, NORM_POSITIONS
from engine.catalogue.optimizers import OPTIMIZERS
from engine.catalogue.schedules import SCHEDULES
from engine.catalogue.wirings import RESIDUAL_SCALES, WIRINGS
from engine.data.datasets import DATASETS, Dataset, dataset
from engine.data.files import SUFFIXES
from engine.experiment.domains import Choice, Domain, NameOrFile, Real, Value, Whole


def _setting(default: Value, domain: Domain) -> Any:
    return field(default=default, metadata={"domain": domain})


class _Section:
    """Checks every field against its domain on construction."""

    def __post_init__(self) -> None:
        for item in dataclasses.fields(self):  # type: ignore[arg-type]
            value = item.metadata["domain"].check(item.name, getattr(self, item.name))
            object.__setattr__(self, item.name, value)


@dataclass(frozen=True)
class Network(_Section):
    """The architecture and its initial weights."""

    activation: str = _setting("sigmoid", Choice(tuple(ACTIVATIONS)))
    negative_slope: float = _setting(0.01, Real(0.0, 1.0))
    depth: int = _setting(20, Whole(1, 1000))
    width: int = _setting(64, Whole(1, 2048))
    init: str = _setting("xavier_normal", Choice(tuple(INITIALIZERS)))
    gain: float = _setting(1.0, Real(0.0, 1e6))
    bias_std: float = _setting(0.0, Real(0.0, 1e6))
    residual: str = _setting("none", Choice(tuple(WIRINGS)))
    residual_scale: str = _setting("one", Choice(tuple(RESIDUAL_SCALES)))
    norm: str = _setting("none", Choice(NORM_NAMES))
    norm_position: str = _setting("pre", Choice(NORM_POSITIONS))
    dtype: str = _setting("float64", Choice(("float64", "float32")))

    @property
    def phi(self) -> Activation:
        """The catalogue's entry of the activation, with this negative slope."""
        return activation(self.activation, self.negative_slope)


@dataclass(frozen=True)
class Data(_Section):
    """The samples, and the seed of everything that is drawn."""

    dataset: str = _setting("digits", NameOrFile(tuple(DATASETS), SUFFIXES))
    input_dim: int = _setting(0, Whole(0, 2048))
    """Features of a dataset that leaves them open; 0 means as many as the network is wide."""
    noise: float = _setting(0.0, Real(0.0, 100.0))
    test_fraction: float = _setting(0.2, Real(0.0, 0.9))
    batch_size: int = _setting(128, Whole(1, 100_000))
    seed: int = _setting(0, Whole(0, 2**63 - 1))


@dataclass(frozen=True)
class Training(_Section):
    """The loss and how the weights move."""

    loss: str = _setting("cross_entropy", Choice(tuple(LOSSES)))
    optimizer: str = _setting("sgd", Choice(tuple(OPTIMIZERS)))
    learning_rate: float = _setting(0.1, Real(0.0, 1e6))
    momentum: float = _setting(0.9, Real(0.0, 1.0))
    weight_decay: float = _setting(0.0, Real(0.0, 1e6))
    schedule: str = _setting("constant", Choice(tuple(SCHEDULES)))
    schedule_steps: int = _setting(1000, Whole(1, 1_000_000))
    """The step, warm-up included, at which a schedule that ends has ended."""
    warmup: int = _setting(0, Whole(0, 1_000_000))
    clip_value: float = _setting(0.0, Real(0.0, 1e6))
    """Bound of each gradient element; 0 is none. The norm is clipped after it."""
    clip_norm: float = _setting(0.0, Real(0.0, 1e6))
    """Bound of the norm of the whole gradient; 0 is none."""


UNREAD = dataclasses.replace(DATASETS["digits"], name="")
"""Stands where the dataset is still to be read."""


@dataclass(frozen=True)
class Sections:
    """A network, its data and its training, each valid by itself."""

    network: Network = field(default_factory=Network)
    data: Data = field(default_factory=Data)
    training: Training = field(default_factory=Training)
    source: Dataset = field(default=UNREAD, repr=False)
    """The dataset of that name; a file's as it was read when it was named, whatever becomes of it.

    Raises SettingError if it cannot be read.
    """

    def __post_init__(self) -> None:
        if self.source.name != self.data.dataset:
            object.__setattr__(self, "source", dataset(self.data.dataset))

    def settings(self) -> dict[str, Value]:
        """Every setting by its name, flat, in the order of the sections."""
        return {**vars(self.network), **vars(self.data), **vars(self.training)}

    def tables(self) -> dict[str, dict[str, Value]]:
        """Every setting by its section and its name."""
        return {section: dict(vars(getattr(self, section))) for section in SECTIONS}


SECTIONS: dict[str, type[_Section]] = {"network": Network, "data": Data, "training": Training}

DOMAINS: dict[str, Domain] = {
    item.name: item.metadata["domain"]
    for section in SECTIONS.values()
    for item in dataclasses.fields(section)  # type: ignore[arg-type]
}
"""Every setting's domain by its name, in the order of the sections."""
