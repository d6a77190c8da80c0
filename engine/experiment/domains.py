"""What values a setting may take: each domain checks a value and reads one from text."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from engine.numerics.errors import SettingError

Value = str | int | float


class Domain(Protocol):
    """The values of one setting; both methods raise SettingError for a value outside it."""

    def check(self, setting: str, value: object) -> Value: ...

    def parse(self, setting: str, text: str) -> Value: ...


@dataclass(frozen=True)
class Choice:
    """One of a catalogue's names."""

    names: tuple[str, ...]

    def check(self, setting: str, value: object) -> str:
        if isinstance(value, str) and value in self.names:
            return value
        raise SettingError("unknown_name", setting=setting, value=value, allowed=self.names)

    def parse(self, setting: str, text: str) -> str:
        return self.check(setting, text)


@dataclass(frozen=True)
class NameOrFile(Choice):
    """One of a catalogue's names, or a file with one of the suffixes."""

    suffixes: tuple[str, ...]

    def check(self, setting: str, value: object) -> str:
        if isinstance(value, str) and value.lower().endswith(self.suffixes):
            if _UNWRITABLE.search(value):
                raise SettingError("file_name_not_text", setting=setting, path=value)
            return value
        try:
            return super().check(setting, value)
        except SettingError as error:
            raise SettingError(error.code, **error.details, suffixes=self.suffixes) from None


@dataclass(frozen=True)
class Whole:
    """A whole number from `low` to `high`, both included."""

    low: int
    high: int

    def check(self, setting: str, value: object) -> int:
        # bool is an int to Python, never to a reader of a settings file
        if not isinstance(value, int) or isinstance(value, bool):
            raise _misfit("not_whole", self, setting, value)
        if not self.low <= value <= self.high:
            raise _misfit("out_of_range", self, setting, value)
        return value

    def parse(self, setting: str, text: str) -> int:
        value = _read(int, text)
        if isinstance(value, str) and _DIGITS.fullmatch(value):
            # a whole number, of more digits than Python reads
            raise _misfit("out_of_range", self, setting, value)
        return self.check(setting, value)


@dataclass(frozen=True)
class Real:
    """A finite number from `low` to `high`, both included."""

    low: float
    high: float

    def check(self, setting: str, value: object) -> float:
        # NaN alone is not itself; a whole number may be larger than math.isnan can take
        if not isinstance(value, int | float) or isinstance(value, bool) or value != value:
            raise _misfit("not_number", self, setting, value)
        if not self.low <= value <= self.high:
            raise _misfit("out_of_range", self, setting, value)
        return float(value)

    def parse(self, setting: str, text: str) -> float:
        return self.check(setting, _read(float, text))


_DIGITS = re.compile(r"\s*[-+]?\d+(_\d+)*\s*")

# surrogates stand for the bytes of a name that is not UTF-8, which no TOML and no JSON can hold
_UNWRITABLE = re.compile("[\0\ud800-\udfff]")


def _misfit(code: str, domain: Whole | Real, setting: str, value: object) -> SettingError:
    return SettingError(code, setting=setting, value=value, low=domain.low, high=domain.high)


def _read(kind: Callable[[str], Value], text: str) -> Value:
    """The number that a text is, or the text itself, for `check` to refuse."""
    try:
        return kind(text)
    except ValueError:
        return text
