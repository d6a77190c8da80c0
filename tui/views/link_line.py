"""The line that tells how the link does, in the place of the line of keys."""

from rich.style import Style
from rich.text import Text

from tui.charts.painter import Painter
from tui.state.actions import Action
from tui.state.keys import key_label
from tui.state.link_numbers import LinkNumbers
from tui.style.looks import FAINT, INK, KEY, QUIET
from tui.words.experiment import JOINT
from tui.words.link import answers_text, hide_text, rest_text, sent_texts


def link_line(
    painter: Painter, numbers: LinkNumbers, actions: tuple[Action, ...], width: int
) -> Text:
    """What is sent and how soon it is answered; what hides the line, where there is room."""
    sent = sent_texts(numbers.frames, numbers.bytes)
    told = (rest_text(),) if numbers.is_at_rest else sent
    line = painter.line((JOINT.join(told), INK))
    if numbers.round_trip is not None or not numbers.is_new:
        answers = answers_text(numbers.round_trip, numbers.answerer)
        line.append_text(painter.line((JOINT, FAINT), (answers, INK)))
    action = next(action for action in actions if action.id == "show_link")
    key = key_label(action.keys[0])
    hint = painter.line((JOINT, FAINT), (key, KEY, True), (f" {hide_text()}", QUIET))
    hint.stylize(Style(meta={"action": action.id}))
    return line.append_text(hint) if line.cell_len + hint.cell_len <= width else line
