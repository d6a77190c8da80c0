"""The lists beside the chart, the screens over it, and what the command palette adds."""

from tui.words.labels import label
from tui.words.language import Translated, _, later, p_
from tui.words.presets import preset_words

LOOK_HINT = later("↑↓ look  enter take  esc back")
SETTINGS_TITLE = later("settings")
SETTINGS_HINT = later("←→ change  enter type  esc close")

PANEL_TITLES = Translated(
    {"presets": later("presets"), "themes": later("themes"), "export": later("export")}
)

SENT = later("Sent to the terminal's clipboard.")
NOT_SENT = later("This terminal has no clipboard: copy it by hand.")
OPENS = later("This opens the same screen anywhere:")
OPENS_UNSEEN = later("What cannot be seen stands here as an escape:")
WROTE = later("Wrote:")
CLOSES = later("esc closes")

SEARCH = later("/ searches the keys")
FIND_COMMAND = later("what to do, set or show; ↑↓ look, enter does it, esc closes")
HELP_FOOT = later("↑↓ home end scroll, esc closes; click bars and hints")
NOTHING_MATCHES = later("nothing matches")

FORMAT_WORDS: dict[str, tuple[str, str]] = {
    "svg": ("SVG", later("the screen as a picture")),
    "txt": (later("text"), later("the screen as characters")),
    "csv": ("CSV", later("every measurement, a line a layer")),
    "json": ("JSON", later("experiment, layers, verdict")),
    "toml": (
        later("experiment (TOML)"),
        later("every setting; chainrule --experiment FILE opens it"),
    ),
}
"""A title for each format that a screen is exported to, and what such a file holds."""

THEME_WORDS = Translated(
    {
        "chainrule-dark": later("for dark rooms"),
        "chainrule-light": later("for daylight"),
        "chainrule-contrast": later("high contrast, for projectors"),
    }
)


def panel_title(code: str) -> str:
    """What a panel's list is of; a setting's values stand under its name."""
    return PANEL_TITLES.get(code, code)


def diagnosis_title(is_detailed: bool) -> str:
    """The title, and what keys do while the details are shown, and while they are not."""
    if is_detailed:
        return _("Why   (enter in brief, ↑↓ scroll, esc closes)")
    return _("Why   (enter in detail, esc closes)")


def presentation_ends() -> str:
    """What the presentation's key does there."""
    return p_("presentation", "back")


def format_words(suffix: str) -> tuple[str, str]:
    """A format's title, and what such a file holds."""
    title, about = FORMAT_WORDS.get(suffix, (label(suffix), ""))
    return _(title), _(about)


def theme_words(name: str, dark: bool) -> str:
    """What kind of theme it is."""
    return THEME_WORDS.get(name) or (_("dark, from Textual") if dark else _("light, from Textual"))


def too_small_text(width: int, height: int, least_width: int, least_height: int) -> str:
    """How large the terminal is, and how large it has to be."""
    template = _("have {width}x{height}, need {least_width}x{least_height}")
    return template.format(
        width=width, height=height, least_width=least_width, least_height=least_height
    )


def setting_command(setting: str, value: str) -> tuple[str, str]:
    """In the palette: a setting's value, and what choosing it does."""
    return f"{setting} {value}", _("set {setting} to {value}").format(setting=setting, value=value)


def preset_command(preset: str) -> tuple[str, str]:
    """In the palette: a preset, and what there is to look at."""
    title, about = preset_words(preset)
    return _("preset {title}").format(title=title), about


def theme_command(theme: str) -> tuple[str, str]:
    """In the palette: a theme, and what choosing it does."""
    return _("theme {theme}").format(theme=theme), _("colours: {theme}").format(theme=theme)
