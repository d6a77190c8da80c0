"""Training in the app, through its keys: paused, a tick at a time, on a clock that counts steps."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import numpy as np
import pytest
from textual.pilot import Pilot

from engine import Run, inspect, replay, run
from tests.support import experiment_of
from tests.test_app import line
from tests.test_sharing import brought_back
from tui.app import ChainruleApp
from tui.charts.boundary import sample_places
from tui.charts.heat_map import shared
from tui.config.command_line import command_line
from tui.state.pictures import PICTURES
from tui.views.training_words import layer_ranges, stalled_text
from tui.words.notices import notice_text

SMALL = {"depth": 6, "width": 8, "batch_size": 32, "activation": "tanh"}


class Clock:
    """Moves by hand, and by a millisecond a look."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        self.now += 0.001
        return self.now


@asynccontextmanager
async def training(
    size: tuple[int, int] = (80, 24), steps: int = 0, screen: Any = None, **settings: Any
) -> AsyncIterator[tuple[ChainruleApp, Pilot[None]]]:
    """The app on a small network, its clock in the test's hand."""
    experiment = experiment_of(**{**SMALL, **settings})
    app = ChainruleApp(
        experiment, clock=Clock(), ticking=False, steps=steps, screen=screen, reduced_motion=False
    )
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        app.main.finish_motion()
        yield app, pilot


async def ticks(app: ChainruleApp, pilot: Pilot[None], count: int) -> None:
    """So many frames."""
    for _ in range(count):
        app._clock.now += 0.2  # type: ignore[attr-defined]
        app.tick()
    await pilot.pause()


def rows(app: ChainruleApp) -> list[str]:
    """The view of the training as text."""
    view = app.main.query_one("#training")
    return [view.render_line(y).text for y in range(view.size.height)]


def step(app: ChainruleApp) -> int:
    """Of the pass that is shown."""
    assert app.main.trace is not None
    return app.main.trace.step


async def test_enter_trains_and_pauses_and_the_bars_move() -> None:
    """In frames; the numbers are those of a headless run."""
    async with training() as (app, pilot):
        before = app.main.view.view.picture  # type: ignore[attr-defined]
        await pilot.press("enter")
        assert app.trains
        await ticks(app, pilot, 6)
        assert "▶ step" in line(app, "verdict")
        assert "steps/s" in line(app, "verdict")
        assert app.main.view.view.picture != before  # type: ignore[attr-defined]
        await pilot.press("enter")
        assert not app.trains
        reached = step(app)
        assert reached > 3
        await ticks(app, pilot, 2)
        assert step(app) == reached
        assert f"‖ step {reached}" in line(app, "verdict")
        assert app.state.run == Run(experiment_of(**SMALL), reached)
        assert app.main.trace.loss == run(experiment_of(**SMALL), reached).loss


@pytest.mark.parametrize("view", ["1", "2", "3", "4", "v"])
@pytest.mark.parametrize("size", [(80, 24), (160, 45)])
async def test_every_view_follows_the_training(view: str, size: tuple[int, int]) -> None:
    """Their rows change; whichever it is, what is shown is the run's last pass."""
    async with training(size) as (app, pilot):
        await pilot.press(view)
        await pilot.press("enter")
        await ticks(app, pilot, 3)
        first = app.main.as_text()
        await ticks(app, pilot, 4)
        assert app.main.as_text() != first
        assert app._live is not None
        assert app.main.trace is app._live.trace


async def test_space_pauses_the_training_and_then_plays_the_wave() -> None:
    """What moves is what it stops."""
    async with training() as (app, pilot):
        await pilot.press("enter")
        await ticks(app, pilot, 2)
        await pilot.press("space")
        assert not app.trains
        assert not app.main.moving
        await pilot.press("space")
        assert app.main.moving
        app.main.advance(0.2)
        await pilot.press("space", "full_stop")
        assert app.main.wave.phase.value == "forward"


async def test_steps_on_and_back() -> None:
    """One at a time, exactly; a running training is paused by them."""
    async with training() as (app, pilot):
        await pilot.press("4", "full_stop", "full_stop", "full_stop")
        assert step(app) == 3
        await pilot.press("comma")
        assert step(app) == 2
        assert app.main.trace.loss == run(experiment_of(**SMALL), 2).loss  # type: ignore[union-attr]
        await pilot.press("enter")
        await ticks(app, pilot, 3)
        await pilot.press("full_stop")
        assert not app.trains
        await pilot.press("1", "comma")
        assert step(app) == app.state.run.step
        await pilot.press(*["comma"] * (step(app) + 1))
        assert step(app) == 0
        assert "this is step 0" in line(app, "why")


