"""Whatever a settings file, an experiment or a command line holds, one clear line answers it."""

import contextlib
import io
import os
import warnings
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from engine import Experiment, SettingError
from engine.experiment.sections import DOMAINS
from tests.support.limits import needs_proc, within_limits
from tests.support.mutations import mutated
from tui.commands.base import UsageError, experiment_of, screen_options, steps_of
from tui.commands.parser import parse
from tui.config import settings_file as config
from tui.config.command_line import command_line, opened
from tui.config.experiment_files import from_toml, read_experiment, to_toml
from tui.config.keymap import remapped, textual_keymap
from tui.config.toml import FileError
from tui.state.actions import ACTIONS
from tui.state.state import SHARED
from tui.words.command_line import line_text
from tui.words.errors import error_text
from tui.words.foreign import LINE
from tui.words.settings import flag

pytestmark = needs_proc

VALUES = (
    *str.split("nan inf 1e400 1e-320 -1 -0 0x10 1_000 3.0 \uff11 true relu digits on ctrl+c f5 q"),
    *str.split("a.csv /dev/zero / .csv [bold] [/] %s {x!r} 1979-05-27T07:32:00Z \x1b[31m \u200b"),
    *("9" * 400, "9" * 5000, "0x" + "f" * 5000, "\u202e", "x" * 9999, "\n", "a\0.npz", "\0", ""),
)
TOML = (
    *str.split(
        "[ ] [[network]] [network] [keymap] { } = . , # \" ' \"\"\" ''' \\ \\u001b \\ud800 a."
    ),
    *(f"\n{name} = " for name in (*list(DOMAINS)[::3], "theme", "fps", "quit", "quit_now")),
    *("a" + ".a" * 20_000, "\ufeff", "\r", "\t", *VALUES),
)
TOML_TOKENS = (*(token.encode() for token in TOML), b"\xff", b"\xff\xfe", b"\xc3")
SETTINGS_FILES = (
    b'theme = "nord"\nfps = 24\nglyphs = "ascii"\nreduced_motion = true\n[keymap]\nquit = "Q"\n',
    b'[keymap]\nquit = ["f5", "ctrl+x"]\nquit_now = "f24"\n"help" = "?"\nnext_init = ["a", "K"]\n',
    b"".join(b'k%d = "%d"\n' % (i, i) for i in range(999)),
)
EXPERIMENTS = (
    to_toml(Experiment()).encode(),
    b'[network]\nactivation = "tanh"\ndepth = 3 # few\ngain = 1.5\n\n[data]\ndataset = "spiral"\n',
)
FLAGS = tuple(map(flag, (*DOMAINS, *SHARED, "steps", "format", "preset", "experiment", "theme")))
TEXTS = st.binary(max_size=40).map(os.fsdecode)
WORDS = (
    st.sampled_from(
        (
            *(value for value in VALUES if "\0" not in value),
            *FLAGS,
            "run",
            "doctor",
            "config",
            "list",
            "--",
            "-h",
            "x",
        )
    )
    | TEXTS
)
ARGUMENTS = st.lists(
    WORDS
    | st.tuples(st.sampled_from(FLAGS), WORDS).map("=".join)
    | st.tuples(st.sampled_from(FLAGS), WORDS | st.just("3")),
    max_size=8,
).map(lambda words: [w for word in words for w in ((word,) if isinstance(word, str) else word)])


def check_line(text: str) -> None:
    """One that can be shown."""
    line = line_text("problem", problem=text)
    assert line.isprintable()
    assert len(line) <= LINE
    assert text in line or len(line) == LINE


def check_experiment(content: bytes) -> None:
    """An experiment that can be written again, or a line that names the file."""
    path = Path("own.toml")
    path.write_bytes(content)
    try:
        experiment = read_experiment(path)
    except FileError as error:
        problem = str(error)
    else:
        assert from_toml(to_toml(experiment)) == experiment
        return
    check_line(problem)
    assert "own.toml" in problem


def check_settings(content: bytes) -> None:
    """Options that can be, a table of keys without a clash and with a way out, and few lines."""
    path = Path("config.toml")
    path.write_bytes(content)
    loaded = config.load(config.read_file(path))
    table, problems = remapped(loaded.keymap)
    for option in config.OPTIONS:
        assert loaded[option.name] in option.allowed
    for problem in (*loaded.problems, *problems):
        check_line(problem)
    assert len(loaded.problems) + len(problems) < 2 * len(ACTIONS)
    keys = [key for action in table for key in action.keys]
    assert len(keys) == len(set(keys))
    assert all(textual_keymap(table).values())
    assert "ctrl+c" in next(action.keys for action in table if action.id == "quit_now")


def check_arguments(arguments: list[str]) -> None:
    """A screen whose command brings it back, or a line."""
    try:
        with contextlib.redirect_stdout(io.StringIO()):
            options = parse(arguments)
        experiment = experiment_of(options)
        state = opened(experiment, screen_options(options, experiment))
        steps_of(options)
    except (UsageError, FileError) as error:
        check_line(str(error))
    except SettingError as error:
        check_line(error_text(error))
    except SystemExit:  # once the help is printed
        pass
    else:
        assert command_line(state).startswith("chainrule")


INPUTS: dict[str, tuple[Callable[..., None], st.SearchStrategy[object]]] = {
    "experiment": (check_experiment, mutated(EXPERIMENTS, TOML_TOKENS)),
    "experiment_bytes": (check_experiment, st.binary(max_size=300)),
    "settings": (check_settings, mutated(SETTINGS_FILES, TOML_TOKENS)),
    "settings_bytes": (check_settings, st.binary(max_size=300)),
    "arguments": (check_arguments, ARGUMENTS),
}


@pytest.mark.parametrize(
    "examples", [pytest.param(5, id="few"), pytest.param(300, id="many", marks=pytest.mark.heavy)]
)
@pytest.mark.parametrize(("check", "inputs"), INPUTS.values(), ids=INPUTS)
def test_any_input_is_usable_or_one_clear_line(
    check: Callable[..., None], inputs: st.SearchStrategy[object], examples: int
) -> None:
    """Within bounds of time and memory, and without a warning."""

    @settings(max_examples=examples, deadline=None, suppress_health_check=list(HealthCheck))
    @given(inputs)
    def run(content: object) -> None:
        with within_limits(), warnings.catch_warnings(action="error"):
            check(content)

    run()
