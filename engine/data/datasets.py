"""The datasets, as a table, and how they are split, standardised and cut into batches."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from importlib import resources
from pathlib import Path

import numpy as np

from engine.catalogue.losses import Targets
from engine.catalogue.table import table
from engine.data.bounds import MAX_BYTES, unusable
from engine.data.files import Contents, parse
from engine.data.foreign_files import read_bytes
from engine.numerics.arrays import Doubles, Labels, Reals, frozen
from engine.numerics.random_streams import Purpose, stream
from engine.numerics.recent import Recent


@dataclass(frozen=True)
class Dataset:
    """One dataset: `make(random, features)` returns x (samples, features) and labels (samples,).

    `features` is 0 where the reader chooses it with input_dim. `regression` datasets have targets
    N(0, 1) for mse; the others have one-hot ones.
    """

    name: str
    samples: int
    features: int
    outputs: int
    make: Callable[[np.random.Generator, int], tuple[Reals, Labels]]
    regression: bool = False

    def training_samples(self, test_fraction: float) -> int:
        """How many samples the training set holds: one at least."""
        return max(1, self.samples - round(self.samples * test_fraction))


@dataclass(frozen=True)
class Part:
    """The training or the test set: standardised x, labels and any regression values, by row."""

    x: Doubles
    labels: Labels
    outputs: int
    regression: Doubles | None = None

    def take(self, rows: Labels) -> Part:
        """The part made of those rows."""
        own = None if self.regression is None else frozen(self.regression[rows])
        return Part(frozen(self.x[rows]), frozen(self.labels[rows]), self.outputs, own)

    def one_hot(self) -> Doubles:
        """The labels (samples, outputs), made anew: of all samples they may be large."""
        rows = np.zeros((len(self.labels), self.outputs))
        rows[np.arange(len(self.labels)), self.labels] = 1.0
        return frozen(rows)

    def values(self) -> Doubles:
        """What a regression is to reach: values of the data, else the one-hot labels."""
        return self.one_hot() if self.regression is None else self.regression


@dataclass(frozen=True)
class Split:
    """A dataset ready for use; `mean` and `scale` (features,) lead back to the numbers as given."""

    train: Part
    test: Part
    mean: Doubles
    scale: Doubles

    def as_given(self, x: Doubles) -> Doubles:
        """Standardised inputs (samples, features) in the dataset's own units."""
        return np.asarray(x * self.scale + self.mean)


def _digits(random: np.random.Generator, features: int) -> tuple[Doubles, Labels]:
    with resources.files("engine.data").joinpath("digits.npz").open("rb") as file:
        stored = np.load(file)
        return stored["x"].astype(np.float64), stored["labels"].astype(np.int64)


def _spiral(random: np.random.Generator, features: int) -> tuple[Doubles, Labels]:
    labels = np.arange(1000) % 2
    radius = random.uniform(0.0, 1.0, 1000)
    angle = 4 * np.pi * radius + np.pi * labels
    return np.stack((radius * np.cos(angle), radius * np.sin(angle)), axis=1), labels


def _circle(random: np.random.Generator, features: int) -> tuple[Doubles, Labels]:
    labels = np.arange(1000) % 2
    # a disc inside a ring, with a gap between them
    radius = np.sqrt(random.uniform(0.0, 0.25, 1000) + labels * 0.75)
    angle = random.uniform(0.0, 2 * np.pi, 1000)
    return np.stack((radius * np.cos(angle), radius * np.sin(angle)), axis=1), labels


def _xor(random: np.random.Generator, features: int) -> tuple[Doubles, Labels]:
    x = random.uniform(-1.0, 1.0, (1000, 2))
    return x, (x[:, 0] * x[:, 1] > 0).astype(np.int64)


def _gauss(random: np.random.Generator, features: int) -> tuple[Doubles, Labels]:
    labels = np.arange(1000) % 2
    centre = np.where(labels, 1.0, -1.0)[:, None]
    return centre + 0.5 * random.standard_normal((1000, 2)), labels


def _moons(random: np.random.Generator, features: int) -> tuple[Doubles, Labels]:
    labels = np.arange(1000) % 2
    angle = np.pi * random.uniform(0.0, 1.0, 1000)
    side = np.where(labels, -1.0, 1.0)
    x = side * np.cos(angle) + labels
    y = side * np.sin(angle) + 0.5 * labels
    return np.stack((x, y), axis=1), labels


def _gaussian(random: np.random.Generator, features: int) -> tuple[Doubles, Labels]:
    return random.standard_normal((2000, features)), random.integers(0, 10, 2000)


DATASETS = table(
    Dataset("digits", 1797, 64, 10, _digits),
    Dataset("circle", 1000, 2, 2, _circle),
    Dataset("xor", 1000, 2, 2, _xor),
    Dataset("gauss", 1000, 2, 2, _gauss),
    Dataset("moons", 1000, 2, 2, _moons),
    Dataset("spiral", 1000, 2, 2, _spiral),
    Dataset("gaussian", 2000, 0, 10, _gaussian, regression=True),
)


