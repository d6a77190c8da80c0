"""What is said of settings files, keymaps and experiment files: a template for each code."""

from __future__ import annotations

from tui.words.labels import label

OPTION_HELP: dict[str, str] = {
    "theme": "colours; chainrule list themes",
    "fps": "frames a second; auto: 30, over SSH 15",
    "glyphs": "auto: blocks where the terminal can show them",
    "reduced_motion": "draw end states at once",
    "language": "of the app's words",
}

TEMPLATES: dict[str, str] = {
    "not_allowed": "{value!r}{hint}; allowed: {allowed}",
    "not_yes_or_no": "{value!r}; allowed: true, false",
    "not_frames": "{value!r}; allowed: auto, {low} to {high}",
    "unknown_option": "no setting {name!r}{hint}; one of {allowed}",
    "bad_option": "{name}: {why}",
    "bad_variable": "{name} ({variable}): {why}",
    "no_file": "cannot read {path}: no such file",
    "unreadable": "cannot read {path}: {why}",
    "not_text": "cannot read {path}: not UTF-8 text",
    "not_toml": "{path} is not TOML: {why}",
    "keymap_no_table": "keymap: {value!r}; allowed: a table [keymap] of action = key",
    "keymap_no_action": "keymap: no action {name!r}{hint}",
    "keymap_entry": "keymap {name}: {why}",
    "keymap_clash": "keymap: {key} would be both {first} and {second}; {kept} keeps the default",
    "keymap_clash_of_two": (
        "keymap: {key} would be both {first} and {second}; {first} and {second} keep the default"
    ),
    "no_key": "no key {text!r}{hint}; a character, or ctrl+ and one, or a name: f5",
    "no_modifier": "no key {text!r}: before the + one of {allowed}",
    "not_a_key": "{value!r} is not a key; allowed: a key or a list of keys",
    "experiment_not_toml": "not TOML: {why}",
    "experiment_nested": "not TOML that can be read: nested too deeply",
    "experiment_no_table": "no table [{title}]{hint}; one of {allowed}",
    "in_file": "{path}: {why}",
}


def config_text(code: str, **details: object) -> str:
    """What is wrong with a file, in one line."""
    return TEMPLATES[code].format(**details)


def option_help(name: str) -> str:
    """What an option of the settings file is."""
    return OPTION_HELP.get(name, label(name))
