"""The command line and its files: what commands, flags and entries do, and what is wrong."""

from tui.words.foreign import filled
from tui.words.labels import Labels
from tui.words.language import Translated, later

HELP_WORDS = Labels(
    description=later(
        "Watch gradients vanish, explode and get rescued, layer by layer. "
        "Without a command: the app (on a pipe: its picture as text)."
    ),
    options=later("[options]"),
    colon=later(":"),
    commands=later("commands"),
)

GROUP_TITLES = Labels(
    experiment=later("experiment"),
    network=later("network"),
    data=later("data"),
    training=later("training"),
    screen=later("screen"),
)
"""The groups of options in the help."""

COMMAND_HELP = Labels(
    tour=later("learn in ten lessons why gradients vanish, with your hands on the keys"),
    quiz=later("twelve questions about gradients, each answer with a run that speaks about it"),
    run=later("print one pass as text, JSON or CSV"),
    race=later("two networks train side by side on the same batches, and who is ahead"),
    doctor=later(
        "say what is wrong with a network and what helps, or what is found in a log; exit code 0 if"
        " it is healthy, else 1, and 3 for a log that cannot tell"
    ),
    replay=later("play a training run that was written down, on the screen"),
    watch=later(
        "follow a training run that is being written down, on the screen or headless: the log of"
        " chainrule, TensorBoard, wandb, Lightning or Hugging Face"
    ),
    list=later("list activations, inits, presets, keys, ..."),
    config=later("show the settings file and what holds"),
    completion=later("print a completion script"),
)

FLAG_HELP = Labels(
    experiment=later("a TOML file; the flags change it"),
    preset=later("a network worth seeing (chainrule list presets); the flags change it"),
    steps=later("training steps to take first (default 0)"),
    race_steps=later("steps that both take, and then stand still (default: on and on; printed: 0)"),
    racer=later(
        "an experiment file, a preset's name, or flags as one argument in quotes; neither of the "
        "two: sigmoid against all remedies"
    ),
    log=later(
        "write the training down in this new file, a line a logged step (JSON Lines; -: standard"
        " output)"
    ),
    log_every=later(
        "steps from one logged step to the next; step 0 and the last are always logged (default: a"
        " thousandth of --steps, rounded up)"
    ),
    force=later("overwrite the log file if it is there"),
    order=later(
        "a file with the layers' names, input first, a line each, where the log does not say how"
        " they lie"
    ),
    pattern=later(
        "a key under which a layer's gradient norm is logged, such as grads/{layer}; may be given"
        " several times"
    ),
    doctor_file=later("the log of a training run, instead of a network"),
    log_file=later("the log of a training run, or a folder: the newest log in it"),
    watch_file=later(
        "the log of a training run, there already or not yet, or a folder: the newest log in it"
    ),
    headless=later(
        "print a line for each finding instead of the screen; exit code 0 once the run has ended,"
        " 130 after ctrl+c, 2 for a file that is no log"
    ),
    json=later("with --headless: JSON Lines"),
    until=later(
        "with --headless: end with exit code 0 once this was found: vanishing, exploding,"
        " nonfinite, done; exit code 3 if the run ends without it; may be given several times"
    ),
    patience=later(
        "with --headless: seconds without anything new after which a run has ended whose log does"
        " not say so (default 600)"
    ),
    glyphs=later("draw with braille, block or ascii characters; auto: what the terminal shows"),
    ascii=later("the same as --glyphs ascii"),
    fps=later("frames a second of what moves, 1 to 60 (default 30, over SSH 15)"),
    motion=later(
        "full; reduced: end states at once, training twice a second; off: every two seconds"
        " (default full)"
    ),
    reduced_motion=later("the same as --motion reduced"),
    theme=later("colours: chainrule list themes"),
    version=later("show program's version number and exit"),
    lesson=later("a lesson's number or name; without one the tour goes on where it was left"),
    present=later("for an audience: large words, hints on 6, nothing goes on by itself"),
    welcome=later("what is said at the first start"),
    lang=later("language: en, zh (default the locale's)"),
)

OPTION_HELP = Labels(
    theme=later("colours; chainrule list themes"),
    fps=later("frames a second; auto: 30, over SSH 15"),
    glyphs=later(
        "auto: braille on terminals known to show it, block on others, ascii on the oldest"
    ),
    motion=later("reduced: end states at once, training twice a second; off: every two seconds"),
    language=later("language of all words; auto: the locale's"),
)
"""What each entry of the settings file is."""

