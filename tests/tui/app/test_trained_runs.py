"""Runs that were trained: undo, rewinding, pinning, sharing."""

from engine import run
from tests.support.app import line
from tests.support.app_training import SMALL, step, ticks, training
from tests.support.commands import brought_back
from tests.support.experiments import experiment_of
from tui.words.notices import notice_text


async def test_another_network_starts_at_step_0_and_undo_brings_the_trained_one_back() -> None:
    """Weights, curves and all, several runs deep; a step then is the step that would have been."""
    async with training() as (app, pilot):
        await pilot.press("4", "enter")
        await ticks(app, pilot, 4)
        trained = app.session.trace
        assert trained is not None
        await pilot.press("a")
        assert step(app) == 0
        assert not app.controller.is_training
        assert notice_text("restarted") in line(app, "why")
        await pilot.press("full_stop", "full_stop", "down")
        assert (step(app), app.state.experiment.network.depth) == (0, 5)
        await pilot.press("u")
        assert (step(app), app.state.experiment.network.activation) == (2, "relu")
        await pilot.press("u")
        assert step(app) == trained.step
        assert (app.session.trace.delta_norm == trained.delta_norm).all()  # type: ignore[union-attr]
        await pilot.press("full_stop")
        assert app.session.trace.loss == run(experiment_of(**SMALL), trained.step + 1).loss  # type: ignore[union-attr]
        await pilot.press("ctrl+r")
        assert (step(app), app.state.experiment.network.activation) == (2, "relu")


async def test_backspace_goes_to_step_0_with_the_same_weights_and_undo_back() -> None:
    """The settings of the training stay."""
    async with training() as (app, pilot):
        start = app.session.trace
        await pilot.press("4", "full_stop", "l", "full_stop", "backspace")
        assert start is not None
        assert step(app) == 0
        assert (app.session.trace.delta_norm == start.delta_norm).all()  # type: ignore[union-attr]
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
        app.session.training.parked = type(app.session.training.parked)(most_bytes=0)
        await pilot.press("u")
        assert step(app) == app.state.run.step == 0
        assert "not kept" in line(app, "why")


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


async def test_a_trained_screen_is_shared_by_its_steps() -> None:
    """And what a command line cannot hold is said."""
    async with training() as (app, pilot):
        await pilot.press("4", "full_stop", "full_stop", "y")
        assert "--view training" in app.clipboard
        assert app.clipboard.endswith("--steps 2")
        assert brought_back(app.clipboard).experiment == app.state.experiment
        await pilot.press("escape", "l", "y")
        assert "--steps" not in app.clipboard
        assert "while it trained" in line(app, "numbers") + line(app, "why")
