"""Which language is spoken: the one asked for, the settings file's, or the locale's."""

import re
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from tui.config.settings_file import LANGUAGE, config_path, read_file, setting
from tui.words.language import ENGLISH, LANGUAGES

OPTION = "--lang"
_PLAIN = ("C", "POSIX")
_CODE = re.compile("[a-z]+")


class Wanted(NamedTuple):
    """A language, and whether this very command line asks for it."""

    code: str
    is_asked_for: bool


def wanted(arguments: Sequence[str], environment: Mapping[str, str]) -> Wanted:
    """The language to speak; the option is read here, because its errors have one, too."""
    asked = _asked(arguments)
    if asked in LANGUAGES:
        return Wanted(asked, True)
    chosen = str(setting(LANGUAGE, read_file(config_path())).value)
    return Wanted(chosen if chosen in LANGUAGES else of_locale(environment), False)


def of_locale(environment: Mapping[str, str]) -> str:
    """The locale's language, found as gettext does: LANGUAGE counts where there is a locale."""
    names = ("LC_ALL", "LC_MESSAGES", "LANG")
    locale = next((environment[name] for name in names if environment.get(name)), "C")
    if locale.split(".")[0] in _PLAIN:
        return ENGLISH
    listed = environment.get("LANGUAGE") or locale
    codes = [_CODE.match(entry.lower()) for entry in listed.split(":")]
    return next((code[0] for code in codes if code and code[0] in LANGUAGES), ENGLISH)


def _asked(arguments: Sequence[str]) -> str:
    """What the last option of the command line says; empty without one."""
    options = list(arguments[: arguments.index("--")] if "--" in arguments else arguments)
    found = ""
    for option, following in pairwise([*options, ""]):
        name, is_joined, value = option.partition("=")
        if name == OPTION:
            found = value if is_joined else following
    return found
