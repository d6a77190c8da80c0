"""The language a command speaks: the one that is wanted, as far as its output can show it."""

import argparse
import os
import sys
from collections.abc import Sequence

from engine.experiment.domains import Choice
from tui.commands.base import glyphs_for_stream
from tui.commands.stderr import complain
from tui.config.flags import LANGUAGE
from tui.config.languages import Wanted, wanted
from tui.style.glyphs import ASCII, Glyphs
from tui.words.command_line import argparse_text, line_text
from tui.words.language import ENGLISH, LANGUAGES, current, use


def speak_for(arguments: Sequence[str]) -> Wanted:
    """Speak the language that a command line wants, before it is looked at more closely."""
    # under this name argparse looks up what it says
    vars(argparse)["_"] = argparse_text
    found = wanted(arguments, os.environ)
    use(found.code)
    if found.code != ENGLISH:
        speak(found, glyphs_for_stream(sys.stdout))
    return found


def speak(language: Wanted, glyphs: Glyphs) -> None:
    """Keep to that language beside those characters, or else speak English and say why."""
    if current() != ENGLISH and glyphs is ASCII:
        use(ENGLISH)
        if language.is_asked_for:
            complain(line_text("only_ascii", lang=language.code))


def check_language(options: argparse.Namespace) -> None:
    """Raise SettingError for a language that there is none of."""
    if LANGUAGE.name in options:
        Choice(tuple(LANGUAGES)).parse(LANGUAGE.name, options.lang)
