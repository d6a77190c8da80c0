"""All lines of text around the view, by the ids that they have on the screen."""

from rich.style import Style
from rich.text import Text

from tui.charts.painter import Painter, empty_line
from tui.state.actions import Action
from tui.state.animations import Phase
from tui.state.keys import key_label
from tui.state.scene import Scene, Waiting
from tui.state.screen_state import ScreenState
from tui.style.looks import FAINT, QUIET
from tui.views.header_lines import header_line, subject_line
from tui.views.key_line import key_line
from tui.views.layer_lines import factors_line, numbers_line
from tui.views.log_lines import time_line
from tui.views.verdict_line import verdict_line, wave_line
from tui.views.why_line import notices_line, why_line
from tui.words.actions import action_words
from tui.words.language import _
from tui.words.layers import table_texts
from tui.words.trace import COMPUTING


def legend_hint(painter: Painter, actions: tuple[Action, ...]) -> Text:
    """The legend's key, as long as it is not there."""
    return action_hint(painter, actions, "legend", action_words("legend").hint)


def action_hint(painter: Painter, actions: tuple[Action, ...], id: str, words: str) -> Text:
    """An action's key and what it does, which a click does, too."""
    key = next(key_label(action.keys[0]) for action in actions if action.id == id)
    style = painter.palette.style(FAINT) + Style(meta={"action": id})
    return Text(painter.glyphs.spell(f"{key} {words}"), style, end="")


def screen_lines(
    painter: Painter,
    scene: Scene | Waiting,
    actions: tuple[Action, ...],
    width: int,
    beside: int = 0,
) -> dict[str, Text]:
    """Every line; as long as there is no Trace, only those that need none.

    What is said or told last, `why`, may be longer; the experiment leaves cells free beside it.
    """
    room = width - beside
    state, made = scene.state, painter.made
    lines = {
        "header": made(
            "header",
            (scene.trace,),
            (state.view, state.table, width),
            lambda: header_line(painter, state, scene.trace, width),
        ),
        "verdict": Text(_(COMPUTING) if scene.computing else "", end=""),
        "caption": _table_caption(painter, state, width) if state.table else empty_line(),
        "keys": made(
            "keys",
            (actions,),
            (state.view, width),
            lambda: key_line(painter, actions, width, view=state.view),
        ),
    }
    if isinstance(scene, Waiting):
        lines["experiment"] = subject_line(painter, state, None, room)
        lines["why"] = notices_line(painter, state.notices)
        # of a log that has been emptied since
        return lines | dict.fromkeys(("factors", "numbers"), empty_line())
    pinned, trace = state.pinned, scene.trace
    lines["factors"] = factors_line(painter, trace, scene.cursor, width)
    lines["numbers"] = numbers_line(painter, scene, width)
    if scene.log is not None:
        lines["time"] = time_line(painter, scene.log, width)
    sources = state, trace, scene.verdict, scene.remedies, scene.is_led
    lines["why"] = made("why", sources, width, lambda: why_line(painter, scene, actions, width))
    if scene.computing:
        lines["experiment"] = subject_line(painter, state, None, room)
        return lines
    if scene.wave.phase is Phase.DONE:
        lines["verdict"] = verdict_line(painter, scene, width)
    else:
        lines["verdict"] = wave_line(painter, trace, scene.wave, width)
    # what the bars show, which a preview makes another than what is set
    lines["experiment"] = made(
        "experiment",
        (pinned, trace),
        room,
        lambda: subject_line(painter, state, trace, room),
    )
    return lines


def _table_caption(painter: Painter, state: ScreenState, width: int) -> Text:
    """How the table's rows are sorted and what its grounds tell, as fully as fits."""
    texts = table_texts(state.sort, state.ascending)
    fitting = (text for text in texts if painter.length(text) <= width)
    return painter.line((next(fitting, texts[-1]), QUIET))
