"""What a terminal's input means: Textual's parser reads one piece at a time, and only sound ones.

Left to itself it does not survive what it cannot read, and takes some replies for keys.
"""

import re
import sys
from collections.abc import Iterator

from textual import constants, events, messages
from textual._keyboard_protocol import FUNCTIONAL_KEYS
from textual._xterm_parser import IS_ITERM, XTermParser
from textual.keys import Keys
from textual.message import Message

from tui.terminal.input_pieces import Piece

LARGEST_SIZE = (2000, 1000)
"""Columns and rows: no terminal has more, and the memory would not do for them."""

_FOCUS = {"\x1b[I": events.AppFocus, "\x1b[O": events.AppBlur}
_SIZE = re.compile(r"\x1b\[48;(\d+)(?::[:\d]*)?;(\d+)(?::[:\d]*)?;[:\d]*;[:\d]*t")
_MOUSE = re.compile(r"\x1b\[<\d+;\d+;\d+[Mm]")
_MODE = re.compile(r"\x1b\[\?(\d+);(\d)\$y")
_CURSOR = re.compile(r"\x1b\[\d+;\d+R")
_KEY = re.compile(r"\x1b\[(\d*)(?::[:\d]*)?(?:;(\d*)(?::(\d*)[:\d]*)?)?(?:;([:\d]*))?([u~A-S])")
_RELEASED = "3"
_OTHER_KEY, _CTRL_OR_ALT = ("27", "~"), 0b110
_SYNCHRONIZED_OUTPUT, _IN_BAND_SIZE = "2026", "2048"


class Reports:
    """Turns pieces of input into messages."""

    def __init__(self) -> None:
        self._parser = XTermParser()

    def messages(self, piece: Piece) -> list[Message]:
        """What a piece means; nothing where it means nothing."""
        try:
            return list(self._read(piece))
        except Exception:
            # the parser is Textual's and the report anybody's: one that it cannot read is none
            return []

    def _read(self, piece: Piece) -> Iterator[Message]:
        kind, text = piece
        if kind == "paste":
            if text:
                yield events.Paste(text)
        elif kind == "escape":
            yield events.Key("escape", text)
        elif kind == "text":
            for character in text:
                yield from self._parser._sequence_to_key_events(character)
        elif kind == "alt":
            yield from self._with_alt(text)
        elif text in _FOCUS:
            yield _FOCUS[text]()
        elif match := _SIZE.fullmatch(text):
            yield from _resize(int(match[2]), int(match[1]))
        elif _MOUSE.fullmatch(text):
            yield from self._mouse(text)
        elif match := _MODE.fullmatch(text):
            yield from _mode(match[1], int(match[2]))
        elif not _CURSOR.fullmatch(text):
            yield from self._keys(text)

    def _with_alt(self, character: str) -> Iterator[Message]:
        """Some have names of their own; of others only single ones are keys."""
        named = list(self._parser._sequence_to_key_events(f"\x1b{character}"))
        yield from named or self._parser._sequence_to_key_events(character, alt=True)

    def _keys(self, text: str) -> Iterator[Message]:
        match = _KEY.fullmatch(text)
        sound = text if match is None else _sound_key(*match.groups(default=""))
        for key in self._parser._sequence_to_key_events(sound):
            if key.key != Keys.Ignore:
                yield key

    def _mouse(self, text: str) -> Iterator[Message]:
        event = self._parser.parse_mouse_code(text)
        width, height = LARGEST_SIZE
        if isinstance(event, events.MouseEvent) and event.x < width and event.y < height:
            yield event


def _resize(width: int, height: int) -> Iterator[Message]:
    """A size that a terminal can have."""
    if 0 < width <= LARGEST_SIZE[0] and 0 < height <= LARGEST_SIZE[1]:
        yield events.Resize.from_dimensions((width, height), None)


def _mode(mode: str, setting: int) -> Iterator[Message]:
    """Of the modes that were asked for, those that the terminal has."""
    if mode == _SYNCHRONIZED_OUTPUT and 0 < setting < 4:
        yield messages.TerminalSupportsSynchronizedOutput()
    elif mode == _IN_BAND_SIZE and constants.SMOOTH_SCROLL and not IS_ITERM:
        yield messages.InBandWindowResize.from_setting_parameter(setting)


def _sound_key(code: str, modifiers: str, event: str, typed: str, end: str) -> str:
    """A key of kitty's protocol, without what was not asked for; empty where there is none such.

    xterm's "modifyOtherKeys" has another order, and the character of a key that types none, too.
    """
    if event == _RELEASED:
        return ""
    if (code, end) == _OTHER_KEY and typed.isdecimal():
        is_typed = not int(modifiers or 1) - 1 & _CTRL_OR_ALT and _is_character(typed)
        code, typed, end = typed, typed if is_typed else "", "u"
    characters = ":".join(c for c in typed.split(":") if _is_character(c))
    known = f"{code or 1}{end}" in FUNCTIONAL_KEYS
    if not known and (end != "u" or not (_is_character(code) or characters)):
        return ""
    return f"\x1b[{';'.join((code, modifiers, characters)).rstrip(';')}{end}"


def _is_character(number: str) -> bool:
    """Whether it is the code of a character that can be shown."""
    return number.isdecimal() and int(number) <= sys.maxunicode and chr(int(number)).isprintable()
