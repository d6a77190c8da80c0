"""Variables of the environment with which Textual would end, hang or be misled."""

from importlib import import_module

import pytest
from textual.driver import Driver

from tui.config.environment import VARIABLES, tidied
from tui.config.settings_file import Option
from tui.words.foreign import LINE


@pytest.mark.parametrize("option", VARIABLES, ids=lambda option: option.name)
@pytest.mark.parametrize("value", ["foo", "-1", "9" * 400, "\x1b[31m", "textual.app:App", ":"])
def test_what_textual_cannot_do_with_is_taken_away(option: Option, value: str) -> None:
    """With a sentence; the sizes go without."""
    name = option.name
    environment = {name: value, "COLUMNS": "99999999", "LINES": "-5", "HOME": "/"}
    (problem,) = tidied(environment)
    assert problem.startswith(f"{name}: ")
    assert "allowed: " in problem
    assert problem.isprintable()
    assert len(problem) <= LINE
    assert environment == {"HOME": "/"}


def test_what_textual_can_do_with_stays() -> None:
    """A driver that is told sizes by variables has them."""
    for option in VARIABLES:
        for value in map(str, option.allowed[:200]):
            environment = {option.name: value}
            assert tidied(environment) == []
            assert environment == {option.name: value}
    web = {"TEXTUAL_DRIVER": "textual.drivers.web_driver:WebDriver", "COLUMNS": "90"}
    assert tidied(dict(web)) == []


def test_textual_has_those_drivers() -> None:
    """Each by its name; Windows' needs Windows."""
    (drivers,) = (o.allowed for o in VARIABLES if o.name == "TEXTUAL_DRIVER")
    for name in map(str, drivers[:4]):
        module, _, driver = name.partition(":")
        assert issubclass(getattr(import_module(module), driver), Driver)
