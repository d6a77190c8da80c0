"""Theory, seeds and remedies in the app: what is found out beside a Trace, and shown of it."""

from dataclasses import replace

import pytest

from engine import Experiment
from tests.support.app import chart_rows, line, running, ticked
from tests.support.experiments import experiment_of
from tui.app import ChainruleApp
from tui.charts.painter import BAR_MARGIN
from tui.screens.diagnosis import ReportScreen
from tui.style.glyphs import ASCII, BLOCKS
from tui.words.causes import WHY
from tui.words.diagnosis import TRY
from tui.words.notices import notice_text


async def test_the_remedy_appears_by_itself_and_f_applies_it() -> None:
    """With its outcome; the notice says what was done, and undo takes it back."""
    async with running() as (app, pilot):
        assert "skips" not in line(app, "why")
        await ticked(app)
        assert "f post-activation skips → 1.2 of layer 20's" in line(app, "why")
        for is_led in (True, False):
            # it would answer what the tour asks
            app.session.is_led = is_led
            app.session.changed(True)
            await pilot.pause()
            assert ("skips" in line(app, "why")) is not is_led
        await pilot.press("f")
        assert app.state.experiment == experiment_of(residual="post_activation")
        said = "(press r): layer 1 gets 1.2 times layer 20's gradient"
        assert said in f"{line(app, 'numbers')} {line(app, 'why')}"
        await pilot.press("f")
        assert "nothing to repair" in line(app, "why")
        await pilot.press("u")
        assert app.state.experiment == Experiment()


@pytest.mark.heavy
async def test_f_before_the_candidates_are_tried_waits_for_them() -> None:
    """And then applies the best; another key before that calls it off."""
    async with running() as (app, pilot):
        await pilot.press("f")
        assert "trying" in line(app, "why")
        assert app.state.experiment == Experiment()
        await ticked(app)
        assert app.session.is_healthy
        await pilot.press("0", "g", "f", "w")
        await ticked(app)
        assert app.state.experiment == experiment_of(gain=1.1, width=128)


def strokes(app: ChainruleApp) -> set[str]:
    """The characters of the chart that draw lines."""
    return set("".join(row[BAR_MARGIN:] for row in chart_rows(app)[:-1])) & {*BLOCKS.strokes}


async def test_the_theory_line_and_its_value() -> None:
    """Where bars part from it and in the numbers, until t takes it away."""
    async with running(activation="relu", init="he_normal", width=16, depth=60) as (app, pilot):
        assert strokes(app)
        assert "theory" in line(app, "numbers")
        await pilot.press("t")
        assert not strokes(app)
        assert "theory" not in line(app, "numbers")


async def test_theory_is_quiet_where_the_bars_say_the_same_and_where_it_is_silent() -> None:
    """It predicts the default network; of dL/dW and below width 16 it says nothing."""
    async with running() as (app, pilot):
        assert not strokes(app)
        assert "theory" in line(app, "numbers")
        app.session.set_state(replace(app.state, metric="weight_grad"))
        await pilot.pause()
        assert not strokes(app)
        assert "theory" not in line(app, "numbers")
    async with running(width=8) as (app, _):
        assert not strokes(app)
        assert "theory" not in line(app, "numbers")


@pytest.mark.heavy
async def test_the_band_grows_seed_by_seed_and_can_be_stopped() -> None:
    """Progress in words; B again stops and takes it away."""
    async with running(activation="relu", init="he_normal", width=16) as (app, pilot):
        await pilot.press("B")
        assert "seeds 1 of 16" in line(app, "why")
        await ticked(app, 5)
        assert "seeds 6 of 16" in line(app, "why")
        assert any(set("╷╵") & set(row) for row in chart_rows(app))
        await pilot.press("B")
        await ticked(app, 5)
        assert app.session.trials.seeds_done == 6
        assert not any(set("╷╵") & set(row) for row in chart_rows(app))
        await pilot.press("B")
        await ticked(app)
        assert "16 seeds" in line(app, "why")


@pytest.mark.heavy
async def test_the_report_is_spelled_in_ascii_as_everywhere() -> None:
    """At most is not less than, and powers of ten are numbers."""
    app = ChainruleApp(experiment_of(), motion="reduced", ticking=False, glyphs=ASCII)
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.pause()
        await pilot.press("d")
        await pilot.pause()
        shown = " ".join(strip.text.strip() for strip in app.screen._compositor.render_strips())
        assert "sigmoid' <= 0.25" in shown
        assert "8.9e-13" in shown
        assert "trying what helps ..." in shown


async def test_the_report_is_the_doctor_s() -> None:
    """The same findings, and the remedies as soon as they were tried."""
    async with running(size=(100, 30)) as (app, pilot):
        await pilot.press("d")
        report = app.screen
        assert isinstance(report, ReportScreen)
        assert report.findings[-1].text == notice_text("trying")
        await ticked(app)
        await pilot.pause()
        assert report.findings[-1].text.endswith("instead of 8.9 × 10⁻¹³ of it")
        shown = "\n".join(strip.text for strip in app.screen._compositor.render_strips())
        assert "BatchNorm (press b)" in shown
        labels = [finding.label for finding in report.findings]
        assert labels[0] == "vanishing"
        assert set(labels) == {"vanishing", WHY, TRY}
        await pilot.press("enter")
        labels = [finding.label for finding in report.findings]
        assert {"vanishing", WHY, TRY, "factors", "theory", "folklore"} <= set(labels)
        await pilot.press("enter")
        assert set(labels) > {finding.label for finding in report.findings}
        await pilot.press("escape")
        assert app.screen is app.main
