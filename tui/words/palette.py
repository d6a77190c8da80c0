"""The command palette's entries that are no actions: their names, and what they do."""

from __future__ import annotations

from tui.words.presets import preset_words


def setting_command(setting: str, value: str) -> tuple[str, str]:
    """Of a setting's value."""
    return f"{setting} {value}", f"set {setting} to {value}"


def preset_command(preset: str) -> tuple[str, str]:
    """Of a preset."""
    title, about = preset_words(preset)
    return f"preset {title}", about


def theme_command(theme: str) -> tuple[str, str]:
    """Of a theme."""
    return f"theme {theme}", f"colours: {theme}"
