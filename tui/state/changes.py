"""What keys change in the state, as pure functions: `tui.state.actions` holds them."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from engine import Experiment
from engine.catalogue.normalizations import NORM_NAMES
from engine.catalogue.optimizers import OPTIMIZERS
from engine.catalogue.wirings import WIRINGS
from engine.data.datasets import DATASETS
from tui.state.edits import Edit, attempt, moved, multiplied, next_in_ring, next_of
from tui.state.notices import notice
from tui.state.state import State

Change = Callable[[State], State]

_INITS = ("xavier_normal", "he_normal", "lecun_normal", "orthogonal", "small_normal", "unit_normal")

RINGS: dict[str, tuple[str, ...]] = {
    "activation": ("sigmoid", "tanh", "relu", "gelu"),
    "init": _INITS,
    "residual": tuple(WIRINGS),
    "norm": NORM_NAMES,
    "dataset": tuple(DATASETS),
    "optimizer": tuple(OPTIMIZERS),
}
"""The values of a setting that its key goes round."""


def toggled(field: str) -> Change:
    """A field of the state that is on or off."""

    def apply(state: State) -> State:
        fields: dict[str, Any] = {field: not getattr(state, field), "notices": ()}
        return replace(state, **fields)

    return apply


def ring(setting: str) -> Change:
    """The setting's next value in its ring."""
    return lambda state: state.edited(next_in_ring(state.experiment, setting, RINGS[setting]))


def add_depth(step: int) -> Change:
    """So many layers more."""

    def apply(state: State) -> State:
        depth = state.experiment.network.depth
        # 1 and then tens: 1, 10, 20, not 1, 11, 21
        target = depth + step if depth > 1 or abs(step) == 1 else max(step, 1)
        return state.edited(moved(state.experiment, "depth", target))

    return apply


def times(setting: str, by: float) -> Change:
    """A number times `by`."""
    return lambda state: state.edited(multiplied(state.experiment, setting, by))


def batch_norm(state: State) -> State:
    """BatchNorm on or off."""
    on = state.experiment.network.norm == "batch"
    return state.edited(attempt(state.experiment, norm="none" if on else "batch"))


def new_seed(state: State) -> State:
    """Everything drawn anew."""
    return state.edited(attempt(state.experiment, seed=state.experiment.data.seed + 1))


def default_experiment(state: State) -> State:
    """The experiment that one starts with."""
    return state.edited(Edit(Experiment())).saying(notice("default_experiment"))


LEARNING_RATES = tuple(float(f"{m}e{e}") for e in range(-6, 3) for m in (1, 2, 5))
"""What the learning rate steps through."""


def learning_rate(step: int) -> Change:
    """The next learning rate up (+1) or down (-1)."""

    def apply(state: State) -> State:
        rate = state.experiment.training.learning_rate
        beyond = [r for r in LEARNING_RATES[::step] if r * step > rate * step]
        if not beyond:
            return state.saying(notice("last_learning_rate", rate=rate))
        edit = attempt(state.experiment, learning_rate=beyond[0])
        return _from_here_on(state.edited(edit), "learning_rate", rate=beyond[0])

    return apply


def _from_here_on(state: State, code: str, **details: object) -> State:
    """Unless there is something else to say, say what holds from this step on."""
    return state if state.notices else state.saying(notice(code, **details, step=state.run.step))


CLIPPINGS: tuple[dict[str, float], ...] = (
    {"clip_norm": 0.0, "clip_value": 0.0},
    {"clip_norm": 1.0, "clip_value": 0.0},
    {"clip_norm": 0.0, "clip_value": 0.1},
)


def next_clipping(state: State) -> State:
    """The next entry of CLIPPINGS."""
    settings = state.experiment.settings()
    now = {name: float(settings[name]) for name in ("clip_norm", "clip_value")}
    values = next_of(CLIPPINGS, now)
    return _from_here_on(state.edited(attempt(state.experiment, **values)), "clipping", **values)


def next_optimizer(state: State) -> State:
    """The next optimiser, with its formula."""
    state = state.edited(next_in_ring(state.experiment, "optimizer", RINGS["optimizer"]))
    name = state.experiment.training.optimizer
    return _from_here_on(state, "optimizer", optimizer=name, formula=OPTIMIZERS[name].formula)


def next_picture(state: State) -> State:
    """The next picture of the training view, which opens first."""
    return state.with_next_picture() if state.view == "training" else state.viewing("training")
