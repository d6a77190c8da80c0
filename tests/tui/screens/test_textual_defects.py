"""What is worked round here, Textual still does: a test that fails has a work-round that can go."""

import pytest
from textual.app import App, ComposeResult, ScreenStackError
from textual.events import MouseUp
from textual.screen import ModalScreen
from textual.widgets import Input, OptionList


class Lists(App[None]):
    """A list that has no room, and a field."""

    CSS = "OptionList { height: 0; border: none; }"

    def compose(self) -> ComposeResult:
        """Both."""
        yield OptionList("entry")
        yield Input()


async def test_a_page_of_a_list_without_room_is_looked_for() -> None:
    """`lists` asks for it only where there is one."""
    app = Lists()
    async with app.run_test() as pilot:
        entries = app.query_one(OptionList)
        entries.highlighted = 0
        with pytest.raises((KeyError, IndexError)):
            entries.action_page_down()  # type: ignore[no-untyped-call]
        await pilot.pause()


async def test_a_screen_that_has_gone_can_take_another_with_it() -> None:
    """`modal` goes once."""
    app: App[None] = App()
    async with app.run_test() as pilot:
        modal: ModalScreen[None] = ModalScreen()
        await app.push_screen(modal)
        modal.dismiss()
        with pytest.raises(ScreenStackError):
            modal.dismiss()
        await pilot.pause()


async def test_a_mouse_beside_the_screen_takes_the_keys() -> None:
    """`lost_mouse` leaves them where they are."""
    app = Lists()
    async with app.run_test(size=(20, 5)) as pilot:
        app.query_one(Input).focus()
        await pilot.pause()
        assert isinstance(app.focused, Input)
        app.post_message(MouseUp(None, 300, 100, 0, 0, 1, False, False, False, 300, 100))
        await pilot.pause()
        assert app.focused is None
