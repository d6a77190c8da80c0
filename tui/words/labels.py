"""Labels of what has no words of its own."""

from tui.words.language import Translated, _


def label(id: str) -> str:
    """An id as a label: `toggle_grid` is "Toggle grid"."""
    return id.replace("_", " ").replace("-", " ").capitalize()


def titled(title: str, about: str) -> str:
    """A title and what it is about, in one line."""
    return _("{title}: {about}").format(title=title, about=about)


class Labels(Translated[str]):
    """Words by id, translated when they are read; an id without any is its own label."""

    def __init__(self, **messages: str) -> None:
        super().__init__(messages)

    def __getitem__(self, id: str) -> str:
        return super().__getitem__(id) if id in self._messages else label(id)
