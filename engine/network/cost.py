"""What an experiment costs, before it is made: seconds, and bytes that the machine must have."""

import os
from pathlib import Path

import numpy as np

from engine.catalogue.normalizations import NORMALIZATIONS
from engine.catalogue.optimizers import OPTIMIZERS
from engine.catalogue.wirings import RESIDUAL_SCALES, WIRINGS
from engine.experiment.experiment import Experiment
from engine.network.parameters import layer_inputs, parameter_count
from engine.numerics.errors import SettingError

USABLE_SHARE = 0.8
"""The share of the free memory that one experiment may take."""

_SECONDS_PER_LAYER = 1e-4
_SECONDS_PER_DRAW = 3e-8
_SECONDS_PER_MULTIPLICATION = 1.5e-10
_UNKNOWN = 8 * 2**30  # assumed where the system does not say
_CGROUP_LIMIT = Path("/sys/fs/cgroup/memory.max")
_CGROUP_USED = Path("/sys/fs/cgroup/memory.current")
_MEMINFO = Path("/proc/meminfo")


def expected_seconds(experiment: Experiment) -> float:
    """Roughly how long an experiment's first pass takes on an ordinary machine."""
    parameters = parameter_count(experiment)
    multiplications = 3 * parameters * experiment.data.batch_size
    return (
        experiment.network.depth * _SECONDS_PER_LAYER
        + parameters * _SECONDS_PER_DRAW
        + multiplications * _SECONDS_PER_MULTIPLICATION
    )


def required_bytes(experiment: Experiment, trains: bool = False) -> int:
    """The bytes of parameters, gradients, and what the passes keep and work in.

    A network that `trains` also keeps its first parameters, its last gradient and what the
    optimiser remembers, and takes a snapshot before steps that it does not measure.
    """
    network = experiment.network
    wiring = WIRINGS[network.residual]
    kept = 1  # the activation's output
    kept += network.phi.slope_needs_input
    kept += network.norm in NORMALIZATIONS
    kept += network.norm_position == "post"
    kept += wiring.has_skip and wiring.orders["pre"][0] == "linear"
    kept += RESIDUAL_SCALES[network.residual_scale].learned
    signals = sum(layer_inputs(experiment)) * kept + 8 * max(network.width, experiment.features)
    copies = 2 + trains * 2 * (2 + len(OPTIMIZERS[experiment.training.optimizer].memory))
    numbers = copies * parameter_count(experiment) + signals * experiment.data.batch_size
    return int(numbers * np.dtype(network.dtype).itemsize)


def available_bytes() -> int:
    """The memory that is free on this machine, within its container's limit."""
    return min(_free_on_machine(), _free_in_container())


def check_memory(experiment: Experiment, trains: bool = False) -> None:
    """Raise SettingError if the experiment's arrays would not fit in the free memory.

    `trains` asks for what a training run takes beside the network itself.
    """
    required, available = required_bytes(experiment, trains), available_bytes()
    if required > USABLE_SHARE * available:
        raise SettingError(
            "too_large",
            setting="width",
            depth=experiment.network.depth,
            width=experiment.network.width,
            required=required,
            available=available,
        )


def _free_on_machine() -> int:
    try:
        for line in _MEMINFO.read_text().splitlines():
            if line.startswith("MemAvailable:"):
                return int(line.split()[1]) * 1024
    except OSError:
        pass
    try:
        return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    except (AttributeError, ValueError, OSError):
        return _UNKNOWN


def _free_in_container() -> int:
    try:
        return int(_CGROUP_LIMIT.read_text()) - int(_CGROUP_USED.read_text())
    except (OSError, ValueError):  # no such file, or "max"
        return _free_on_machine()
