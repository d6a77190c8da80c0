"""Training in the app, through its keys: paused, a tick at a time, on a clock that counts steps."""

from typing import Any

import numpy as np
import pytest

from engine import Run, replay, run
from tests.support.app import line
from tests.support.app_training import SMALL, Clock, step, ticks, training
from tests.support.experiments import experiment_of
from tests.support.heavy import cases
from tui.app import ChainruleApp
from tui.config.command_line import command_line


async def test_enter_trains_and_pauses_and_the_bars_move() -> None:
    """In frames; the numbers are those of a headless run."""
    async with training() as (app, pilot):
        before = app.main.view.view.picture  # type: ignore[attr-defined]
        await pilot.press("enter")
        assert app.controller.is_training
        await ticks(app, pilot, 6)
        assert "▶ step" in line(app, "verdict")
        assert "steps/s" in line(app, "verdict")
        assert app.main.view.view.picture != before  # type: ignore[attr-defined]
        await pilot.press("enter")
        assert not app.controller.is_training
        reached = step(app)
        assert reached > 3
        await ticks(app, pilot, 2)
        assert step(app) == reached
        assert f"‖ step {reached}" in line(app, "verdict")
        assert app.state.run == Run(experiment_of(**SMALL), reached)
        assert app.session.trace.loss == run(experiment_of(**SMALL), reached).loss


@pytest.mark.parametrize(
    ("view", "size"),
    cases(
        [(view, size) for view in "1234v" for size in ((80, 24), (160, 45))],
        lambda case: case == ("v", (80, 24)),
    ),
)
async def test_every_view_follows_the_training(view: str, size: tuple[int, int]) -> None:
    """Their rows change; whichever it is, what is shown is the run's last pass."""
    async with training(size) as (app, pilot):
        await pilot.press(view)
        await pilot.press("enter")
        await ticks(app, pilot, 3)
        first = app.main.as_text()
        await ticks(app, pilot, 4)
        assert app.main.as_text() != first
        assert app.session.training.run is not None
        assert app.session.trace is app.session.training.run.trace


async def test_space_pauses_the_training_and_then_plays_the_wave() -> None:
    """What moves is what it stops."""
    async with training() as (app, pilot):
        await pilot.press("enter")
        await ticks(app, pilot, 2)
        await pilot.press("space")
        assert not app.controller.is_training
        assert not app.session.animation.moving
        await pilot.press("space")
        assert app.session.animation.moving
        app.session.advance(0.2)
        await pilot.press("space", "full_stop")
        assert app.session.animation.wave.phase.value == "forward"


async def test_steps_on_and_back() -> None:
    """One at a time, exactly; a running training is paused by them."""
    async with training() as (app, pilot):
        await pilot.press("4", "full_stop", "full_stop", "full_stop")
        assert step(app) == 3
        await pilot.press("comma")
        assert step(app) == 2
        assert app.session.trace.loss == run(experiment_of(**SMALL), 2).loss  # type: ignore[union-attr]
        await pilot.press("enter")
        await ticks(app, pilot, 3)
        await pilot.press("full_stop")
        assert not app.controller.is_training
        await pilot.press("1", "comma")
        assert step(app) == app.state.run.step
        await pilot.press(*["comma"] * (step(app) + 1))
        assert step(app) == 0
        assert "this is step 0" in line(app, "why")


@pytest.mark.heavy
async def test_training_settings_change_on_the_way_and_are_taken_down() -> None:
    """The rate, the optimiser and clipping; the run reproduces every bit."""
    async with training() as (app, pilot):
        await pilot.press("enter")
        await ticks(app, pilot, 3)
        at = step(app)
        await pilot.press("l")
        assert f"learning rate 0.2 from step {at} on" in line(app, "why")
        assert step(app) == at
        assert app.controller.is_training
        await ticks(app, pilot, 2)
        await pilot.press("o", "c")
        await ticks(app, pilot, 2)
        await pilot.press("enter")
        changes = [change.training for change in app.state.run.changes]
        assert changes[0].learning_rate == 0.2
        assert (changes[-1].optimizer, changes[-1].clip_norm) == ("momentum", 1.0)
        again = replay(app.state.run).trace
        assert app.session.trace is not None
        assert (app.session.trace.delta_norm == again.delta_norm).all()
        reached = step(app)
        await pilot.press("u", "u", "u")
        assert app.state.experiment == experiment_of(**SMALL)
        assert step(app) == reached


async def test_the_learning_rate_goes_in_steps_to_its_ends() -> None:
    """1-2-5, from any value between."""
    async with training(learning_rate=0.03) as (app, pilot):
        seen = []
        for key in ("l", "l", "l", "L", "L", "L"):
            await pilot.press(key)
            seen.append(app.state.experiment.training.learning_rate)
        assert seen == [0.05, 0.1, 0.2, 0.1, 0.05, 0.02]
        await pilot.press(*["L"] * 20)
        assert app.state.experiment.training.learning_rate == 1e-6
        assert "last of its steps" in line(app, "why")


async def test_a_diverged_training_stops_with_one_line() -> None:
    """The last finite pass stays; keys that train say what to do."""
    async with training(activation="linear", learning_rate=1000.0) as (app, pilot):
        await pilot.press("4", "enter")
        await ticks(app, pilot, 60)
        assert not app.controller.is_training
        assert "diverged at step" in line(app, "why")
        assert "in layer" in line(app, "why")
        assert np.isfinite(app.session.trace.delta_norm).all()  # type: ignore[union-attr]
        kept = app.state.run
        await pilot.press("L")
        assert "backspace goes to step 0" in line(app, "why")
        assert app.state.run == kept
        await pilot.press("backspace", "L", "full_stop")
        assert (step(app), app.state.experiment.training.learning_rate) == (1, 500.0)


