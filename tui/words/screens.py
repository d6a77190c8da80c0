"""The lists beside the chart, the screens over it, and what the command palette adds."""

from tui.words.labels import label
from tui.words.presets import preset_words

LOOK_HINT = "↑↓ look  enter take  esc back"
SETTINGS_TITLE, SETTINGS_HINT = "settings", "←→ change  enter type  esc close"

SENT = "Sent to the terminal's clipboard."
NOT_SENT = "This terminal has no clipboard: copy it by hand."
OPENS = "This opens the same screen anywhere:"
OPENS_UNSEEN = "What cannot be seen stands here as an escape:"
WROTE = "Wrote:"
CLOSES = "esc closes"
DIAGNOSIS_TITLE = "Why"
DIAGNOSIS_KEYS = "enter in detail, esc closes", "enter in brief, ↑↓ scroll, esc closes"
"""What keys do while the details are not shown, and while they are."""

SEARCH = "/ searches the keys"
FIND_COMMAND = "what to do, set or show; ↑↓ look, enter does it, esc closes"
HELP_FOOT = "↑↓ home end scroll, esc closes; click bars and hints"
NOTHING_MATCHES = "nothing matches"

FORMAT_WORDS: dict[str, tuple[str, str]] = {
    "svg": ("SVG", "the screen as a picture"),
    "txt": ("text", "the screen as characters"),
    "csv": ("CSV", "every measurement, a line a layer"),
    "json": ("JSON", "experiment, layers, verdict"),
    "toml": ("experiment (TOML)", "every setting; chainrule --experiment FILE opens it"),
}
"""A title for each format that a screen is exported to, and what such a file holds."""

THEME_WORDS: dict[str, str] = {
    "chainrule-dark": "for dark rooms",
    "chainrule-light": "for daylight",
    "chainrule-contrast": "high contrast, for projectors",
}


def format_words(suffix: str) -> tuple[str, str]:
    """A format's title, and what such a file holds."""
    return FORMAT_WORDS.get(suffix, (label(suffix), ""))


def theme_words(name: str, dark: bool) -> str:
    """What kind of theme it is."""
    return THEME_WORDS.get(name) or ("dark" if dark else "light") + ", from Textual"


def too_small_text(width: int, height: int, least_width: int, least_height: int) -> str:
    """How large the terminal is, and how large it has to be."""
    return f"have {width}x{height}, need {least_width}x{least_height}"


def setting_command(setting: str, value: str) -> tuple[str, str]:
    """In the palette: a setting's value, and what choosing it does."""
    return f"{setting} {value}", f"set {setting} to {value}"


def preset_command(preset: str) -> tuple[str, str]:
    """In the palette: a preset, and what there is to look at."""
    title, about = preset_words(preset)
    return f"preset {title}", about


def theme_command(theme: str) -> tuple[str, str]:
    """In the palette: a theme, and what choosing it does."""
    return f"theme {theme}", f"colours: {theme}"
