"""The quiz over the chart: its questions one by one, and at the end all of them."""

from collections.abc import Callable
from typing import ClassVar

from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.events import Click
from textual.widgets import Static

from tui.charts.painter import Painter
from tui.screens.main import MainScreen
from tui.screens.modal import Modal
from tui.session.quiz import Quiz
from tui.state.keys import character_name
from tui.state.quiz import Asked
from tui.views.quiz_lines import QuizLines
from tui.words.quiz_screen import not_kept_text

MARGIN = 2
"""Cells at either side."""

WIDTH, HEIGHT = 100, 30
"""At most, the margins included."""


class QuizScreen(Modal):
    """Asks over the `main` screen, on which the runs are shown.

    `tour` opens the tour instead, by the key of that label.
    """

    DEFAULT_CSS = f"""
    QuizScreen {{ align: center middle; background: $surface; }}
    QuizScreen VerticalScroll {{ max-width: {WIDTH}; max-height: {HEIGHT}; height: auto;
                                 padding: 0 {MARGIN}; background: $surface;
                                 scrollbar-size-vertical: 1; }}
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q,Q", "dismiss", show=False),
        Binding("up", "light(-1)", show=False),
        Binding("down", "light(1)", show=False),
        Binding("left", "turn(-1)", show=False),
        Binding("right", "turn(1)", show=False),
        Binding("enter", "take", show=False),
        Binding("space", "run", show=False),
        Binding("a", "again", show=False),
        *(Binding(str(n), f"light_at({n - 1})", show=False) for n in range(1, 5)),
    ]

    def __init__(
        self, quiz: Quiz, main: MainScreen, tour: Callable[[], None], tour_key: str
    ) -> None:
        super().__init__()
        self._quiz, self._main = quiz, main
        self._tour, self._tour_key = tour, tour_key
        self._page, self._said = Static(id="page"), ""
        key = character_name(tour_key) if len(tour_key) == 1 else tour_key
        self._bindings.bind(key, "tour", show=False)

    def compose(self) -> ComposeResult:
        """One page."""
        with VerticalScroll(can_focus=False):
            yield self._page

    def on_resize(self) -> None:
        """Lay it out for the room that there is."""
        self.relabel()

    def relabel(self) -> None:
        """Everything as it stands now."""
        width, height = self.app.size
        painter = Painter(self._main.palette, self._main.glyphs)
        room = min(width, WIDTH) - 2 * MARGIN, min(height, HEIGHT)
        lines = QuizLines(painter, *room, self._tour_key)
        asked = self._quiz.asked
        draw = lines.end if asked.item is None else lines.question
        self._page.update(Text("\n", end="").join(draw(asked, self._said)))

    def _do(self, change: Callable[[Asked], Asked]) -> None:
        why = self._quiz.do(change)
        self._said = not_kept_text(why) if why else ""
        self.relabel()

    def action_light(self, by: int) -> None:
        """Another answer."""
        self._do(lambda asked: asked.lighting(by))

    def action_light_at(self, index: int) -> None:
        """That answer."""
        self._do(lambda asked: asked.lighting_at(index))

    def action_turn(self, by: int) -> None:
        """Another question."""
        self._do(lambda asked: asked.turned(by))

    def action_take(self) -> None:
        """Answer, or go on."""
        self._do(Asked.taken)

    def action_again(self) -> None:
        """Once more from the beginning."""
        self._do(Asked.again)

    def action_run(self) -> None:
        """The run about the lit answer, once all is answered: it would answer other questions."""
        asked = self._quiz.asked
        if asked.is_complete and asked.item is not None:
            self.dismiss()
            self._quiz.show()

    def action_tour(self) -> None:
        """The tour instead."""
        self.dismiss()
        self._tour()

    def on_click(self, event: Click) -> None:
        """On an answer or a question: as if it were lit by keys."""
        index = event.style.meta.get("lit")
        if index is not None:
            self.action_light_at(int(index))
