"""The lines of a presentation, and what is said in as many rows as it needs."""

from collections.abc import Sequence

from rich.text import Text

from tui.charts.painter import Painter
from tui.state.actions import Action
from tui.state.animations import Phase
from tui.state.scene import Scene, Waiting
from tui.style.wrapping import in_rows
from tui.views.header_lines import GAP, spread
from tui.views.screen_lines import action_hint, screen_lines
from tui.views.verdict_line import progress_chip, verdict_line
from tui.words.screens import presentation_ends


def presented_lines(
    painter: Painter, scene: Scene | Waiting, actions: tuple[Action, ...], width: int
) -> dict[str, Text]:
    """Every line, with how to leave beside the experiment, and what is said over the chart."""
    back = action_hint(painter, actions, "present", presentation_ends())
    lines = screen_lines(painter, scene, actions, width, back.cell_len + GAP)
    lines["experiment"] = spread(lines["experiment"].copy(), back, width)
    if isinstance(scene, Waiting):
        return lines
    if scene.state.notices:
        told = progress_chip(painter, scene).append_text(lines["why"])
        put(lines, told, ("experiment", "verdict"), width)
    elif scene.wave.phase is Phase.DONE and not scene.computing:
        lines["verdict"] = verdict_line(painter, scene, width, has_word=False)
    return lines


def put(lines: dict[str, Text], told: Text, rows: Sequence[str], width: int) -> None:
    """What is told in place of the last of those lines, or of so many of them as it needs."""
    parts = in_rows(told, width, len(rows))
    lines.update(zip(rows[-len(parts) :], parts, strict=True))
