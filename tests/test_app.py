"""The app through its keys, paused: time passes only when a test says so."""

from __future__ import annotations

import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from random import Random
from typing import Any

import pytest
from textual.pilot import Pilot
from textual.widgets import Input, OptionList, Static

from engine import Experiment, Trace
from tests.support import experiment_of
from tui.app import ChainruleApp
from tui.screens.help import HelpScreen
from tui.screens.panels import Picker, SettingsList
from tui.state.actions import ACTIONS, BY_ID
from tui.state.keys import bound_keys
from tui.state.wave import Phase
from tui.words.actions import action_words


@asynccontextmanager
async def running(
    size: tuple[int, int] = (80, 24), reduced_motion: bool = True, **settings: Any
) -> AsyncIterator[tuple[ChainruleApp, Pilot[None]]]:
    """The app on an experiment, its clock stopped."""
    app = ChainruleApp(experiment_of(**settings), reduced_motion=reduced_motion, ticking=False)
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        yield app, pilot


def line(app: ChainruleApp, name: str) -> str:
    """The text of one of the screen's lines."""
    return str(app.main.query_one(f"#{name}", Static).render())


def chart_rows(app: ChainruleApp) -> list[str]:
    """The chart as text."""
    chart = app.main.query_one("#chart")
    return [chart.render_line(y).text for y in range(chart.size.height)]


async def test_the_default_screen_shows_the_vanishing_gradient() -> None:
    """Verdict, experiment, factors of the cursor's layer, and falling bars."""
    async with running() as (app, _):
        assert "VANISHING" in line(app, "verdict")
        assert "sigmoid · 20 × 64 · xavier_normal" in line(app, "experiment")
        assert line(app, "factors").startswith("layer 7  |g6|/|g7| = φ' 0.2")
        assert "a activation" in line(app, "keys")
        rows = chart_rows(app)
        assert sum("█" in row for row in rows) > 10
        assert all(len(row) <= 80 for row in rows)


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
    ("fullwidth_right_curly_bracket", {}, {"depth": 30}),
    ("w", {}, {"width": 128}),
    ("W", {}, {"width": 32}),
    ("g", {}, {"gain": 1.1}),
    ("G", {}, {"gain": 0.909}),
    ("x", {}, {"dataset": "circle"}),
    ("s", {}, {"seed": 1}),
    ("0", {"activation": "relu", "depth": 3, "seed": 7}, {}),
]


@pytest.mark.parametrize(("key", "start", "changed"), SETTING_KEYS)
async def test_a_key_changes_one_setting(
    key: str, start: dict[str, Any], changed: dict[str, Any]
) -> None:
    """And the chart shows the new experiment."""
    async with running(**start) as (app, pilot):
        await pilot.press(key)
        expected = experiment_of(**({} if key == "0" else {**start, **changed}))
        assert app.state.experiment == expected
        assert app.main.trace is not None
        assert app.main.trace.experiment == expected


async def test_every_action_has_a_key_and_every_key_one_action() -> None:
    """The table is complete and without clashes, full-width twins included."""
    keys = [key for action in ACTIONS for key in bound_keys(action.keys)]
    assert len(keys) == len(set(keys))
    async with running() as (app, _):
        for action in ACTIONS:
            assert action.apply is not None or hasattr(app, f"action_{action.id}")
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


async def test_a_remedy_raises_bars_on_the_same_axis() -> None:
    """The axis only grows, until = refits it."""
    async with running() as (app, pilot):
        before = app.main.axis
        await pilot.press("a", "a", "i")
        assert "HEALTHY" in line(app, "verdict")
        assert before is not None
        assert app.main.axis is not None
        assert app.main.axis.low == before.low
        await pilot.press("equals_sign")
        assert app.main.axis.low > before.low


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


async def test_too_large_a_network_is_refused_with_the_estimate() -> None:
    """The experiment stays as it was."""
    async with running(depth=1000, width=4) as (app, pilot):
        app.set_state(app.state.edited(app._edit("width", "2048")))
        await pilot.pause()
        assert "69.2 GB" in line(app, "why")
        assert app.state.experiment.network.width == 4


