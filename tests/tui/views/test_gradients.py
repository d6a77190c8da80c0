"""The gradients view: metrics and the pinned run."""

import re
from dataclasses import replace
from itertools import groupby
from typing import Any

import numpy as np
import pytest

from tests.support.app import chart_rows, line, running
from tests.support.experiments import experiment_of
from tui.app import ChainruleApp
from tui.charts.painter import BAR_MARGIN
from tui.state.animations import Wave
from tui.state.metrics import METRICS
from tui.style.palette import Palette
from tui.words.views import METRIC_WORDS


async def test_the_metric_key_goes_round_and_the_caption_says_which() -> None:
    """Six metrics, and back to g."""
    async with running() as (app, pilot):
        seen = []
        for _ in METRICS:
            await pilot.press("m")
            seen.append(line(app, "caption").split("  ")[0])
            assert seen[-1] == METRIC_WORDS[app.state.metric][0]
        assert len(set(seen)) == len(METRICS)
        assert app.state.metric == "g"


async def test_update_to_data_shows_the_range_to_aim_for() -> None:
    """Dots at 1e-3, and only with that metric."""
    async with running() as (app, pilot):
        # 1e-3 has no dots here; the number format's limit has
        dotted = [row for row in chart_rows(app) if "····" in row]
        assert all("fp16" in row for row in dotted)
        app.session.set_state(replace(app.state, metric="update"))
        app.session.refit_axis()
        await pilot.pause()
        marked = [row for row in chart_rows(app) if "····" in row]
        assert marked
        assert not any("fp16" in row for row in marked)


async def test_a_flat_weight_gradient_is_explained() -> None:
    """In the line of reasons, while |∂L/∂W| is shown."""
    async with running(activation="relu") as (app, pilot):
        assert "flat" not in line(app, "why")
        await pilot.press("m", "m")
        assert "|∂L/∂W| is flat" in line(app, "why")
        await pilot.press("u")
        assert "nothing to undo" in line(app, "why")
        await pilot.press("left")
        assert "|∂L/∂W| is flat" in line(app, "why")
        assert len(line(app, "why")) <= 78


async def test_a_pinned_run_stays_behind_the_next_ones() -> None:
    """Ghost marks, what differs, by how many decades; P swaps, p lets go."""
    async with running() as (app, pilot):
        await pilot.press("P")
        assert "nothing is pinned" in line(app, "why")
        await pilot.press("p")
        assert "the same as now" in line(app, "experiment")
        await pilot.press("a", "a", "i")
        assert "activation sigmoid → relu · init xavier_normal → he_normal" in line(
            app, "experiment"
        )
        assert sum(bool(set("▔━▁") & set(row)) for row in chart_rows(app)) >= 8
        assert app.state.pinned is not None
        assert app.session.trace is not None
        gained = np.log10(
            app.session.trace.output_grad_norm[6] / app.state.pinned.output_grad_norm[6]
        )
        assert f"(+{gained:.1f} decades)" in line(app, "numbers")
        pinned, shown = app.state.pinned.experiment, app.state.experiment
        await pilot.press("P")
        assert app.state.experiment == pinned
        assert app.state.pinned.experiment == shown
        assert "relu → sigmoid" in line(app, "experiment")
        await pilot.press("p")
        assert app.state.pinned is None
        assert not any(set("▔━") & set(row) for row in chart_rows(app))
        assert line(app, "experiment").startswith("sigmoid")


async def test_a_pinned_run_may_be_shallower_or_deeper() -> None:
    """Layers are compared by their number."""
    async with running(depth=8) as (app, pilot):
        await pilot.press("t", "p", "right_curly_bracket", "end")
        assert app.state.cursor == 18
        assert "decades" not in line(app, "numbers")
        await pilot.press("home")
        assert "decades" in line(app, "numbers")
        await pilot.press("P")
        assert app.state.experiment == experiment_of(depth=8)


async def test_a_dying_net_is_seen_from_the_last_row_and_a_healthy_one_is_green() -> None:
    """A bar has the colour of its own distance from the last layer's, from top to bottom."""
    async with running() as (app, pilot):
        assert bar_colours(app)[0] != bar_colours(app)[-1]
        dying = bar_colours(app)
        await pilot.press("a", "a", "i", "equals_sign")
        healthy = bar_colours(app)
        assert healthy[-1] == dying[-1] == Palette().bar(0.0)
        assert len(set(healthy)) <= 3 < len(set(dying))
        assert dying[0] == Palette().bar(-12.0)


