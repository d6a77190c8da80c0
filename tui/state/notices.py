"""What there is to say about the last key, as codes: the sentences are in `tui.words.notices`."""

from dataclasses import dataclass

from engine import SettingError


@dataclass(frozen=True)
class Notice:
    """One thing to say: its code, and by name what its sentence tells."""

    code: str
    details: tuple[tuple[str, object], ...] = ()


def notice(code: str, /, **details: object) -> Notice:
    """The notice of that code with those details."""
    return Notice(code, tuple(details.items()))


def error_notice(error: SettingError, code: str = "setting_error", /, **details: object) -> Notice:
    """What is wrong with a setting; the error stands in the details as `why`, code and details."""
    return notice(code, **details, why=(error.code, tuple(error.details.items())))
