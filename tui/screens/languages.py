"""Going round the languages, with everything on the screen."""

from collections.abc import Callable

from tui.session.any_session import AnySession
from tui.state.edits import next_of
from tui.state.notices import notice
from tui.style.glyphs import ASCII, Glyphs
from tui.words.language import LANGUAGES, current, use


def next_language(session: AnySession, glyphs: Glyphs, redraw: Callable[[], None]) -> None:
    """Say everything in the next language, unless the characters know English alone."""
    if glyphs is ASCII:
        session.say(notice("only_ascii"))
        return
    use(next_of(tuple(LANGUAGES), current()))
    session.say(notice("language", language=current()))
    redraw()