async def test_the_wave_plays_pauses_steps_and_ends() -> None:
    """Forward, loss, backward with the running product, by stepped time."""
    async with running(reduced_motion=False) as (app, pilot):
        main = app.main
        assert main.wave.phase is Phase.FORWARD
        assert "FORWARD" in line(app, "verdict")
        main.advance(1.3)
        assert "LOSS" in line(app, "verdict")
        assert not any("█" in row for row in chart_rows(app))
        main.advance(1.0)
        assert "BACKWARD" in line(app, "verdict")
        assert "10^-" in line(app, "verdict")
        await pilot.press("space")
        assert not main.wave.playing
        reached = main.wave.reached
        await pilot.press("full_stop")
        assert main.wave.reached == reached - 1
        await pilot.press("comma", "comma")
        assert main.wave.reached == reached + 1
        assert "of |g20|" in line(app, "verdict")
        await pilot.press("space")
        main.advance(10.0)
        assert "VANISHING" in line(app, "verdict")
        await pilot.press("space")
        assert main.wave.phase is Phase.FORWARD
        await pilot.press("escape")
        assert str(main.wave.phase) == str(Phase.DONE)


async def test_speed_changes_how_far_the_wave_goes() -> None:
    """Twice the speed, twice the way."""
    async with running(reduced_motion=False) as (app, pilot):
        await pilot.press("space", "greater_than_sign", "space", "escape", "space")
        app.main.advance(0.3)
        fast = app.main.wave.position
        await pilot.press("escape", "less_than_sign", "space")
        app.main.advance(0.3)
        assert fast == pytest.approx(2 * app.main.wave.position)


async def test_any_key_cuts_a_sweep_short() -> None:
    """An impatient person never waits."""
    async with running(reduced_motion=False) as (app, pilot):
        await pilot.press("escape", "a")
        assert app.main.moving
        await pilot.press("a")
        app.main.advance(0.31)
        assert not app.main.moving
        settled = chart_rows(app)
        await pilot.press("right", "left")
        assert chart_rows(app) == settled


async def test_reduced_motion_draws_the_end_at_once() -> None:
    """Nothing moves by itself; the wave can still be stepped."""
    async with running() as (app, pilot):
        await pilot.press("a")
        assert not app.main.moving
        await pilot.press("space")
        assert "reduced motion" in line(app, "why")
        await pilot.press("comma")
        assert app.main.wave.phase is Phase.BACKWARD


async def test_the_picker_previews_takes_and_gives_back() -> None:
    """The chart follows the choice; escape restores, enter keeps."""
    async with running() as (app, pilot):
        await pilot.press("A")
        assert isinstance(app.main.panel, Picker)
        await pilot.press("down", "down")
        await pilot.pause()
        assert app.main.trace is not None
        assert app.main.trace.experiment.network.activation == "hard_sigmoid"
        assert app.state.experiment == Experiment()
        await pilot.press("escape")
        await pilot.pause()
        assert app.main.panel is None
        assert app.main.trace.experiment == Experiment()
        await pilot.press("I")
        await pilot.press("down", "enter")
        await pilot.pause()
        assert app.state.experiment == experiment_of(init="xavier_uniform")
        assert app.main.panel is None
        await pilot.press("u")
        assert app.state.experiment == Experiment()


async def test_the_settings_list_changes_and_types_values() -> None:
    """Left and right, and a typed number with live preview; nonsense changes nothing."""
    async with running() as (app, pilot):
        await pilot.press("tab")
        panel = app.main.panel
        assert isinstance(panel, SettingsList)
        await pilot.press("right")
        assert app.state.experiment.network.activation == "linear"
        await pilot.press("left", "down", "down", "enter")
        await pilot.pause()
        typed = panel.query_one(Input)
        assert typed.value == "20"
        typed.value = "55"
        await pilot.pause()
        assert app.main.trace is not None
        assert app.main.trace.depth == 55
        assert app.state.experiment.network.depth == 20
        typed.value = "0"
        await pilot.press("enter")
        await pilot.pause()
        assert "from 1 to 1000" in line(app, "why")
        assert app.state.experiment.network.depth == 20
        typed.value = "30"
        await pilot.press("enter")
        await pilot.pause()
        assert app.state.experiment.network.depth == 30
        prompts = [str(o.prompt) for o in panel.query_one(OptionList).options]
        assert any("depth" in p and "30" in p for p in prompts)
        await pilot.press("escape")
        await pilot.pause()
        assert app.main.panel is None


