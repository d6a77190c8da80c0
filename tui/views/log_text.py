"""A logged step as text: what the log is of, the chart of its gradients, and the lines about it."""

from engine import Trace, Verdict
from tui.state.log_state import LogState
from tui.style.glyphs import Glyphs
from tui.views import trace_text
from tui.words.experiment import JOINT
from tui.words.log_player import what_texts


def to_text(state: LogState, trace: Trace, found: Verdict, width: int, glyphs: Glyphs) -> str:
    """The step that is shown, in plain characters, `width` at most."""
    subject = None
    header = state.header
    if header is not None and trace.experiment is None:
        depth = len(header.layers)
        words = what_texts(state.path, header.what, state.format, depth, header.order)
        subject = JOINT.join(words)
    return trace_text.to_text(trace, found, width, glyphs, state.metric, subject)
