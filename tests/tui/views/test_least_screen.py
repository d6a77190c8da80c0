"""Nothing is cut on the least screen: what does not fit has a shorter wording."""

from typing import Any

import pytest

from tests.support.app import running, ticked
from tests.support.heavy import cases
from tui.screens.drawn import Line
from tui.screens.main import ABOVE, BELOW
from tui.state.animations import Wave
from tui.views.verdict_line import wave_line

NETWORKS: list[dict[str, Any]] = [
    {},
    {"activation": "relu", "init": "zeros", "residual": "post_activation"},
    {"activation": "leaky_relu", "residual": "pre_activation", "residual_scale": "rezero"},
    {"activation": "hard_sigmoid", "norm": "layer", "residual": "post_activation"},
    {"activation": "linear", "init": "unit_normal", "depth": 500, "width": 16},
    {"dtype": "float32", "depth": 100, "init": "small_normal"},
]
KEYS: list[tuple[str, ...]] = [
    *(("1",), ("2",), ("3",), ("4",), ("4", "full_stop"), ("v",)),
    *(("m", "m", "m", "escape"), ("p", "a"), ("p", "r", "n"), ("t",), ("end",), ("home",)),
]
CASES = [(settings, keys) for settings in NETWORKS for keys in KEYS]
KEYS_ONCE = list(zip([*NETWORKS[:4], *NETWORKS[:4], *NETWORKS[:4]], KEYS, strict=True))
"""The deepest networks' waves take long enough for the heavy suite."""


@pytest.mark.parametrize(
    ("settings", "keys"),
    cases(CASES, lambda case: case in KEYS_ONCE),
)
async def test_no_line_is_longer_than_the_least_screen(
    settings: dict[str, Any], keys: tuple[str, ...]
) -> None:
    """Of all lines of text around the view."""
    async with running((60, 16), **settings) as (app, pilot):
        await pilot.press(*keys)
        await ticked(app)
        await pilot.pause()
        # the whole wave, from layer to layer
        trace, painter = app.session.trace, app.main.view.view.painter
        assert trace is not None
        waves = [Wave(trace.depth, place) for place in range(2 * trace.depth + 1)]
        lines = [str(wave_line(painter, trace, wave, 58)) for wave in waves]
        assert not [line for line in lines if len(line) > 58]
        for name in (*ABOVE, *BELOW):
            text = app.main.query_one(f"#{name}", Line).text
            assert len(str(text)) <= 58, (name, str(text))
