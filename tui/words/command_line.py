"""The command line and its files: what commands, flags and entries do, and what is wrong."""

from tui.words.foreign import filled
from tui.words.labels import Labels

DESCRIPTION = (
    "Watch gradients vanish, explode and get rescued, layer by layer. "
    "Without a command: the app (on a pipe: its picture as text)."
)

OPTIONS = "[options]"
COMMANDS_TITLE = "commands"

COMMAND_HELP = Labels(
    run="print one pass as text, JSON or CSV",
    doctor=(
        "say what is wrong with a network and what helps; exit code 0 if it is healthy, else 1"
    ),
    list="list activations, inits, presets, keys, ...",
    config="show the settings file and what holds",
    completion="print a completion script",
)

FLAG_HELP = Labels(
    experiment="a TOML file; the flags change it",
    preset="a network worth seeing (chainrule list presets); the flags change it",
    steps="training steps to take first (default 0)",
    glyphs="draw with braille, block or ascii characters; auto: what the terminal shows",
    ascii="the same as --glyphs ascii",
    fps="frames a second of what moves, 1 to 60 (default 30, over SSH 15)",
    motion=(
        "full; reduced: end states at once, training twice a second; off: every two seconds"
        " (default full)"
    ),
    reduced_motion="the same as --motion reduced",
    theme="colours: chainrule list themes",
)

OPTION_HELP = Labels(
    theme="colours; chainrule list themes",
    fps="frames a second; auto: 30, over SSH 15",
    glyphs="auto: braille on terminals known to show it, block on others, ascii on the oldest",
    motion="reduced: end states at once, training twice a second; off: every two seconds",
    language="of the app's words",
)
"""What each entry of the settings file is."""

TEMPLATES: dict[str, str] = {
    "problem": "chainrule: {problem}",
    "no_value": "argument {option}: needs a value",
    "unknown_option": "no option {word!s}{hint}; see {see} --help",
    "unknown_argument": "no argument {word!r}{hint}; see {see} --help",
    "unknown_command": "no command {word!r}{hint}; one of {allowed}",
    "no_shell": "argument SHELL: needs a value; one of {allowed}",
    "two_experiments": "--preset and --experiment each bring an experiment: give one of them",
    "no_keyboard": "the app needs a keyboard: stdin is not a terminal; try chainrule run",
    "no_cursor": (
        "the app needs a cursor that can be moved, and TERM is {term!r}: the same as chainrule run"
    ),
    "no_term": (
        "the app needs a cursor that can be moved, and TERM is not set: the same as chainrule run"
    ),
    "settings_file": "settings file: {problem}",
    "cannot_write": "cannot write: {why}",
    "no_memory": "there is not enough memory: take a smaller network or data file",
    "config_file": "file: {path}",
    "config_file_missing": "file: {path}  (not there: defaults hold)",
    "no_config_file": "file: none  (not there: defaults hold)",
    "remapped": "keymap: {action} = {keys} (default {default})",
    "keymap_help": "[keymap] maps an action's id to a key or a list of keys: chainrule list keys",
    "ignored": "ignored: {problem}",
    # settings files, keymaps and experiment files
    "not_allowed": "{value!r}{hint}; allowed: {allowed}",
    "unknown_entry": "no setting {name!r}{hint}; one of {allowed}",
    "bad_option": "{name}: {why}",
    "bad_environment": "{variable}: {why}",
    "bad_variable": "{name} ({variable}): {why}",
    "not_toml": "not TOML: {why!s}",
    "nested": "not TOML that can be read: nested too deeply",
    "too_many_dots": (
        "not TOML that can be read: {count:,} dots; "
        "allowed up to {most:,} in a file of {lines:,} lines"
    ),
    "too_many_digits": "a whole number is too long to be read; allowed up to {most:,} digits",
    "more_entries": "entries that mean nothing: {count:,} more",
    "keymap_no_table": "keymap: {value!r}; allowed: a table [keymap] of action = key",
    "keymap_no_action": "keymap: no action {name!r}{hint}",
    "keymap_entry": "keymap {name!s}: {why}",
    "keymap_clash": "keymap: {key} would be both {first} and {second}; {kept} keeps the default",
    "keymap_clash_of_two": (
        "keymap: {key} would be both {first} and {second}; {first} and {second} keep the default"
    ),
    "no_key": "no key {text!r}{hint}; a character, or ctrl+ and one, or a name: f5",
    "shifted": "no key {text!r} (did you mean {character}?)",
    "no_modifier": "no key {text!r}: before the + one of {allowed}",
    "not_a_key": "{value!r} is not a key; allowed: a key or a list of up to {most} keys",
    "experiment_value": "{title}: {value!r}; allowed: a table [{title}] of setting = value",
    "experiment_no_table": "no table [{title!s}]{hint}; one of {allowed}",
    "in_file": "{path!s}: {why}",
}


def line_text(code: str, **details: object) -> str:
    """What a command says, or what is wrong with a file, in one line."""
    return filled(TEMPLATES[code], details)


_USAGE = {
    "ignored explicit argument": "takes no value, but was given",
    "expected one argument": "needs a value",
}


def usage_text(message: str) -> str:
    """argparse's own message about an option, as this program says it."""
    for theirs, ours in _USAGE.items():
        if theirs in message:
            return message.replace(theirs, ours, 1)
    return message
