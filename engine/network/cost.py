"""What an experiment costs, before it is made: seconds, and bytes that the machine must have."""

import numpy as np

from engine.catalogue.normalizations import NORMALIZATIONS
from engine.catalogue.optimizers import OPTIMIZERS
from engine.catalogue.wirings import RESIDUAL_SCALES, WIRINGS
from engine.experiment.experiment import Experiment
from engine.network.parameters import layer_inputs, parameter_count
from engine.numerics.errors import SettingError
from engine.numerics.memory import USABLE_SHARE, available_bytes

_SECONDS_PER_LAYER = 1e-4
_SECONDS_PER_DRAW = 3e-8
_SECONDS_PER_MULTIPLICATION = 1.5e-10


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


def check_memory(experiment: Experiment, trains: bool = False, beside: int = 0) -> None:
    """Raise SettingError if the experiment's arrays would not fit in the free memory.

    `trains` asks for what a training run takes beside the network itself, and `beside` bytes are
    those that another one is to have.
    """
    required, available = required_bytes(experiment, trains) + beside, available_bytes()
    if required > USABLE_SHARE * available:
        raise SettingError(
            "too_large",
            setting="width",
            depth=experiment.network.depth,
            width=experiment.network.width,
            required=required,
            available=available,
        )