async def test_training_settings_change_on_the_way_and_are_taken_down() -> None:
    """The rate, the optimiser and clipping; the run reproduces every bit."""
    async with training() as (app, pilot):
        await pilot.press("enter")
        await ticks(app, pilot, 3)
        at = step(app)
        await pilot.press("l")
        assert f"learning rate 0.2 from step {at} on" in line(app, "why")
        assert step(app) == at
        assert app.trains
        await ticks(app, pilot, 2)
        await pilot.press("o", "c")
        await ticks(app, pilot, 2)
        await pilot.press("enter")
        changes = [change.training for change in app.state.run.changes]
        assert changes[0].learning_rate == 0.2
        assert (changes[-1].optimizer, changes[-1].clip_norm) == ("momentum", 1.0)
        again = replay(app.state.run).trace
        assert app.main.trace is not None
        assert (app.main.trace.delta_norm == again.delta_norm).all()
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


async def test_another_network_starts_at_step_0_and_undo_brings_the_trained_one_back() -> None:
    """Weights, curves and all, several runs deep; a step then is the step that would have been."""
    async with training() as (app, pilot):
        await pilot.press("4", "enter")
        await ticks(app, pilot, 4)
        trained = app.main.trace
        assert trained is not None
        await pilot.press("a")
        assert step(app) == 0
        assert not app.trains
        assert notice_text("restarted") in line(app, "why")
        await pilot.press("full_stop", "full_stop", "down")
        assert (step(app), app.state.experiment.network.depth) == (0, 5)
        await pilot.press("u")
        assert (step(app), app.state.experiment.network.activation) == (2, "relu")
        await pilot.press("u")
        assert step(app) == trained.step
        assert (app.main.trace.delta_norm == trained.delta_norm).all()  # type: ignore[union-attr]
        await pilot.press("full_stop")
        assert app.main.trace.loss == run(experiment_of(**SMALL), trained.step + 1).loss  # type: ignore[union-attr]
        await pilot.press("ctrl+r")
        assert (step(app), app.state.experiment.network.activation) == (2, "relu")


async def test_backspace_goes_to_step_0_with_the_same_weights_and_undo_back() -> None:
    """The settings of the training stay."""
    async with training() as (app, pilot):
        start = app.main.trace
        await pilot.press("4", "full_stop", "l", "full_stop", "backspace")
        assert start is not None
        assert step(app) == 0
        assert (app.main.trace.delta_norm == start.delta_norm).all()  # type: ignore[union-attr]
        assert app.state.experiment.training.learning_rate == 0.2
        await pilot.press("backspace")
        assert "this is step 0" in line(app, "why")
        await pilot.press("u")
        assert step(app) == 2
        assert len(app.state.run.changes) == 1


async def test_weights_that_were_let_go_are_said_to_be_gone() -> None:
    """The run starts at step 0 again."""
    async with training() as (app, pilot):
        await pilot.press("4", "full_stop", "a")
        app._shelf = type(app._shelf)(most_bytes=0)
        await pilot.press("u")
        assert step(app) == app.state.run.step == 0
        assert "not kept" in line(app, "why")


async def test_a_diverged_training_stops_with_one_line() -> None:
    """The last finite pass stays; keys that train say what to do."""
    async with training(activation="linear", learning_rate=1000.0) as (app, pilot):
        await pilot.press("4", "enter")
        await ticks(app, pilot, 60)
        assert not app.trains
        assert "diverged at step" in line(app, "why")
        assert "in layer" in line(app, "why")
        assert np.isfinite(app.main.trace.delta_norm).all()  # type: ignore[union-attr]
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
        assert app._live is not None
        app._live.seconds = 11.0
        await pilot.press("q")
        assert not app._exit
        assert not app.trains
        assert "would be lost" in line(app, "why")
        await pilot.press("left", "q")
        assert not app._exit
        await pilot.press("q")
        assert app._exit


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


async def test_reduced_motion_shows_training_twice_a_second() -> None:
    """It trains as fast, and the last picture is of the last step."""
    app = ChainruleApp(experiment_of(**SMALL), reduced_motion=True, clock=Clock(), ticking=False)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("enter")
        shown = []
        for _ in range(12):
            await ticks(app, pilot, 1)
            shown.append(step(app))
        assert 3 <= len(set(shown)) <= 6
        await pilot.press("enter")
        assert step(app) == app.state.run.step > shown[-1] - 1


async def test_a_trained_run_is_pinned_but_not_swapped() -> None:
    """Its marks stand behind the training that goes on."""
    async with training() as (app, pilot):
        await pilot.press("4", "full_stop", "p", "1", "enter")
        await ticks(app, pilot, 3)
        assert app.state.pinned is not None
        assert app.state.pinned.step == 1
        assert "pinned" in line(app, "experiment")
        await pilot.press("P")
        assert "step 0 only" in line(app, "why")


