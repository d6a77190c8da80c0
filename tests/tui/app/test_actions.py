"""Every action of the table through its key in the real app, and what it changed."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from engine import Experiment
from tests.support.app import line, running
from tests.support.experiments import experiment_of
from tui.app import ChainruleApp
from tui.config.command_line import command_line
from tui.screens.choices import Choices, Picker
from tui.screens.diagnosis import ReportScreen
from tui.screens.help import HelpScreen
from tui.screens.palette import PaletteScreen
from tui.screens.panel import Panel
from tui.screens.quiz import QuizScreen
from tui.screens.race import RaceScreen
from tui.screens.settings_list import SettingsList
from tui.state.actions import ACTIONS, BY_ID
from tui.state.animations import Phase
from tui.state.presets import PRESETS
from tui.state.state import State
from tui.words.language import CHINESE, current


@dataclass(frozen=True)
class Exercise:
    """Where an action starts, the keys before its own, and whether it did what it should."""

    changed: Callable[[ChainruleApp, State], object]
    start: dict[str, Any] = field(default_factory=dict)
    before: tuple[str, ...] = ()
    moving: bool = False
    ticks: int = 0


def sets(start: dict[str, Any] | None = None, **settings: Any) -> Exercise:
    """The experiment afterwards has those settings, and is what the chart shows."""
    wanted = experiment_of(**{**(start or {}), **settings})

    def changed(app: ChainruleApp, before: State) -> bool:
        shown = app.session.trace.experiment if app.session.trace else None
        return before.experiment != wanted and app.state.experiment == shown == wanted

    return Exercise(changed, start or {})


def cursor(layer: int, *before: str) -> Exercise:
    """The cursor stands there afterwards."""
    return Exercise(
        lambda app, state: state.cursor != layer and app.state.cursor == layer, before=before
    )


def opens(panel: type[Panel], title: str = "") -> Exercise:
    """A panel of that kind is open."""

    def changed(app: ChainruleApp, before: State) -> bool:
        opened = app.main.panel
        return isinstance(opened, panel) and title in opened.heads()[0]

    return Exercise(changed)


EXERCISES: dict[str, Exercise] = {
    "next_activation": sets(activation="tanh"),
    "pick_activation": opens(Picker, "activation"),
    "next_init": sets(init="he_normal"),
    "pick_init": opens(Picker, "init"),
    "next_residual": sets(residual="post_activation"),
    "next_norm": sets(norm="batch"),
    "toggle_batch_norm": sets({"norm": "layer"}, norm="batch"),
    "deeper": sets(depth=21),
    "shallower": sets(depth=19),
    "much_deeper": sets(depth=30),
    "much_shallower": sets(depth=10),
    "wider": sets(width=128),
    "narrower": sets(width=32),
    "more_gain": sets(gain=1.1),
    "less_gain": sets(gain=0.909),
    "next_dataset": sets(dataset="circle"),
    "new_seed": sets(seed=1),
    "default_experiment": Exercise(
        lambda app, _: app.state.experiment == Experiment(), {"depth": 3, "activation": "relu"}
    ),
    "presets": opens(Choices, "presets"),
    "next_remedy": Exercise(
        lambda app, _: app.state.experiment == PRESETS["remedy-relu"].experiment
    ),
    "settings": opens(SettingsList),
    "undo": Exercise(lambda app, _: app.state.experiment == Experiment(), before=("a",)),
    "redo": Exercise(
        lambda app, _: app.state.experiment == experiment_of(activation="tanh"), before=("a", "u")
    ),
    "play": Exercise(
        lambda app, _: (
            app.session.animation.wave.phase is Phase.FORWARD and app.session.animation.wave.playing
        ),
        before=("escape",),
        moving=True,
    ),
    "step_forward": Exercise(
        lambda app, _: (
            app.session.animation.wave.position == 2 and not app.session.animation.wave.playing
        ),
        before=("escape", "space", "space", "full_stop"),
        moving=True,
    ),
    "step_back": Exercise(lambda app, _: app.session.animation.wave.position == 40),
    "train": Exercise(lambda app, _: app.controller.is_training),
    "rewind": Exercise(
        lambda app, _: (
            app.state.run.step == 0 and app.state.past[-1:] and app.state.past[-1].step == 1
        ),
        before=("4", "full_stop"),
    ),
    "race": Exercise(lambda app, _: isinstance(app.screen, RaceScreen), before=("p", "a")),
    "next_optimizer": sets(optimizer="momentum"),
    "faster_learning": sets(learning_rate=0.2),
    "slower_learning": sets(learning_rate=0.05),
    "next_clipping": sets(clip_norm=1.0),
    "next_picture": Exercise(lambda app, _: app.state.picture == "samples", before=("4",)),
    "slower": Exercise(lambda app, _: app.state.speed == 0.5),
    "faster": Exercise(lambda app, _: app.state.speed == 2),
    "cursor_left": cursor(6),
    "cursor_right": cursor(8),
    "cursor_first": cursor(1),
    "cursor_last": cursor(20),
    "cursor_page_left": Exercise(lambda app, state: app.state.cursor < state.cursor),
    "cursor_page_right": Exercise(lambda app, state: app.state.cursor > state.cursor),
    "view_gradients": Exercise(lambda app, _: app.state.view == "gradients", before=("2",)),
    "view_chain": Exercise(lambda app, _: app.main.query_one("#chain").display),
    "view_activation": Exercise(lambda app, _: app.main.query_one("#activation").display),
    "view_training": Exercise(lambda app, _: app.main.query_one("#training").display),
    "next_metric": Exercise(lambda app, _: app.state.metric == "delta"),
    "apply_remedy": Exercise(
        lambda app, _: app.session.is_healthy and app.state.experiment != Experiment(),
        ticks=40,
    ),
    "toggle_theory": Exercise(lambda app, _: not app.state.theory),
    "toggle_seeds": Exercise(lambda app, _: app.session.trials.seeds_done == 16, ticks=40),
    "report": Exercise(lambda app, _: isinstance(app.screen, ReportScreen)),
    "pin": Exercise(lambda app, _: app.state.pinned is app.session.trace),
    "swap_pinned": Exercise(lambda app, _: app.state.experiment == Experiment(), before=("p", "a")),
    "table": Exercise(lambda app, _: app.state.table),
    "sort_table": Exercise(lambda app, _: app.state.table and app.state.sort == "g"),
    "worst_first": Exercise(lambda app, _: app.state.table and app.state.sort == "worst"),
    "refit": Exercise(
        lambda app, _: app.session.axis is not None and app.session.axis.low > -10,
        before=("a", "a", "i"),
    ),
    "present": Exercise(lambda app, _: app.main.presenting and app.main.query_one("#big").display),
    "next_language": Exercise(lambda app, state: current() == CHINESE),
    "pick_theme": opens(Choices, "themes"),
    "close": Exercise(lambda app, _: app.main.panel is None, before=("tab",)),
    "copy_command": Exercise(
        lambda app, state: (
            app.clipboard == command_line(state) and app.clipboard in line(app, "why")
        )
    ),
    "export": opens(Choices, "export"),
    "quiz": Exercise(lambda app, before: isinstance(app.screen, QuizScreen)),
    "command_palette": Exercise(lambda app, _: isinstance(app.screen, PaletteScreen)),
    "help": Exercise(lambda app, _: isinstance(app.screen, HelpScreen)),
    "quit": Exercise(lambda app, _: app._exit),
    "show_link": Exercise(lambda app, _: app.main.has_class("-linked")),
    "tour": Exercise(
        lambda app, _: app.touring.is_open and app.main.query_one("#tour-under").display
    ),
    "next_step": Exercise(lambda app, _: app.touring.guide.last[1] == 1, before=("6",)),
    "previous_step": Exercise(
        lambda app, _: app.touring.guide.last[1] == 0, before=("6", "right_square_bracket")
    ),
    "quit_now": Exercise(lambda app, _: app._exit),
    "suspend": Exercise(lambda app, _: app.suspended),  # type: ignore[attr-defined]
}
"""By action id; a new action needs an entry."""


def test_every_action_is_exercised() -> None:
    """None is missing here, and none is here that is not in the table."""
    assert set(EXERCISES) <= set(BY_ID)
    # a pure change without an entry must at least make another state
    assert all(BY_ID[name].apply is not None for name in set(BY_ID) - set(EXERCISES))


def exercise_of(name: str) -> Exercise:
    """That of an action; one without makes another state."""
    return EXERCISES.get(name, Exercise(lambda app, before: app.state != before))


def is_plain(name: str) -> bool:
    """Whether an action changes the state alone, and from any state."""
    exercise = exercise_of(name)
    return BY_ID[name].apply is not None and not (exercise.start or exercise.before)


KEYS = [(action.id, key) for action in ACTIONS for key in action.keys]
FIRST_KEYS = {(action.id, action.keys[0]) for action in ACTIONS}


async def test_a_change_of_the_state_does_what_it_says() -> None:
    """One after the other, each from the state of the beginning."""
    async with running() as (app, pilot):
        start = app.state
        for name, key in sorted(case for case in FIRST_KEYS if is_plain(case[0])):
            exercise, before = exercise_of(name), app.state
            assert not exercise.changed(app, before), f"{name} has nothing to do here"
            await pilot.press(key)
            assert exercise.changed(app, before), name
            app.session.set_state(start)


@pytest.mark.heavy
@pytest.mark.parametrize(("name", "key"), KEYS)
async def test_an_action_does_what_it_says(
    name: str, key: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Its key is pressed, and what it is for has changed, which it had not before."""
    monkeypatch.chdir(tmp_path)
    exercise = exercise_of(name)
    # stopping the process would stop the tests
    monkeypatch.setattr(ChainruleApp, "suspended", False, raising=False)
    monkeypatch.setattr(
        ChainruleApp, "action_suspend_process", lambda app: setattr(app, "suspended", True)
    )
    async with running(motion="full" if exercise.moving else "reduced", **exercise.start) as (
        app,
        pilot,
    ):
        await pilot.press(*exercise.before)
        await pilot.pause()
        before = app.state
        assert not exercise.changed(app, before), f"{name} has nothing to do here"
        await pilot.press(key)
        for _ in range(exercise.ticks):
            app.tick()
        await pilot.pause()
        assert exercise.changed(app, before)
