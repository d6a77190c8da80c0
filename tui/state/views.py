"""The views of the screen's middle, and the pictures of the training view."""

from collections.abc import Callable

from engine import Experiment

VIEWS: dict[str, str] = {"gradients": "1", "chain": "2", "activation": "3", "training": "4"}
"""A view's key by its name; the view is `VIEW` of the module of that name in `tui.views`."""


def _can_be_tested(experiment: Experiment) -> bool:
    entry, share = experiment.source, experiment.data.test_fraction
    return not entry.regression and entry.training_samples(share) < entry.samples


PICTURES: dict[str, Callable[[Experiment], bool]] = {
    "displacement": lambda experiment: True,
    "boundary": lambda experiment: experiment.features == 2,
    "samples": lambda experiment: experiment.data.dataset == "digits",
    "probe": _can_be_tested,
}
"""What the training view can show beside the curves, and which experiments each picture suits."""
