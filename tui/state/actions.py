"""Every action: its keys, its words, and what it does to the state, in one table.

Bindings, key line, help and command palette are made from it. An action without `apply` is a
method `action_<id>` of the app, because it needs the screen.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from engine import Experiment
from engine.catalogue.normalizations import NORM_NAMES
from engine.catalogue.optimizers import OPTIMIZERS
from engine.catalogue.wirings import WIRINGS
from engine.data.datasets import DATASETS
from tui.state.edits import Edit, attempt, moved, multiplied, next_in_ring
from tui.state.keys import PUNCTUATION, character_name
from tui.state.notices import notice
from tui.state.state import State
from tui.state.views import VIEWS

ACTIVATION_RING = ("sigmoid", "tanh", "relu", "gelu")
INIT_RING = (
    "xavier_normal",
    "he_normal",
    "lecun_normal",
    "orthogonal",
    "small_normal",
    "unit_normal",
)


@dataclass(frozen=True)
class Action:
    """One thing a key does.

    `keys` are Textual's key names, the first one shown; `hint` is its word on the key line, in
    order of importance where `rank` is set.
    """

    id: str
    keys: tuple[str, ...]
    group: str
    label: str
    tooltip: str
    apply: Callable[[State], State] | None = None
    hint: str = ""
    rank: int | None = None


def _ring(setting: str, values: tuple[str, ...]) -> Callable[[State], State]:
    return lambda state: state.edited(next_in_ring(state.experiment, setting, values))


def _add_depth(step: int) -> Callable[[State], State]:
    def apply(state: State) -> State:
        depth = state.experiment.network.depth
        # 1 and then tens: 1, 10, 20, not 1, 11, 21
        target = depth + step if depth > 1 or abs(step) == 1 else max(step, 1)
        return state.edited(moved(state.experiment, "depth", target))

    return apply


def _times(setting: str, by: float) -> Callable[[State], State]:
    return lambda state: state.edited(multiplied(state.experiment, setting, by))


def _batch_norm(state: State) -> State:
    on = state.experiment.network.norm == "batch"
    return state.edited(attempt(state.experiment, norm="none" if on else "batch"))


def _new_seed(state: State) -> State:
    return state.edited(attempt(state.experiment, seed=state.experiment.data.seed + 1))


def _default(state: State) -> State:
    return state.edited(Edit(Experiment())).saying(notice("default_experiment"))


LEARNING_RATES = tuple(float(f"{m}e{e}") for e in range(-6, 3) for m in (1, 2, 5))
"""What the learning rate steps through."""


def _learning_rate(step: int) -> Callable[[State], State]:
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


def _next_clipping(state: State) -> State:
    settings = state.experiment.settings()
    rings = [{name: settings[name] for name in values} == values for values in CLIPPINGS]
    at = rings.index(True) if True in rings else -1
    values = CLIPPINGS[(at + 1) % len(CLIPPINGS)]
    return _from_here_on(state.edited(attempt(state.experiment, **values)), "clipping", **values)


def _next_optimizer(state: State) -> State:
    state = state.edited(next_in_ring(state.experiment, "optimizer", tuple(OPTIMIZERS)))
    name = state.experiment.training.optimizer
    return _from_here_on(state, "optimizer", optimizer=name, formula=OPTIMIZERS[name].formula)


def _picture(state: State) -> State:
    return state.with_next_picture() if state.view == "training" else state.viewing("training")


def _cursor(step: int) -> Callable[[State], State]:
    return lambda state: state.moved(state.cursor + step)


def _view(view: str) -> Callable[[State], State]:
    return lambda state: state.viewing(view)


ACTIONS: tuple[Action, ...] = (
    Action(
        "next_activation",
        ("a",),
        "network",
        "Next activation",
        "sigmoid, tanh, relu, gelu",
        _ring("activation", ACTIVATION_RING),
        "activation",
        1,
    ),
    Action(
        "pick_activation",
        ("A",),
        "network",
        "Pick an activation",
        "choose from all, with live preview",
    ),
    Action(
        "next_init",
        ("i",),
        "network",
        "Next initialisation",
        "xavier, he, lecun, orthogonal, small, unit",
        _ring("init", INIT_RING),
        "init",
        2,
    ),
    Action(
        "pick_init",
        ("I",),
        "network",
        "Pick an initialisation",
        "choose from all, with live preview",
    ),
    Action(
        "next_residual",
        ("r",),
        "network",
        "Next skip connection",
        "none, post-activation, pre-activation",
        _ring("residual", tuple(WIRINGS)),
        "skip",
        3,
    ),
    Action(
        "next_norm",
        ("n",),
        "network",
        "Next normalisation",
        "go round the normalisations",
        _ring("norm", NORM_NAMES),
        "norm",
        4,
    ),
    Action(
        "toggle_batch_norm",
        ("b",),
        "network",
        "BatchNorm on or off",
        "normalise each unit over the batch",
        _batch_norm,
    ),
    Action("deeper", ("up",), "network", "One layer more", "depth + 1", _add_depth(1), "depth", 4),
    Action("shallower", ("down",), "network", "One layer less", "depth - 1", _add_depth(-1)),
    Action(
        "much_deeper",
        ("right_curly_bracket",),
        "network",
        "Ten layers more",
        "depth + 10",
        _add_depth(10),
    ),
    Action(
        "much_shallower",
        ("left_curly_bracket",),
        "network",
        "Ten layers less",
        "depth - 10",
        _add_depth(-10),
    ),
    Action("wider", ("w",), "network", "Twice as wide", "width × 2", _times("width", 2)),
    Action("narrower", ("W",), "network", "Half as wide", "width / 2", _times("width", 0.5)),
    Action("more_gain", ("g",), "network", "Larger weights", "gain × 1.1", _times("gain", 1.1)),
    Action(
        "less_gain", ("G",), "network", "Smaller weights", "gain / 1.1", _times("gain", 1 / 1.1)
    ),
    Action(
        "next_dataset",
        ("x",),
        "experiment",
        "Next dataset",
        ", ".join(DATASETS),
        _ring("dataset", tuple(DATASETS)),
        "data",
        11,
    ),
    Action(
        "new_seed", ("s",), "experiment", "New seed", "draw everything anew", _new_seed, "seed", 10
    ),
    Action(
        "default_experiment",
        ("0",),
        "experiment",
        "Default experiment",
        "back to 20 sigmoid layers",
        _default,
    ),
    Action(
        "presets",
        ("X",),
        "experiment",
        "Presets",
        "the gallery of failures and rescues, with live preview",
        None,
        "presets",
        13,
    ),
    Action(
        "next_remedy",
        ("R",),
        "experiment",
        "Next remedy",
        "the dying net, then ReLU, He, skips, BatchNorm; or a preset's next",
    ),
    Action(
        "apply_remedy",
        ("f",),
        "experiment",
        "Fix it",
        "make the single change that was seen to help most",
        None,
        "fix",
        8,
    ),
    Action(
        "settings",
        ("tab",),
        "experiment",
        "All settings",
        "see and change every setting",
        None,
        "settings",
        9,
    ),
    Action("undo", ("u",), "experiment", "Undo", "the experiment before", State.undone, "undo", 12),
    Action("redo", ("ctrl+r",), "experiment", "Redo", "what undo left", State.redone),
    Action(
        "play",
        ("space",),
        "wave",
        "Play or pause",
        "the wave; training is paused",
        None,
        "play",
        5,
    ),
    Action(
        "step_forward",
        ("full_stop",),
        "wave",
        "Step forward",
        "a layer of the wave, a step of training",
    ),
    Action("step_back", ("comma",), "wave", "Step back", "a layer of the wave, a step of training"),
    Action(
        "train",
        ("enter",),
        "training",
        "Train or pause",
        "gradient descent, live",
        None,
        "train",
        4,
    ),
    Action(
        "rewind",
        ("backspace",),
        "training",
        "Back to step 0",
        "the same weights as before training",
        State.rewound,
        "step 0",
        25,
    ),
    Action(
        "next_optimizer",
        ("o",),
        "training",
        "Next optimiser",
        ", ".join(OPTIMIZERS),
        _next_optimizer,
        "optimiser",
        22,
    ),
    Action(
        "faster_learning",
        ("l",),
        "training",
        "Higher learning rate",
        "in steps 1, 2, 5",
        _learning_rate(1),
        "rate",
        21,
    ),
    Action(
        "slower_learning",
        ("L",),
        "training",
        "Lower learning rate",
        "in steps 1, 2, 5",
        _learning_rate(-1),
    ),
    Action(
        "next_clipping",
        ("c",),
        "training",
        "Next clipping",
        "none, the gradient's norm to 1, its elements to 0.1",
        _next_clipping,
        "clip",
        23,
    ),
    Action(
        "next_picture",
        ("k",),
        "training",
        "Next picture",
        "displacement, boundary or samples, a probe of each layer",
        _picture,
        "picture",
        20,
    ),
    Action(
        "slower", ("less_than_sign",), "wave", "Slower", "half the speed", lambda s: s.faster(-1)
    ),
    Action(
        "faster", ("greater_than_sign",), "wave", "Faster", "twice the speed", lambda s: s.faster(1)
    ),
    *(
        Action(f"view_{v.id}", (v.key,), "view", f"View: {v.title}", v.tooltip, _view(v.id))
        for v in VIEWS.values()
    ),
    Action(
        "next_metric",
        ("m",),
        "view",
        "Next metric",
        "delta, dL/dW, update:data, h, z",
        State.with_next_metric,
        "metric",
        6,
    ),
    Action(
        "toggle_theory",
        ("t",),
        "view",
        "Theory on or off",
        "a dashed line over the bars: what mean-field theory predicts",
        State.with_theory_toggled,
    ),
    Action(
        "toggle_seeds",
        ("B",),
        "view",
        "Band of 16 seeds",
        "the median and the middle 80 %: one seed may mislead",
    ),
    Action("report", ("d",), "view", "Diagnosis", "cause, theory, formats, folklore, remedies"),
    Action(
        "pin",
        ("p",),
        "view",
        "Pin or unpin",
        "keep this run as marks behind the next ones",
        None,
        "pin",
        7,
    ),
    Action(
        "table", ("v",), "view", "Table", "every layer as a row of digits", State.with_table_toggled
    ),
    Action("swap_pinned", ("P",), "view", "Swap pinned", "the pinned run and the current one"),
    Action("cursor_left", ("left",), "view", "Cursor left", "towards the input", _cursor(-1)),
    Action("cursor_right", ("right",), "view", "Cursor right", "towards the output", _cursor(1)),
    Action(
        "cursor_first", ("home",), "view", "First layer", "cursor to layer 1", lambda s: s.moved(1)
    ),
    Action(
        "cursor_last",
        ("end",),
        "view",
        "Last layer",
        "cursor to the last hidden layer",
        lambda s: s.moved(s.experiment.network.depth),
    ),
    Action("cursor_page_left", ("pageup",), "view", "Ten layers left", "cursor", _cursor(-10)),
    Action("cursor_page_right", ("pagedown",), "view", "Ten layers right", "cursor", _cursor(10)),
    Action("refit", ("equals_sign",), "view", "Refit the axis", "to what is shown now"),
    Action("present", ("z",), "view", "Presentation", "the chart with large words"),
    Action("pick_theme", ("T",), "view", "Pick a theme", "choose colours, with live preview"),
    Action("close", ("escape",), "view", "Close", "whatever is open, or end the wave"),
    Action("copy_command", ("y",), "share", "Copy the command", "that opens this very screen"),
    Action("export", ("e",), "share", "Export", "as SVG, text, CSV, JSON or TOML"),
    Action(
        "command_palette", ("colon", "ctrl+p"), "app", "Command palette", "find any action by name"
    ),
    Action("help", ("question_mark",), "app", "Help", "all keys", None, "help", 98),
    Action("quit", ("q",), "app", "Quit", "leave chainrule", None, "quit", 99),
    Action("quit_now", ("ctrl+c",), "app", "Quit at once", "leave chainrule, whatever is open"),
    Action("suspend", ("ctrl+z",), "app", "Suspend", "to the shell; fg brings it back"),
)

BY_ID: dict[str, Action] = {action.id: action for action in ACTIONS}

GROUPS: dict[str, str] = {
    "network": "Network",
    "experiment": "Experiment",
    "wave": "Wave",
    "training": "Training",
    "view": "View",
    "share": "Share",
    "app": "App",
}

_SYMBOLS = {
    **PUNCTUATION,
    "up": "↑",
    "down": "↓",
    "left": "←",
    "right": "→",
}

# what Chinese input methods send besides the full-width form of the same character
_IDEOGRAPHIC = {".": "\u3002", ",": "\u3001", "<": "\u300a", ">": "\u300b"}
_TO_FULL_WIDTH = 0xFEE0


def key_label(key: str) -> str:
    """A key as it is printed on the keyboard."""
    return _SYMBOLS.get(key, key)


def bound_keys(action: Action) -> tuple[str, ...]:
    """The action's keys with the full-width twins of punctuation."""
    twins = []
    for key in action.keys:
        symbol = _SYMBOLS.get(key, "")
        if symbol.isascii() and symbol:
            twins += [chr(ord(symbol) + _TO_FULL_WIDTH), _IDEOGRAPHIC.get(symbol)]
    return (*action.keys, *(character_name(twin) for twin in twins if twin))
