"""Keys in the app: one setting each, undo, the cursor, quitting."""

from typing import Any

import pytest

from engine import Experiment
from tests.support.app import line, running
from tests.support.experiments import experiment_of
from tests.support.heavy import cases
from tui.state.actions import ACTIONS, BY_ID

FULL_WIDTH = "fullwidth_right_curly_bracket"

SETTING_KEYS: list[tuple[str, dict[str, Any], dict[str, Any]]] = [
    ("a", {}, {"activation": "tanh"}),
    ("i", {}, {"init": "he_normal"}),
    ("r", {}, {"residual": "post_activation"}),
    ("n", {}, {"norm": "batch"}),
    ("b", {}, {"norm": "batch"}),
    ("b", {"norm": "batch"}, {"norm": "none"}),
    ("up", {}, {"depth": 21}),
    ("down", {}, {"depth": 19}),
    ("down", {"depth": 1}, {"depth": 1}),
    ("right_curly_bracket", {}, {"depth": 30}),
    ("left_curly_bracket", {}, {"depth": 10}),
    (FULL_WIDTH, {}, {"depth": 30}),
    ("w", {}, {"width": 128}),
    ("W", {}, {"width": 32}),
    ("g", {}, {"gain": 1.1}),
    ("G", {}, {"gain": 0.909}),
    ("x", {}, {"dataset": "circle"}),
    ("s", {}, {"seed": 1}),
    ("0", {"activation": "relu", "depth": 3, "seed": 7}, {}),
]


# what a setting's own key does to the default experiment is one of the actions' tests, too
@pytest.mark.parametrize(
    ("key", "start", "changed"),
    cases(SETTING_KEYS, lambda case: case[1] or case[0] in ("a", "b", FULL_WIDTH)),
)
async def test_a_key_changes_one_setting(
    key: str, start: dict[str, Any], changed: dict[str, Any]
) -> None:
    """And the chart shows the new experiment."""
    async with running(**start) as (app, pilot):
        await pilot.press(key)
        expected = experiment_of(**({} if key == "0" else {**start, **changed}))
        assert app.state.experiment == expected
        assert app.session.trace is not None
        assert app.session.trace.experiment == expected


async def test_every_action_has_a_key_and_every_key_one_action() -> None:
    """The table is complete and without clashes."""
    keys = [key for action in ACTIONS for key in action.keys]
    assert len(keys) == len(set(keys))
    async with running() as (app, _):
        for action in ACTIONS:
            has_own = app.controller.can(action.id) or action.id in app.openers.actions
            assert has_own or hasattr(app, f"action_{action.id}")
        assert {getattr(b, "id", None) for b in app.BINDINGS} == set(BY_ID)


async def test_undo_and_redo() -> None:
    """Back and forth, with a word at the end."""
    async with running() as (app, pilot):
        await pilot.press("a", "i", "u")
        assert app.state.experiment == experiment_of(activation="tanh")
        await pilot.press("u")
        assert app.state.experiment == Experiment()
        await pilot.press("u")
        assert "nothing to undo" in line(app, "why")
        await pilot.press("ctrl+r", "ctrl+r")
        assert app.state.experiment == experiment_of(activation="tanh", init="he_normal")


async def test_the_cursor_moves_and_stays_inside() -> None:
    """Left, right, home, end; a shallower net takes it along."""
    async with running() as (app, pilot):
        await pilot.press("right")
        assert app.state.cursor == 8
        await pilot.press("home", "left")
        assert app.state.cursor == 1
        await pilot.press("end", "right")
        assert app.state.cursor == 20
        assert line(app, "factors").startswith("layer 20")
        await pilot.press("left_curly_bracket")
        assert app.state.cursor == 10


async def test_switching_the_skip_off_resets_what_hung_on_it() -> None:
    """A ring never lands on nonsense, and says what it did."""
    settings: dict[str, Any] = {"residual": "pre_activation", "residual_scale": "sqrt_two"}
    async with running(**settings) as (app, pilot):
        await pilot.press("r")
        assert app.state.experiment == Experiment()
        assert "residual_scale back to one" in line(app, "why")


async def test_a_key_that_would_make_nonsense_says_why() -> None:
    """BatchNorm on a batch of one."""
    async with running(batch_size=1) as (app, pilot):
        await pilot.press("b")
        assert app.state.experiment == experiment_of(batch_size=1)
        assert "batch_size 1" in line(app, "why")


TYPING = ("tab", "down", "enter")
PLACES: list[tuple[str, ...]] = [(), ("question_mark",), ("A",), TYPING]


@pytest.mark.parametrize(
    ("key", "before"),
    cases(
        [(key, before) for key in ("q", "ctrl+c") for before in PLACES],
        lambda case: case[0] == "q" or case[1] == TYPING,
    ),
)
async def test_quitting_from_anywhere(key: str, before: tuple[str, ...]) -> None:
    """ctrl+c at once, whatever is open; q closes help and is a letter while typing."""
    async with running() as (app, pilot):
        await pilot.press(*before)
        await pilot.press(key)
        await pilot.pause()
        leaves = key == "ctrl+c" or before in ((), ("A",))
        assert app._exit == leaves