async def test_letters_wait_while_a_panel_is_open() -> None:
    """They do not change the experiment behind it."""
    async with running() as (app, pilot):
        await pilot.press("A", "r", "b")
        assert app.state.experiment == Experiment()


async def test_help_lists_every_action() -> None:
    """From the table; escape closes it."""
    async with running(size=(100, 60)) as (app, pilot):
        await pilot.press("question_mark")
        assert isinstance(app.screen, HelpScreen)
        from rich.console import Console

        from tui.screens.help import help_table

        console = Console(width=120)
        with console.capture() as captured:
            console.print(help_table())
        text = captured.get()
        assert all(action_words(action.id).label in text for action in ACTIONS)
        await pilot.press("escape")
        assert not isinstance(app.screen, HelpScreen)


@pytest.mark.parametrize("key", ["colon", "ctrl+p", "fullwidth_colon"])
async def test_the_palette_finds_actions_and_values(key: str) -> None:
    """Typed name, enter, done."""
    async with running() as (app, pilot):
        await pilot.press(key)
        await pilot.press(*"init orthogonal".replace(" ", "_").replace("_", " "))
        await pilot.pause(0.3)
        await pilot.press("enter")
        await pilot.pause(0.2)
        assert app.state.experiment == experiment_of(init="orthogonal")


@pytest.mark.parametrize("key", ["q", "ctrl+c"])
@pytest.mark.parametrize("before", [(), ("question_mark",), ("A",), ("tab", "down", "enter")])
async def test_quitting_from_anywhere(key: str, before: tuple[str, ...]) -> None:
    """ctrl+c at once, whatever is open; q closes help and is a letter while typing."""
    async with running() as (app, pilot):
        await pilot.press(*before)
        await pilot.press(key)
        await pilot.pause()
        leaves = key == "ctrl+c" or before in ((), ("A",))
        assert app._exit == leaves


@pytest.mark.parametrize("size", [(80, 24), (100, 30), (160, 45), (60, 16)])
@pytest.mark.parametrize("depth", [1, 3, 20, 200])
async def test_every_size_and_depth_is_complete(size: tuple[int, int], depth: int) -> None:
    """All lines fit, the chart names the first and last layer."""
    async with running(size=size, depth=depth, width=8) as (app, _):
        names = chart_rows(app)[-1].split()
        assert "1" in names
        assert str(depth) in names
        for name in ("header", "experiment", "verdict", "factors", "keys"):
            assert line(app, name).strip()
        assert len(line(app, "keys")) <= size[0] - 2
        assert len(line(app, "numbers")) <= size[0] - 2


async def test_too_small_says_what_is_needed_and_recovers() -> None:
    """Resizing at any moment is harmless, in the wave too."""
    async with running(reduced_motion=False) as (app, pilot):
        for width, height in ((59, 16), (60, 15), (20, 5), (160, 45), (60, 16), (80, 24)):
            await pilot.resize_terminal(width, height)
            await pilot.pause()
            app.main.advance(0.1)
            small = width < 60 or height < 16
            assert app.main.has_class("-too-small") == small
            if small:
                assert f"have {width}x{height}, need 60x16" in line(app, "too-small")
        app.main.advance(10)
        assert "VANISHING" in line(app, "verdict")
        assert sum("█" in row for row in chart_rows(app)) > 10


