"""Variables of the environment that Textual reads, kept from ending or misleading it."""

from collections.abc import MutableMapping

from tui.config.settings_file import BadValueError, Option
from tui.words.command_line import line_text
from tui.words.numbers import range_text

_DRIVERS = ("Linux", "Linux_Inline", "Web", "Headless", "Windows")


def _driver(name: str) -> str:
    return f"textual.drivers.{name.lower()}_driver:{name.replace('_', '')}Driver"


VARIABLES: tuple[Option, ...] = (
    Option("TEXTUAL_COLOR_SYSTEM", "auto", ("auto", "standard", "256", "truecolor", "windows")),
    Option("TEXTUAL_DRIVER", "", tuple(map(_driver, _DRIVERS))),
    Option("TEXTUAL_DIM_FACTOR", 66, tuple(range(101)), lambda: range_text(0, 100)),
    Option("ESCDELAY", 100, tuple(range(1, 10_001)), lambda: range_text(1, 10_000)),
)
"""Those with which Textual ends, or waits for ever, at some values; these can stay."""

_SIZES = ("COLUMNS", "LINES")


def tidied(environment: MutableMapping[str, str]) -> list[str]:
    """Take away what Textual cannot do with; a sentence for each variable."""
    problems = []
    for option in VARIABLES:
        try:
            if option.name in environment:
                option.checked(environment[option.name])
        except BadValueError as error:
            del environment[option.name]
            problems.append(line_text("bad_environment", variable=option.name, why=error))
    if "TEXTUAL_DRIVER" not in environment:
        # a terminal itself says how large it is, and when it is resized
        for name in _SIZES:
            environment.pop(name, None)
    return problems