def bar_colours(app: ChainruleApp) -> list[str]:
    """The colours along the lowest row of bars, the cursor's aside."""
    chart = app.main.query_one("#chart")
    strip = chart.render_line(chart.size.height - 2)
    found = [s.style.color.name for s in strip if s.style and s.style.color and "█" in s.text]
    return [colour for colour, _ in groupby(found)]


async def test_an_axis_that_is_held_far_too_long_says_which_key_refits_it() -> None:
    """Only then."""
    async with running() as (app, pilot):
        assert not any("= fits" in row for row in chart_rows(app))
        await pilot.press("a", "a", "i")
        assert any("= fits" in row for row in chart_rows(app))
        await pilot.press("equals_sign")
        assert not any("= fits" in row for row in chart_rows(app))


async def test_an_overflow_is_named_once_without_an_axis() -> None:
    """No powers of ten where there is nothing to measure."""
    async with running(activation="linear", gain=1e3, depth=120, width=16) as (app, _):
        rows = chart_rows(app)
        assert sum(row.count("nan") for row in rows) == 1
        assert not any("10" in row[:BAR_MARGIN] for row in rows)


async def test_limits_of_number_formats_are_told_per_element_of_a_gradient() -> None:
    """On the chart, never at a tick's place, and for no other metric."""
    async with running(size=(120, 40)) as (app, _):
        told = [row for row in chart_rows(app) if "fp16" in row]
        assert "an element of 3 × 10⁻⁸: fp16 makes it 0" in told[0]
        assert not any("fp16" in row[:BAR_MARGIN] for row in told)


async def test_the_wave_shows_the_signals_on_their_own_axis_and_the_lines_follow_it() -> None:
    """rms of h forward, then the gradient back; the cursor stays where it was."""
    async with running(motion="full") as (app, pilot):
        await pilot.press("space")
        app.session.animation.wave = Wave(20, 4.0, playing=False)
        app.session.changed(True)
        await pilot.pause()
        rows = chart_rows(app)
        assert "rms of h" in line(app, "caption")
        assert "axis of its own" in line(app, "caption")
        assert any("10⁰" in row for row in rows)
        assert len(rows[-2].rstrip()) < 40
        assert line(app, "factors").startswith("layer 5 ")
        app.session.animation.wave = Wave(20, 30.0, playing=False)
        app.session.changed(True)
        await pilot.pause()
        assert line(app, "factors").startswith("layer 11 ")
        assert "▲11" in chart_rows(app)[-1]
        await pilot.press("escape")
        assert line(app, "factors").startswith(f"layer {app.state.cursor} ")


@pytest.mark.parametrize(
    ("settings", "word", "sign"),
    [
        ({"init": "zeros", "residual": "post_activation"}, "dead", "○"),
        ({"residual": "pre_activation", "residual_scale": "rezero"}, "closed", "◇"),
    ],
)
async def test_a_layer_that_does_not_learn_has_a_sign_at_its_foot(
    settings: dict[str, Any], word: str, sign: str
) -> None:
    """Which the margin names: its bar is as high as any other; the foot keeps its numbers."""
    async with running(activation="relu", **settings) as (app, pilot):
        *bars, signs, foot = chart_rows(app)
        assert signs.split()[0] == word
        assert signs.count(sign) == 20
        assert "█" in bars[-1]
        assert {"1", "5", "20"} <= set(re.findall("[0-9]+", foot))
        assert sign in line(app, "caption")
        await pilot.press("0", "escape")
        assert sign not in "".join(chart_rows(app))


async def test_what_is_not_drawn_over_the_bars_is_named_so() -> None:
    """Theory as high as the bars, and a pinned run that is the same; another one is drawn."""
    async with running(size=(120, 40)) as (app, pilot):
        assert "theory matches" in line(app, "caption")
        await pilot.press("p")
        assert "pinned matches" in line(app, "caption")
        await pilot.press("a")
        assert "━ pinned  " in line(app, "caption")
