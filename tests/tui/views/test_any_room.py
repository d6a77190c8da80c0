"""Every view draws in any room, also in one that is there for a moment only."""

from dataclasses import replace

import pytest

from tests.support.session import scene_of, started
from tui.screens.view_pane import view_class
from tui.state.animations import Transition
from tui.state.edits import attempt
from tui.state.scene import Room
from tui.state.views import VIEWS
from tui.style.glyphs import ASCII, BLOCKS, BRAILLE, Glyphs
from tui.style.palette import Palette

WIDTHS, HEIGHTS = (1, 2, 9, 10, 17, 60), (1, 2, 3, 4, 6, 15)


@pytest.mark.parametrize("glyphs", [BLOCKS, BRAILLE, ASCII], ids=lambda glyphs: glyphs.name)
@pytest.mark.parametrize("name", VIEWS)
def test_a_view_draws_in_any_room(name: str, glyphs: Glyphs) -> None:
    """On an axis that is far too long, and from bars of a higher chart."""
    session, _ = started(init="small_normal", depth=40)
    healthy = attempt(session.state.experiment, init="he_normal", activation="relu")
    session.set_state(session.state.edited(healthy).viewing(name))
    view = view_class(name)(glyphs, Palette())
    depth = session.state.experiment.network.depth
    moving = Transition(dict.fromkeys(range(1, depth + 1), 99.0), 0.1)
    for transition in (None, moving):
        scene = replace(scene_of(session), transition=transition)
        for width in WIDTHS:
            for height in HEIGHTS:
                room = Room(width, height)
                assert view.draw(scene, room)
                view.signs(scene, room)
                view.caption(scene, width)
