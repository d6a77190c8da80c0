"""Every screen of the app: how it is come by, and what it shows."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import Any

from rich.cells import cell_len
from textual.pilot import Pilot
from textual.widget import Widget

from tests.support.app_training import Clock
from tests.support.experiments import experiment_of
from tui.app import ChainruleApp
from tui.screens.drawn import Drawn, Line
from tui.state.presets import PRESETS

TRAINED = {"depth": 6, "width": 8, "batch_size": 32, "activation": "tanh"}
RACED = {"depth": 6, "width": 8, "batch_size": 32, "init": "orthogonal", "learning_rate": 0.0}


@dataclass(frozen=True)
class Walk:
    """Settings and groups of keys: what stands on the screen after each of them is a screen."""

    name: str
    keys: tuple[str, ...] = ("",)
    settings: dict[str, Any] = field(default_factory=dict)
    steps: int = 0
    motion: str = "reduced"
    ordinary: bool = False

    def __str__(self) -> str:
        return self.name


_KINDS: dict[str, dict[str, Any]] = {
    "one layer": {"depth": 1},
    "two layers": {"depth": 2, "width": 4},
    "deep": {"depth": 100, "width": 8},
    "dead": {"activation": "relu", "bias_std": 9.0, "init": "small_normal", "width": 4},
    "overflow": {"depth": 200, "width": 8, "activation": "relu", "init": "unit_normal"},
    "lost": {"depth": 100, "width": 8, "dtype": "float32"},
    "zeros": {"init": "zeros"},
    "closed": {"residual": "pre_activation", "residual_scale": "rezero"},
    "no cause": {"norm": "layer", "norm_position": "post", "activation": "relu"},
    "scaled": {"residual": "post_activation", "residual_scale": "sqrt_two"},
}
"""Networks of which something else is said."""

WALKS: tuple[Walk, ...] = (
    Walk("first", ("h",), {"depth": 6, "width": 8}, ordinary=True),
    Walk("views", ("", "2", "3", "4", "1 h", "2", "3", "4", "v")),
    Walk("cursor", ("home", "2", "3", "end", "1", "2", "v")),
    Walk(
        "wave", ("", ".", ". . .", "2", "end", ". . . . . . . . . . . . . . . . ."), motion="full"
    ),
    Walk("panels", ("tab", "down", "enter", "escape escape A", "escape I", "escape X")),
    Walk("more panels", ("X", "down", "down", "escape T", "escape e", "escape z", "2")),
    Walk(
        "screens",
        (
            "?",
            "pagedown",
            "pagedown",
            "pagedown",
            "end",
            "escape :",
            "escape d",
            "enter",
            "escape y",
        ),
    ),
    Walk("metrics", tuple("m" * 6)),
    Walk("metrics with a legend", ("h m", *"mmmmm")),
    Walk("comparing", ("p", "a", "2", "i r", "1", "P", "v", "p", "P")),
    Walk("theory and seeds", ("t", "t", "B", "w", "G G G", "S", "v S", "D")),
    Walk("bounds and bad wishes", ("u", "ctrl+r", "0", "l l l", "c", "c", "o", "x", "s")),
    Walk("training", ("4", "k", "k", "h", "h .", ",", "1", "2", "3", "v"), TRAINED, steps=3),
    Walk("more training", ("4 . . . .", "k", "k", "a", "u", "backspace", "l"), TRAINED, steps=2),
    Walk("plane", ("4", "k", "k", "h"), {**TRAINED, "dataset": "spiral"}, steps=3),
    Walk(
        "race",
        ("V", "p V", "a i V space", ". .", "m", "less_than_sign", "y", "escape", "escape", "V"),
        RACED,
    ),
    Walk("race of two kinds", ("p x up V space", ". .", "end", "left"), RACED),
    Walk("quiz", ("Q", "enter", "enter", "down", "enter", "enter", "escape")),
    Walk("tour", ("6", "]", "]", "]", "] 6")),
    *(
        Walk(f"preset {preset.id}", ("", "2", "3", "d", "enter"), preset.experiment.settings())
        for preset in PRESETS.values()
    ),
    *(Walk(name, ("", "2", "3", "v", "d", "enter"), settings) for name, settings in _KINDS.items()),
)


async def screens(walk: Walk) -> AsyncIterator[tuple[ChainruleApp, Pilot[None]]]:
    """The app at each screen of a walk at 80x24, its clock stopped."""
    experiment = experiment_of(**walk.settings)
    app = ChainruleApp(
        experiment, clock=Clock(), ticking=False, steps=walk.steps, motion=walk.motion
    )
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        for group in walk.keys:
            await pilot.press(*group.split())
            for _ in range(60):
                app.tick()
            await pilot.pause()
            yield app, pilot


def rows(app: ChainruleApp) -> list[str]:
    """What stands on the screen."""
    return [strip.text.rstrip() for strip in app.screen._compositor.render_strips()]


def too_wide(app: ChainruleApp) -> list[str]:
    """What is wider than the widget that shows it."""
    found = []
    for widget in shown(app):
        width = widget.size.width
        if isinstance(widget, Line):
            texts = [widget.text.plain.rstrip()] if widget.text.cell_len > width else []
        elif isinstance(widget, Drawn):
            wide = (strip.text.rstrip() for strip in widget._given if strip.cell_length > width)
            texts = [text for text in wide if cell_len(text) > width]
        else:
            continue
        found += texts
    return found


def shown(app: ChainruleApp) -> list[Widget]:
    """The widgets that have room on the screen."""
    return [w for w in app.screen.walk_children(Widget) if w.display and w.size.area]
