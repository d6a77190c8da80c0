"""A logged step as text: what the log is of, the chart of its gradients, and the lines about it."""

from tui.state.log_state import LogState
from tui.state.scene import Scene
from tui.style.glyphs import Glyphs
from tui.views import trace_text
from tui.words.experiment import JOINT
from tui.words.log_player import measured_text, what_texts


def to_text(state: LogState, scene: Scene, width: int, glyphs: Glyphs) -> str:
    """The step that is shown, in plain characters, `width` at most."""
    trace, subject = scene.trace, None
    measured = None if scene.log is None else scene.log.measured
    header = state.header
    if header is not None and trace.experiment is None:
        depth = len(header.layers)
        words = what_texts(state.path, header.what, state.format, depth, header.order)
        subject = JOINT.join([*words, *([] if measured is None else [measured_text(measured)])])
    return trace_text.to_text(trace, scene.verdict, width, glyphs, state.metric, subject)
