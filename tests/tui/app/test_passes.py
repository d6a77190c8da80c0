"""Passes in the app: in a thread where they are long, and those that fail."""

import threading

import pytest

from engine import Experiment, Trace
from tests.support.app import line, running
from tests.support.idle import until


@pytest.mark.heavy
async def test_too_large_a_network_is_refused_with_the_estimate() -> None:
    """The experiment stays as it was."""
    async with running(depth=1000, width=4) as (app, pilot):
        await until(lambda: not app.session.is_computing)
        app.session.set_state(app.state.edited(app.openers._edit("width", "2048")))
        await pilot.pause()
        assert "69.2 GB" in f"{line(app, 'numbers')} {line(app, 'why')}"
        assert app.state.experiment.network.width == 4


@pytest.mark.heavy
async def test_a_long_pass_runs_in_a_thread_and_the_last_key_counts(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Keys stay free; what arrives is the experiment that was asked for last."""
    async with running(width=512, depth=30) as (app, pilot):
        await until(lambda: not app.session.is_computing)
        release, measure = threading.Event(), app.session.traces.measure

        def held(experiment: Experiment) -> Trace:
            release.wait(10)
            return measure(experiment)

        monkeypatch.setattr(app.session.traces, "measure", held)
        await pilot.press("a", "a")
        assert app.session.is_computing
        assert "computing" in line(app, "verdict")
        release.set()
        await until(lambda: not app.session.is_computing)
        assert app.session.trace is not None
        assert app.session.trace.ours.network.activation == "relu"
        assert not app.session.is_computing


async def test_a_pass_that_fails_says_why_and_the_app_lives(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Memory that runs out on the way."""
    async with running() as (app, pilot):

        def fail(experiment: Experiment) -> Trace:
            raise MemoryError

        monkeypatch.setattr(app.session.traces, "measure", fail)
        await pilot.press("a")
        assert "not enough memory" in line(app, "why")
        await pilot.press("left")
        assert app.is_running