async def test_a_long_training_is_not_lost_without_a_question() -> None:
    """Once; any other key takes the question back."""
    async with training() as (app, pilot):
        await pilot.press("enter")
        await ticks(app, pilot, 2)
        assert app.session.training.run is not None
        app.session.training.run.seconds = 11.0
        await pilot.press("q")
        assert not app._exit
        assert not app.controller.is_training
        assert "would be lost" in line(app, "why")
        await pilot.press("left", "q")
        assert not app._exit
        await pilot.press("q")
        assert app._exit


@pytest.mark.parametrize("opener", cases(["?", "d", "colon", "A", "tab", "y"], "A".__contains__))
async def test_ctrl_q_asks_whatever_is_open(opener: str) -> None:
    """Where the question can be seen; without a long training it leaves at once."""
    async with training() as (app, pilot):
        await pilot.press("enter", opener)
        await pilot.pause()
        assert app.session.training.run is not None
        app.session.training.run.seconds = 11.0
        await pilot.press("ctrl+q")
        await pilot.pause()
        assert app.screen is app.main
        assert not app._exit
        assert "would be lost" in line(app, "why")
        app.session.training.run.seconds = 0.0
        await pilot.press(opener)
        await pilot.pause()
        await pilot.press("ctrl+q")
        assert app._exit


async def test_a_question_is_asked_on_the_least_screen_too() -> None:
    """Where nothing else is shown."""
    async with training() as (app, pilot):
        await pilot.press("enter")
        await ticks(app, pilot, 2)
        assert app.session.training.run is not None
        app.session.training.run.seconds = 11.0
        await pilot.resize_terminal(40, 10)
        await pilot.pause()
        await pilot.press("q")
        await pilot.pause()
        assert "would be lost" in app.main.as_text()


@pytest.mark.heavy
async def test_nothing_trains_behind_a_panel_and_it_goes_on_after_it() -> None:
    """Previews show step 0 of what they preview; escape shows the trained network again."""
    async with training() as (app, pilot):
        await pilot.press("enter")
        await ticks(app, pilot, 2)
        reached = step(app)
        await pilot.press("A", "down")
        await pilot.pause()
        await ticks(app, pilot, 2)
        assert step(app) == 0
        await pilot.press("escape")
        await pilot.pause()
        assert step(app) == reached
        await ticks(app, pilot, 2)
        assert step(app) > reached


@pytest.mark.heavy
@pytest.mark.parametrize(("motion", "fewest", "most"), [("reduced", 3, 6), ("off", 1, 2)])
async def test_less_motion_shows_training_less_often(motion: str, fewest: int, most: int) -> None:
    """It trains as fast, and the last picture is of the last step."""
    clock = Clock(look=0.004)
    app = ChainruleApp(experiment_of(**SMALL), motion=motion, clock=clock, ticking=False)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("enter")
        shown = []
        for _ in range(12):
            await ticks(app, pilot, 1)
            shown.append(step(app))
        assert fewest <= len(set(shown)) <= most
        await pilot.press("enter")
        assert step(app) == app.state.run.step > shown[-1] - 1


async def test_a_slow_network_is_made_and_trained_in_a_thread(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The loop is free meanwhile, keys wait for the network, and undo has it when it is done."""
    jobs: list[Any] = []
    async with training() as (app, pilot):

        def spawn(work: Any, done: Any) -> None:
            jobs.append((work, done))

        monkeypatch.setattr(app.session.jobs, "_spawn", spawn)

        def deliver() -> None:
            work, done = jobs.pop(0)
            work()
            done()

        monkeypatch.setattr("tui.session.current_run.is_short", lambda experiment: False)
        await pilot.press("4", "enter")
        assert "computing" in line(app, "verdict")
        deliver()
        assert app.session.training.run is not None
        app.session.training.run.step_seconds = 1.0
        await ticks(app, pilot, 3)
        assert len(jobs) == 1
        assert step(app) == 0
        deliver()
        assert step(app) == 1
        app.session.training.run.step_seconds = 1.0
        await ticks(app, pilot, 1)
        await pilot.press("l", "enter")
        while jobs:
            deliver()
        assert (app.state.run.step, app.state.run.changes[0].step) == (2, 2)
        assert not app.controller.is_training


async def test_steps_are_trained_first_and_then_it_stands_still() -> None:
    """As `chainrule --steps 30` asks."""
    async with training(steps=30, screen={"view": "training"}) as (app, pilot):
        assert app.controller.is_training
        while app.controller.is_training:
            await ticks(app, pilot, 1)
        assert step(app) == 30
        assert app.session.trace.loss == run(experiment_of(**SMALL), 30).loss
        assert command_line(app.state).endswith("--steps 30")


@pytest.mark.heavy
async def test_nothing_trains_behind_the_palette_and_it_goes_on_after_it() -> None:
    """Without another key: the timer runs again by itself."""
    async with training() as (app, pilot):
        await pilot.press("enter")
        await ticks(app, pilot, 2)
        assert app.controller.is_training
        await pilot.press("colon")
        reached = step(app)
        await ticks(app, pilot, 2)
        assert not app.controller.is_training
        assert step(app) == reached
        settled = []
        app._frames.settle = lambda: settled.append(app.controller.is_training)
        await pilot.press("escape")
        await pilot.pause()
        assert settled[-1]