async def test_a_slow_network_is_made_and_trained_in_a_thread(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The loop is free meanwhile, keys wait for the network, and undo has it when it is done."""
    jobs: list[Any] = []
    monkeypatch.setattr(ChainruleApp, "_spawn", lambda app, work, done: jobs.append((work, done)))
    async with training() as (app, pilot):

        def deliver() -> None:
            work, done = jobs.pop(0)
            work()
            done()

        monkeypatch.setattr(app, "_is_quick", lambda experiment: False)
        await pilot.press("4", "enter")
        assert "computing" in line(app, "verdict")
        deliver()
        assert app._live is not None
        app._live._step_seconds = 1.0
        await ticks(app, pilot, 3)
        assert len(jobs) == 1
        assert step(app) == 0
        deliver()
        assert step(app) == 1
        app._live._step_seconds = 1.0
        await ticks(app, pilot, 1)
        await pilot.press("l", "enter")
        while jobs:
            deliver()
        assert (app.state.run.step, app.state.run.changes[0].step) == (2, 2)
        assert not app.trains


@pytest.mark.parametrize("size", [(60, 16), (80, 24), (160, 45)])
@pytest.mark.parametrize("picture", PICTURES)
@pytest.mark.parametrize("trained", [False, True])
async def test_the_view_is_complete_at_every_size(
    size: tuple[int, int], picture: str, trained: bool
) -> None:
    """Nothing is cut off, before training and after some steps."""
    dataset = "moons" if picture == "boundary" else "digits"
    async with training(size, screen={"view": "training", "picture": picture}, dataset=dataset) as (
        app,
        pilot,
    ):
        if trained:
            await pilot.press("full_stop", "full_stop")
        shown = rows(app)
        width = app.main.query_one("#training").size.width
        assert all(len(row) == width for row in shown)
        assert shown[0].startswith("loss ")
        assert picture in shown[0]
        text = "\n".join(shown)
        if not trained:
            assert "enter trains" in text
            return
        assert "|δ| by layer" in text
        assert shown[-1].split()[0] == "0"
        assert "⠀" not in text
        words = {"displacement": "moved", "probe": "chance", "samples": "", "boundary": "▀"}
        assert words[picture] in text
        assert "▀" in text or picture != "samples"


async def test_the_pictures_go_round_as_far_as_the_data_have_them() -> None:
    """A plane has a boundary, digits have samples; the key opens the view first."""
    for dataset, names in (
        ("spiral", ["boundary", "probe", "displacement"]),
        ("digits", ["samples", "probe", "displacement"]),
        ("gaussian", ["displacement"]),
        ("digits without a test set", ["samples", "displacement"]),
    ):
        name, _, rest = dataset.partition(" ")
        share = 0.0 if rest else 0.2
        async with training(dataset=name, test_fraction=share) as (app, pilot):
            await pilot.press("k")
            assert (app.state.view, app.state.picture) == ("training", "displacement")
            seen = []
            for _ in names:
                await pilot.press("k")
                seen.append(app.state.picture)
            assert seen == names


async def test_the_curves_and_the_answers_are_not_drawn_oftener_than_can_be_seen() -> None:
    """Four times and twice a second while it trains; at once when it stands still."""
    async with training(screen={"view": "training", "picture": "samples"}) as (app, pilot):
        await pilot.press("enter")
        await ticks(app, pilot, 2)
        assert app.main.training is not None
        glimpses, clock = app.main.training, app._clock

        def seen() -> list[Any]:
            app.tick()
            return [glimpses._kept[name].value for name in ("curves", "heat", "samples")]

        def unchanged(first: list[Any]) -> list[bool]:
            return [a is b for a, b in zip(first, seen(), strict=True)]

        clock.now += 1  # type: ignore[attr-defined]
        first = seen()
        clock.now += 0.01  # type: ignore[attr-defined]
        assert unchanged(first) == [True, True, True]
        clock.now += 0.26  # type: ignore[attr-defined]
        assert unchanged(first) == [False, False, True]
        clock.now += 0.3  # type: ignore[attr-defined]
        assert unchanged(first) == [False, False, False]
        await pilot.press("full_stop")
        curves, _, samples = seen()
        assert samples.step == curves.steps[-1] == step(app)


async def test_a_trained_layer_is_inspected_and_in_training_four_times_a_second() -> None:
    """The very step's numbers where it stands still; the last ones in between."""
    async with training(screen={"view": "activation"}) as (app, pilot):
        await pilot.press("enter")
        await ticks(app, pilot, 3)

        def seen() -> Any:
            assert app.main.trace is not None
            return (app.main.inspect(app.main.trace, frozenset({2})) or {})[2]

        app._clock.now += 1  # type: ignore[attr-defined]
        app.tick()
        first = seen()
        app._clock.now += 0.05  # type: ignore[attr-defined]
        app.tick()
        assert seen() is first
        app._clock.now += 0.3  # type: ignore[attr-defined]
        app.tick()
        assert seen() is not first
        await pilot.press("enter", "full_stop")
        expected = inspect(replay(app.state.run), {2})[2]
        assert seen().singular_values == expected.singular_values
        assert (seen().delta.counts == expected.delta.counts).all()
        await pilot.press("backspace")
        assert seen().singular_values != expected.singular_values


async def test_a_trained_screen_is_shared_by_its_steps() -> None:
    """And what a command line cannot hold is said."""
    async with training() as (app, pilot):
        await pilot.press("4", "full_stop", "full_stop", "y")
        assert "--view training" in app.clipboard
        assert app.clipboard.endswith("--steps 2")
        assert brought_back(app.clipboard).experiment == app.state.experiment
        await pilot.press("escape", "l", "y")
        assert "--steps" not in app.clipboard
        assert "while it trained" in line(app, "why")


async def test_steps_are_trained_first_and_then_it_stands_still() -> None:
    """As `chainrule --steps 30` asks."""
    async with training(steps=30, screen={"view": "training"}) as (app, pilot):
        assert app.trains
        while app.trains:
            await ticks(app, pilot, 1)
        assert step(app) == 30
        assert app.main.trace.loss == run(experiment_of(**SMALL), 30).loss
        assert command_line(app.state).endswith("--steps 30")


async def test_it_draws_without_colour_and_in_ascii(monkeypatch: pytest.MonkeyPatch) -> None:
    """Characters tell then; a theme of the terminal's own colours works too."""
    from tui.style.glyphs import ASCII

    monkeypatch.setenv("NO_COLOR", "1")
    for picture, dataset in (("samples", "digits"), ("boundary", "moons")):
        experiment = experiment_of(**{**SMALL, "dataset": dataset})
        screen = {"view": "training", "picture": picture}
        app = ChainruleApp(experiment, ASCII, True, ticking=False, screen=screen)
        async with app.run_test(size=(80, 24)) as pilot:
            await pilot.press("full_stop")
            text = "\n".join(rows(app))
            assert text.isascii()
            assert "#" in text
            await pilot.press("2", "4", "k")
    monkeypatch.delenv("NO_COLOR")
    async with training(screen={"view": "training", "picture": "boundary"}, dataset="moons") as (
        app,
        pilot,
    ):
        await pilot.press("full_stop")
        app.choose_theme("ansi-dark")
        await pilot.press("2", "4", "k")
        assert len(rows(app)[3]) == 78


def test_the_layers_that_stand_still_are_named() -> None:
    """As ranges; where none does, the one that moved least."""
    assert layer_ranges([1, 2, 3, 5, 7, 8]) == "1-3, 5, 7-8"
    moved = np.array([1e-9, 1e-7, 1e-3, 1e-5, 0.1])
    assert stalled_text(moved) == "layers 1-2, 4 moved less than 0.01 %"
    assert stalled_text(np.array([0.0, 0.1])) == "layer 1 moved less than 0.01 %"
    assert stalled_text(np.array([0.02, 0.1])) == "all moved, the least by 2 %"


def test_layers_share_the_rows_of_the_heat_from_the_output_down() -> None:
    """The last layer on top, the first at the bottom, medians where several share one."""
    decades = np.arange(6, dtype=np.float32)[None, :]
    assert shared(decades, 6)[0].tolist() == [5, 4, 3, 2, 1, 0]
    assert shared(decades, 3)[0].tolist() == [4.5, 2.5, 0.5]
    assert shared(decades, 12)[0, [0, 1, 10, 11]].tolist() == [5, 5, 0, 0]


def test_samples_lie_where_their_numbers_say() -> None:
    """On the pixels of the plane."""
    from engine import Trainer
    from engine.measure.evaluation import predict_grid

    trainer = Trainer(experiment_of(**{**SMALL, "dataset": "gauss"}))
    grid = predict_grid(trainer.state, trainer.split, 0, 20, 20)
    places = sample_places(grid, trainer.split.test)
    assert len(places) > 20
    for (row, column), label in places.items():
        # the clouds are at (-1, -1) and (1, 1)
        if label:
            assert column - row > -12
        else:
            assert column - row < 12
