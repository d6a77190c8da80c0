"""What the training view can show beside the curves, as a table."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from engine import Experiment
from engine.data.datasets import dataset


def _can_be_tested(experiment: Experiment) -> bool:
    entry, share = dataset(experiment.data.dataset), experiment.data.test_fraction
    return not entry.regression and entry.training_samples(share) < entry.samples


@dataclass(frozen=True)
class PictureEntry:
    """One picture, and the experiments that it suits."""

    id: str
    suits: Callable[[Experiment], bool] = lambda experiment: True


PICTURES: dict[str, PictureEntry] = {
    entry.id: entry
    for entry in (
        PictureEntry("displacement"),
        PictureEntry("boundary", lambda experiment: experiment.features == 2),
        PictureEntry("samples", lambda experiment: experiment.data.dataset == "digits"),
        PictureEntry("probe", _can_be_tested),
    )
}