async def test_a_long_pass_runs_in_a_thread_and_the_last_key_counts(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Keys stay free; what arrives is the experiment that was asked for last."""
    async with running(width=512, depth=30) as (app, pilot):
        while app.main.computing:
            await pilot.pause(0.01)
        release, measure = threading.Event(), app._memory.measure

        def held(experiment: Experiment) -> Trace:
            release.wait(10)
            return measure(experiment)

        monkeypatch.setattr(app._memory, "measure", held)
        await pilot.press("a", "a")
        assert app.main.computing
        assert "computing" in line(app, "verdict")
        release.set()
        while app.main.computing:
            await pilot.pause(0.01)
        assert app.main.trace is not None
        assert app.main.trace.experiment.network.activation == "relu"
        assert not app.main.computing


async def test_a_pass_that_fails_says_why_and_the_app_lives(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Memory that runs out on the way."""
    async with running() as (app, pilot):

        def fail(experiment: Experiment) -> Trace:
            raise MemoryError

        monkeypatch.setattr(app._memory, "measure", fail)
        await pilot.press("a")
        assert "not enough memory" in line(app, "why")
        await pilot.press("left")
        assert app.is_running


async def test_the_wave_goes_on_while_speed_and_cursor_change() -> None:
    """Only a change of the experiment ends it."""
    async with running(reduced_motion=False) as (app, pilot):
        app.main.advance(0.2)
        await pilot.press("less_than_sign", "left", "greater_than_sign")
        assert app.main.wave.phase is Phase.FORWARD
        await pilot.press("a")
        assert app.main.wave.phase is not Phase.FORWARD


async def test_a_panel_opened_from_the_palette_over_another() -> None:
    """Refused with a word, as its key would be."""
    async with running() as (app, pilot):
        await pilot.press("tab")
        panel = app.main.panel
        app._run("pick_init")
        await pilot.pause()
        assert app.main.panel is panel
        assert "close the panel" in line(app, "why")


async def test_a_cancelled_preview_leaves_axis_and_words() -> None:
    """While it lasts the experiment line names what is shown."""
    async with running(depth=8) as (app, pilot):
        before = app.main.axis
        await pilot.press("tab", "down", "down", "enter")
        await pilot.pause()
        assert app.main.panel is not None
        app.main.panel.query_one(Input).value = "50"
        await pilot.pause()
        assert "50 × 64" in line(app, "experiment")
        assert app.main.axis != before
        await pilot.press("escape", "escape")
        await pilot.pause()
        assert "8 × 64" in line(app, "experiment")
        assert app.main.axis == before


async def test_nothing_opens_where_there_is_no_room() -> None:
    """A panel that was open closes; random keys do no harm."""
    async with running() as (app, pilot):
        await pilot.press("tab")
        await pilot.resize_terminal(50, 10)
        await pilot.pause()
        assert app.main.panel is None
        await pilot.press("A", "pagedown", "tab", "pageup", "question_mark", "a")
        assert app.state.experiment == Experiment()
        await pilot.resize_terminal(80, 24)
        await pilot.press("a")
        assert app.state.experiment == experiment_of(activation="tanh")


async def test_no_color_leaves_the_terminal_its_own_colours(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """No colour in any segment of the chart, words visible."""
    monkeypatch.setenv("NO_COLOR", "1")
    async with running() as (app, _):
        chart = app.main.query_one("#chart")
        styles = [s.style for y in range(chart.size.height) for s in chart.render_line(y)]
        assert all(style is not None and style.color is None for style in styles)
        assert app.ansi_color


@pytest.mark.parametrize("seed", range(4))
async def test_random_keys_and_sizes_never_break_it(seed: int) -> None:
    """A hundred of them, panels, palette and help included."""
    random = Random(seed)
    keys = [key for action in ACTIONS for key in action.keys]
    keys = [key for key in keys if key not in ("q", "ctrl+c", "ctrl+z", "w")]
    keys += ["enter", "pageup", "pagedown", "5", "backspace", "tab", "escape"]
    sizes = [(80, 24), (60, 16), (50, 10), (160, 45), (80, 8)]
    async with running(width=8, depth=5) as (app, pilot):
        for _ in range(100):
            await pilot.press(random.choice(keys))
            if random.random() < 0.1:
                await pilot.resize_terminal(*random.choice(sizes))
        assert app.is_running
