"""What is said is whole at every width: it has a shorter wording, or more rows."""

from dataclasses import replace
from typing import Any

import pytest
from rich.text import Text

from tests.support.session import scene_of, started
from tui.charts.painter import Painter
from tui.state.actions import ACTIONS
from tui.state.notices import notice
from tui.state.scene import Scene, TrainingScene
from tui.style.glyphs import SETS
from tui.style.palette import Palette
from tui.style.wrapping import in_rows
from tui.views.presented_lines import put
from tui.views.screen_lines import screen_lines

WIDTHS = range(58, 119, 5)
ROWS = ("factors", "numbers", "why")
NETWORKS: list[dict[str, Any]] = [
    {"activation": "sigmoid", "depth": 20},
    {"activation": "linear", "init": "unit_normal", "depth": 30},
    {"activation": "relu", "init": "zeros", "residual": "post_activation"},
    {"activation": "relu", "gain": 0.1, "dtype": "float32", "depth": 60},
    {"activation": "linear", "gain": 1e-3, "dtype": "float32", "depth": 100},
]
TRAININGS = (
    None,
    TrainingScene(12, playing=True, steps_per_second=3.2),
    TrainingScene(123_456, playing=True, steps_per_second=1234.0),
    TrainingScene(123_456, playing=False, steps_per_second=0.0),
)


def lines_of(scene: Scene, glyphs: str, width: int) -> dict[str, Text]:
    """All lines, each in its row."""
    lines = screen_lines(Painter(Palette(), SETS[glyphs]), scene, ACTIONS, width)
    put(lines, lines["why"], ROWS, width)
    return lines


@pytest.mark.parametrize("glyphs", SETS)
@pytest.mark.parametrize("settings", NETWORKS)
def test_no_line_is_cut(settings: dict[str, Any], glyphs: str) -> None:
    """Before, while and after training, however many steps there are and how fast they go."""
    session, _ = started(**settings)
    for training in TRAININGS:
        scene = replace(scene_of(session), training=training)
        for width in WIDTHS:
            lines = lines_of(scene, glyphs, width)
            assert not {n: str(t) for n, t in lines.items() if t.cell_len > width}
            assert not str(lines["verdict"]).rstrip().endswith("'s")


@pytest.mark.parametrize(
    "said",
    [
        notice("restarted"),
        notice("preset", preset="remedy-batch-norm"),
        notice("command_without_changes"),
        notice("optimizer", optimizer="adam", formula="m = 0.9 m + 0.1 g; " * 6, step=12),
        notice("band", median=1e-11, low=1e-12, high=1e-10, of=16, layer=20, drawn=False),
    ],
    ids=lambda said: said.code,
)
def test_what_is_said_takes_the_rows_that_it_needs(said: Any) -> None:
    """The last, where it fits."""
    session, _ = started()
    session.set_state(session.state.saying(said))
    scene = scene_of(session)
    whole = str(lines_of(scene, "block", 400)["why"])
    before = lines_of(replace(scene, state=scene.state.saying()), "block", 58)
    for width in WIDTHS:
        lines = lines_of(scene, "block", width)
        rows = [lines[name] for name in ROWS]
        assert all(row.cell_len <= width for row in rows)
        count = len(in_rows(Text(whole), width, len(ROWS)))
        assert " ".join(map(str, rows[-count:])) == whole
    assert lines_of(scene, "block", 400)["factors"] == before["factors"]


def test_rows_keep_their_style_and_numbers_their_powers() -> None:
    """A row ends between words; the last has all that is left."""
    line = Text("layer 1 gets ").append("8.9 × 10⁻¹³", "bold").append(" of it all")
    rows = in_rows(line, 20, 3)
    assert [str(row) for row in rows] == ["layer 1 gets", "8.9 × 10⁻¹³ of it", "all"]
    assert rows[1].spans[0].style == "bold"
    assert str(in_rows(line, 20, 2)[-1]) == "8.9 × 10⁻¹³ of it all"
