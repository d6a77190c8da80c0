"""The run log's format: the names of its fields, and what its lines hold as frozen values.

JSON Lines in UTF-8: a header, then a line for each logged step. A field that a writer does not
have is absent; a value that is not finite is null, with its field's name in "nonfinite".
`SCHEMA` is the same as JSON Schema.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, Literal

from engine.experiment.experiment import Experiment, experiment_from
from engine.experiment.sections import SECTIONS
from engine.measure.trace import BRANCH_FAMILIES
from engine.numerics.arrays import PerLayer
from engine.numerics.errors import SettingError

VERSION = 1
"""The major number, which the header has under the name MARK: a newer one is not read."""

MARK = "chainrule_log"

SCHEMA = Path(__file__).with_name("run_log.schema.json")

NUMBERS = (
    "time",
    "loss",
    "accuracy",
    "test_loss",
    "test_accuracy",
    "learning_rate",
    "gradient_norm",
    "clipped_gradient_norm",
    "scale",
    "input_grad_norm",
)
"""One number a step: `time` in seconds since the start, `scale` of a gradient scaler."""

LAYER_NUMBERS = ("first_nonfinite_layer", "first_underflow_layer")
"""A layer, from 1; absent where there is none."""

FLAGS = ("dead", "closed", "lost_signal", "lost_gradient")
"""True or false a layer."""

MEASURES = (
    "output_grad_norm",
    "delta_norm",
    "delta_rms",
    "weight_grad_norm",
    "bias_grad_norm",
    "weight_norm",
    "update_ratio",
    "displacement",
    "gradient_cosine",
    "preactivation_rms",
    "activation_rms",
    "saturated_fraction",
    "off_fraction",
    "dead_fraction",
)
"""One number a layer, as a Trace has them."""

FACTORS = (*BRANCH_FAMILIES, "branch", "skip", "total")
"""One number a layer, together under "factors"; by themselves "factors.total" and so on."""

ARRAYS = (*MEASURES, *FLAGS, *(f"factors.{name}" for name in FACTORS))


MAX_STEP = 10**15
"""A larger number of a step is none: floats have to hold it."""


@dataclass(frozen=True)
class Parameter:
    """What is learned under one name: its layer, from 1, and how many numbers."""

    name: str
    layer: int
    elements: int


@dataclass(frozen=True)
class Header:
    """The first line: the layers' names from the input on, and where the log is from.

    `experiment` has its settings by section where one of ours was run, `gradient` says how the
    gradient was taken; `what` is free. `order` is where the layers' order is from: "header", a
    log's own; "natural", by their names; "file", a person's.
    """

    layers: tuple[str, ...]
    what: Any = None
    experiment: Mapping[str, Any] | None = None
    parameters: tuple[Parameter, ...] = ()
    gradient: str | None = None
    order: Literal["header", "natural", "file"] = "header"

    @cached_property
    def ours(self) -> Experiment | None:
        """The experiment, where it is one of so many layers that this version can run here."""
        if self.experiment is None:
            return None
        settings: dict[str, object] = {}
        for section in SECTIONS:
            table = self.experiment.get(section)
            settings |= table if isinstance(table, dict) else {}
        try:
            found = experiment_from(settings)
        except SettingError:
            return None
        return found if found.network.depth == len(self.layers) else None


@dataclass(frozen=True, eq=False)
class LoggedStep:
    """The line of a step: its numbers and its arrays (layers,), read-only, each by its name.

    What was null is nan, and its name in `nonfinite`. A step that goes back begins a new
    `segment`, counted from 0. A `skipped` step did not move the weights. The `last` is where the
    writer knew that its run ended: one that was killed has none.
    """

    line: int
    segment: int
    step: int
    numbers: Mapping[str, float]
    arrays: Mapping[str, PerLayer]
    nonfinite: tuple[str, ...] = ()
    skipped: bool = False
    first_nonfinite_layer: int | None = None
    first_underflow_layer: int | None = None
    last: bool = False


@dataclass(frozen=True)
class BrokenLine:
    """A line that is left out: its number, from 1, and why, as a code with its details."""

    line: int
    code: str
    details: Mapping[str, Any]
