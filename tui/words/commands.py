"""The command line in words: what its commands and flags do, and what is wrong with one."""

from __future__ import annotations

from tui.words.labels import label

DESCRIPTION = (
    "Watch gradients vanish, explode and get rescued, layer by layer. "
    "Without a command: the app (on a pipe: its picture as text)."
)

COMMAND_HELP: dict[str, str] = {
    "run": "print one pass as text, JSON or CSV",
    "doctor": (
        "say what is wrong with a network and what helps; exit code 0 if it is healthy, else 1"
    ),
    "list": "list activations, inits, presets, keys, ...",
    "config": "show the settings file and what holds",
    "completion": "print a completion script",
}

FLAG_HELP: dict[str, str] = {
    "experiment": "a TOML file; the flags change it",
    "preset": "one of the gallery (chainrule list presets); the flags change it",
    "steps": "training steps to take first (default 0)",
    "ascii": "draw with ASCII characters only",
    "reduced_motion": "draw end states at once, no animation",
    "theme": "colours: chainrule list themes",
}

TEMPLATES: dict[str, str] = {
    "problem": "chainrule: {problem}",
    "unknown_option": "no option {word}{hint}; see {see} --help",
    "unknown_argument": "no argument {word}{hint}; see {see} --help",
    "unknown_command": "no command {word!r}{hint}; one of {allowed}",
    "two_experiments": "--preset and --experiment each bring an experiment: give one of them",
    "no_keyboard": "the app needs a keyboard: stdin is not a terminal; try chainrule run",
    "settings_file": "settings file: {problem}",
    "cannot_write": "cannot write: {why}",
    "config_file": "file: {path}",
    "config_file_missing": "file: {path}  (not there: defaults hold)",
    "no_config_file": "file: none  (not there: defaults hold)",
    "remapped": "keymap: {action} = {keys} (default {default})",
    "keymap_help": "[keymap] maps an action's id to a key or a list of keys: chainrule list keys",
    "ignored": "ignored: {problem}",
}


def command_text(code: str, **details: object) -> str:
    """What a command says, in one line."""
    return TEMPLATES[code].format(**details)


def usage_text(message: str) -> str:
    """argparse's own message about an option, as this program says it."""
    return message.replace("expected one argument", "needs a value")


def command_help(name: str) -> str:
    """What a command does."""
    return COMMAND_HELP.get(name, label(name))


def flag_help(name: str) -> str:
    """What a flag does that is neither a setting nor of the screen."""
    return FLAG_HELP.get(name, label(name))
