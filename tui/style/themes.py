"""Every theme's name and whether it is dark, without Textual: our own looks first."""

from __future__ import annotations

from tui.style.looks import LOOKS

TEXTUAL_THEMES: dict[str, bool] = {
    "textual-dark": True,
    "textual-light": False,
    "nord": True,
    "gruvbox": True,
    "catppuccin-mocha": True,
    "dracula": True,
    "tokyo-night": True,
    "monokai": True,
    "flexoki": True,
    "catppuccin-latte": False,
    "catppuccin-frappe": True,
    "catppuccin-macchiato": True,
    "solarized-light": False,
    "solarized-dark": True,
    "rose-pine": True,
    "rose-pine-moon": True,
    "rose-pine-dawn": False,
    "atom-one-dark": True,
    "atom-one-light": False,
    "ansi-dark": True,
    "ansi-light": False,
}

THEMES: dict[str, bool] = {**{name: look.dark for name, look in LOOKS.items()}, **TEXTUAL_THEMES}