TEMPLATES = Translated(
    {
        "problem": later("chainrule: {problem}"),
        "no_value": later("argument {option}: needs a value"),
        "unknown_option": later("no option {word!s}{hint}; see {see} --help"),
        "unknown_argument": later("no argument {word!r}{hint}; see {see} --help"),
        "unknown_command": later("no command {word!r}{hint}; one of {allowed}"),
        "no_shell": later("argument SHELL: needs a value; one of {allowed}"),
        "two_experiments": later(
            "--preset and --experiment each bring an experiment: give one of them"
        ),
        "one_racer": later("a race is of two: name another experiment beside {one!r}"),
        "same_racers": later("both are the same experiment: nothing to race"),
        "open_quote": later("a quote is not closed in {racer!r}"),
        "not_of_racer": later("{option} is no setting of an experiment, in {racer!r}"),
        "no_keyboard": later(
            "the app needs a keyboard: stdin is not a terminal; try chainrule run"
        ),
        "tour_needs_terminal": later(
            "the tour needs a terminal on stdout, with a cursor that can be moved"
        ),
        "no_cursor": later(
            "the app needs a cursor that can be moved, and TERM is {term!r}: the same as "
            "chainrule run"
        ),
        "no_term": later(
            "the app needs a cursor that can be moved, and TERM is not set: the same as "
            "chainrule run"
        ),
        "settings_file": later("settings file: {problem}"),
        "cannot_write": later("cannot write: {why}"),
        "cannot_write_log": later("cannot write {path!s}: {why}"),
        "log_interrupted": later("interrupted: {path!s} has {lines:,} whole lines"),
        "log_is_input": later("{path!s} is read by this run: its log needs another file"),
        "goes_with_headless": later("{option} goes with --headless only"),
        "log_has_settings": later("{option} is a network's: a log is what it is"),
        "goes_with_log": later("{option} goes with --log FILE only"),
        "two_outputs": later(
            "--log - takes standard output, where --format would print: give one of them"
        ),
        "training": later("training"),
        "no_memory": later("there is not enough memory: take a smaller network or data file"),
        "config_file": later("file: {path}"),
        "config_file_missing": later("file: {path}  (not there: defaults hold)"),
        "no_config_file": later("file: none  (not there: defaults hold)"),
        "remapped": later("keymap: {action} = {keys} (default {default})"),
        "keymap_help": later(
            "[keymap] maps an action's id to a key or a list of keys: chainrule list keys"
        ),
        "ignored": later("ignored: {problem}"),
        # settings files, keymaps and experiment files
        "not_allowed": later("{value!r}{hint}; allowed: {allowed}"),
        "unknown_entry": later("no setting {name!r}{hint}; one of {allowed}"),
        "bad_option": later("{name}: {why}"),
        "bad_environment": later("{variable}: {why}"),
        "bad_variable": later("{name} ({variable}): {why}"),
        "not_toml": later("not TOML: {why!s}"),
        "nested": later("not TOML that can be read: nested too deeply"),
        "too_many_dots": later(
            "not TOML that can be read: {count:,} dots; "
            "allowed up to {most:,} in a file of {lines:,} lines"
        ),
        "too_many_digits": later(
            "a whole number is too long to be read; allowed up to {most:,} digits"
        ),
        "more_entries": later("entries that mean nothing: {count:,} more"),
        "keymap_no_table": later("keymap: {value!r}; allowed: a table [keymap] of action = key"),
        "keymap_no_action": later("keymap: no action {name!r}{hint}"),
        "keymap_entry": later("keymap {name!s}: {why}"),
        "keymap_clash": later(
            "keymap: {key} would be both {first} and {second}; {kept} keeps the default"
        ),
        "keymap_clash_of_two": later(
            "keymap: {key} would be both {first} and {second}; {first} and {second} keep the "
            "default"
        ),
        "no_key": later("no key {text!r}{hint}; a character, or ctrl+ and one, or a name: f5"),
        "shifted": later("no key {text!r} (did you mean {character}?)"),
        "no_modifier": later("no key {text!r}: before the + one of {allowed}"),
        "not_a_key": later("{value!r} is not a key; allowed: a key or a list of up to {most} keys"),
        "experiment_value": later(
            "{title}: {value!r}; allowed: a table [{title}] of setting = value"
        ),
        "experiment_no_table": later("no table [{title!s}]{hint}; one of {allowed}"),
        "in_file": later("{path!s}: {why}"),
        # in English, because it is about another language that cannot be shown
        "only_ascii": "--lang {lang} needs more than ASCII, which is all that is shown here",
    }
)


def line_text(code: str, **details: object) -> str:
    """What a command says, or what is wrong with a file, in one line."""
    return filled(TEMPLATES[code], details)


SOURCES = Translated({"default": later("default"), "file": later("file")})
"""Where what holds comes from; a variable of the environment by its name."""

_ARGPARSE = Translated(
    {
        "usage: ": later("usage: "),
        "options": later("options"),
        "positional arguments": later("positional arguments"),
        "show this help message and exit": later("show this help message and exit"),
        "argument %(argument_name)s: %(message)s": later("argument %(argument_name)s: %(message)s"),
        "ignored explicit argument %r": later("takes no value, but was given %r"),
        "expected one argument": later("needs a value"),
    }
)
"""What argparse says, as this program says it."""


def argparse_text(message: str) -> str:
    """A message of argparse's own."""
    return _ARGPARSE.get(message, message)
