"""Every theme's name and whether it is dark, without Textual: our own looks first."""

from tui.style.looks import LOOKS

TEXTUAL_THEMES = (
    *("textual-dark", "textual-light", "nord", "gruvbox", "catppuccin-mocha", "dracula"),
    *("tokyo-night", "monokai", "flexoki", "catppuccin-latte", "catppuccin-frappe"),
    *("catppuccin-macchiato", "solarized-light", "solarized-dark", "rose-pine", "rose-pine-moon"),
    *("rose-pine-dawn", "atom-one-dark", "atom-one-light", "ansi-dark", "ansi-light"),
)
_LIGHT = {
    *("textual-light", "catppuccin-latte", "solarized-light", "rose-pine-dawn"),
    *("atom-one-light", "ansi-light"),
}

THEMES: dict[str, bool] = {
    **{name: look.dark for name, look in LOOKS.items()},
    **{name: name not in _LIGHT for name in TEXTUAL_THEMES},
}