@dataclass(frozen=True)
class _File:
    """What a file held when it was read, by its digest."""

    path: str
    digest: bytes

    def __call__(self, random: np.random.Generator, features: int) -> tuple[Reals, Labels]:
        x, labels, _ = _FILES.get(self, self._read_again)
        return x, labels

    def _read_again(self) -> Contents:
        file, content = _read(self.path)
        if file != self:
            raise unusable("file_changed", Path(self.path))
        return parse(Path(self.path), content)


RECENT_BYTES = 8 * 2**20
"""What is kept of datasets that were read, and of those that were split, besides the last."""

_FILES = Recent[Contents](RECENT_BYTES, lambda contents: contents[0].nbytes + contents[1].nbytes)


def _read(name: str) -> tuple[_File, bytes]:
    content = read_bytes(Path(name), MAX_BYTES)
    return _File(name, sha256(content).digest()), content


def dataset(name: str) -> Dataset:
    """The catalogue's entry of that name, or one made from a file; raises SettingError."""
    if name in DATASETS:
        return DATASETS[name]
    file, content = _read(name)
    x, _, classes = _FILES.get(file, lambda: parse(Path(name), content))
    return Dataset(name, len(x), x.shape[1], classes, file)


def _bytes(split: Split) -> int:
    parts = (split.train, split.test)
    arrays = [array for part in parts for array in (part.x, part.labels, part.regression)]
    return sum(array.nbytes for array in arrays if array is not None)


_SPLITS = Recent[Split](RECENT_BYTES, _bytes)


def load(entry: Dataset, features: int, noise: float, test_fraction: float, seed: int) -> Split:
    """The dataset split and standardised by its training set; raises SettingError.

    `noise` adds N(0, noise^2) to every feature, in units of that feature's standard deviation;
    each sample's noise and place in the split depend on the seed alone.
    """
    key = (entry, features, noise, test_fraction, seed)
    return _SPLITS.get(key, lambda: _split(*key))


def _split(entry: Dataset, features: int, noise: float, test_fraction: float, seed: int) -> Split:
    x, labels = entry.make(stream(seed, Purpose.DATA), features)
    if noise:
        drawn = stream(seed, Purpose.NOISE).standard_normal(x.shape)
        drawn *= noise * _deviations(x)
        drawn += x
        x = drawn
    values = None
    if entry.regression:
        values = stream(seed, Purpose.TARGET).standard_normal((len(x), entry.outputs))
    order = stream(seed, Purpose.SPLIT).permutation(len(x))
    cut = entry.training_samples(test_fraction)
    rows = order[:cut], order[cut:]
    # the data may be large: each part is one copy, standardised in place
    train, test = (x[own].astype(np.float64, copy=False) for own in rows)
    mean, scale = train.mean(axis=0), _deviations(train)
    # a feature constant there becomes 0, and its standard deviation counts as 1
    constant = scale == 0
    scale[constant] = 1.0

    def part(x: Doubles, rows: Labels) -> Part:
        x -= mean
        x /= scale
        x[:, constant] = 0.0
        own = None if values is None else frozen(values[rows])
        return Part(frozen(x), frozen(labels[rows]), entry.outputs, own)

    return Split(part(train, rows[0]), part(test, rows[1]), frozen(mean), frozen(scale))


def _deviations(x: Reals) -> Doubles:
    """The standard deviation of each feature; it takes a copy, so of some features at a time."""
    pieces = np.array_split(x, math.ceil(x.shape[1] / 32), axis=1)
    doubles = (np.ascontiguousarray(piece, np.float64) for piece in pieces)
    found = np.concatenate([piece.std(axis=0) for piece in doubles])
    # the mean of equal numbers is rounded, and then they seem to deviate from it
    found[x.max(axis=0) == x.min(axis=0)] = 0.0
    return found


@dataclass(frozen=True)
class Batch:
    """What one step sees: inputs (batch, features) and targets."""

    x: Doubles
    targets: Targets


@lru_cache(maxsize=4)
def _epoch_order(samples: int, seed: int, epoch: int) -> Labels:
    return stream(seed, Purpose.BATCH, epoch).permutation(samples)


def batch(split: Split, batch_size: int, seed: int, step: int) -> Batch:
    """The batch of a training step: epochs are permutations by seed, an incomplete rest is left."""
    per_epoch = len(split.train.x) // batch_size
    epoch, index = divmod(step, per_epoch)
    order = _epoch_order(len(split.train.x), seed, epoch)
    part = split.train.take(order[index * batch_size : (index + 1) * batch_size])

    def cotangent() -> Doubles:
        shape = len(part.labels), part.outputs
        return stream(seed, Purpose.COTANGENT, step).standard_normal(shape)

    return Batch(part.x, Targets(part.labels, part.values, cotangent))
