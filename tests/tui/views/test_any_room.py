"""Every view draws in any room, also in one that is there for a moment only."""

import math
from dataclasses import replace
from functools import cache
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len

from tests.support.experiments import experiment_of
from tests.support.session import SMALL, scene_of, started
from tui.charts.letters import big
from tui.screens.view_pane import view_of
from tui.session.session import Session
from tui.state.actions import ACTIONS
from tui.state.animations import Transition, Wave
from tui.state.edits import Edit
from tui.state.metrics import METRICS
from tui.state.scene import Room
from tui.state.views import PICTURES, VIEWS
from tui.style.glyphs import SETS
from tui.style.palette import Palette
from tui.style.wrapping import wrapped
from tui.views.inspector import Inspector
from tui.views.legend import Legend
from tui.views.screen_lines import screen_lines
from tui.views.verdict_line import big_words
from tui.views.view import View
from tui.words.language import ENGLISH, LANGUAGES, use
from tui.words.legend import LEGEND

NETWORKS: list[dict[str, Any]] = [
    {"depth": 1},
    {"depth": 2, "dataset": "circle"},
    {"depth": 3, "init": "zeros", "residual": "post_activation"},
    {"depth": 40, "init": "small_normal"},
    {"depth": 12, "activation": "relu", "residual": "pre_activation", "norm": "batch"},
    {"depth": 8, "residual": "pre_activation", "residual_scale": "rezero"},
    {"depth": 150, "activation": "linear", "init": "unit_normal", "dtype": "float32"},
    {"depth": 130, "activation": "sigmoid", "dtype": "float32", "init": "small_normal"},
    {"depth": 9, "dataset": "spiral", "learning_rate": 1e6, "activation": "linear"},
]
LONG_AXIS = {"depth": 200, "init": "small_normal"}


@cache
def session_of(network: int, steps: int) -> Session:
    """A session that has seen another network, and has trained so many steps."""
    session, controller = started(**LONG_AXIS)
    far = session.trace
    other = Edit(experiment_of(**{**SMALL, **NETWORKS[network]}))
    session.set_state(replace(session.state.edited(other), pinned=far))
    for _ in range(steps):
        session.set_state(session.state.viewing("training"))
        session.animation.finish()
        controller.step(1)
    return session


PANES = (*VIEWS, "inspector", "legend")


def pane(name: str, glyphs: str) -> View:
    """A view, or what stands beside one."""
    own = {"inspector": Inspector, "legend": Legend}
    return (
        own[name](SETS[glyphs], Palette())
        if name in own
        else view_of(name, SETS[glyphs], Palette())
    )


@settings(deadline=None, max_examples=2 * settings().max_examples)
@given(
    st.integers(0, len(NETWORKS) - 1),
    st.sampled_from((0, 3)),
    st.sampled_from(PANES),
    st.sampled_from(sorted(SETS)),
    st.one_of(st.integers(1, 400), st.integers(1, 20)),
    st.one_of(st.integers(1, 120), st.integers(1, 8)),
    st.data(),
)
def test_everything_is_drawn_in_any_room(
    network: int, steps: int, name: str, glyphs: str, width: int, height: int, data: st.DataObject
) -> None:
    """In the midst of a wave or a transition, on an axis that is far too long, with any cursor."""
    # where only ASCII is shown English is spoken
    use(ENGLISH if glyphs == "ascii" else data.draw(st.sampled_from(list(LANGUAGES))))
    session, room = session_of(network, steps), Room(width, height)
    trace, state = session.trace, session.state
    assert trace is not None
    view = pane(name, glyphs)
    state = replace(
        state,
        view=name if name in VIEWS else "gradients",
        metric=data.draw(st.sampled_from(list(METRICS))),
        picture=data.draw(st.sampled_from(list(PICTURES))),
        # of a network that was deeper a moment ago
        cursor=data.draw(st.integers(1, 200)),
        pinned=state.pinned if data.draw(st.booleans()) else None,
    )
    session.state = state
    scene = scene_of(session, view.wants(state, trace, room))
    heights = st.dictionaries(st.integers(1, 200), st.floats(0, 1000), max_size=50)
    moving = st.builds(Transition, heights, st.floats(0, 1))
    waves = st.builds(Wave, st.just(trace.depth), st.floats(0, 2 * trace.depth + 1))
    scene = replace(
        scene,
        transition=data.draw(st.none() | moving),
        wave=data.draw(st.just(scene.wave) | waves),
    )
    if isinstance(view, Legend):
        view.told = tuple(data.draw(st.lists(st.sampled_from(list(LEGEND)), unique=True)))
    drawn = view.draw(scene, room)
    shown = [strip.adjust_cell_length(width, view.painter.blank) for strip in drawn[:height]]
    assert all(strip.cell_length == width for strip in shown)
    assert all(map(math.isfinite, (view.heights or {}).values()))
    view.signs(scene, room)
    view.caption(scene, width)
    view.marks(scene)
    screen_lines(view.painter, scene, ACTIONS, width)
    for words in big_words(view.painter, scene)[0]:
        lines = big(words, width, height, SETS[glyphs])
        assert all(cell_len(line) <= max(width, 2) for line in lines)


@given(st.text(max_size=60), st.integers(-5, 80))
def test_a_text_is_broken_at_any_width(text: str, width: int) -> None:
    """Also where there is none; a wide character takes two cells at least."""
    assert all(cell_len(line) <= max(width, 2) for line in wrapped(text, width))
