"""The command line: where flags count, what is bad input, what is loaded."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from engine.experiment.domains import Real, Whole
from engine.experiment.sections import SECTIONS
from tests.support.commands import run_text
from tui.commands.parser import main
from tui.words.foreign import LINE


def test_flags_before_and_after_the_command_count(capsys: pytest.CaptureFixture[str]) -> None:
    """Wherever they stand."""
    assert main(["--depth", "3", "run", "--width", "5", "--format", "json"]) == 0
    network = json.loads(capsys.readouterr().out)["experiment"]["network"]
    assert (network["depth"], network["width"]) == (3, 5)


def test_an_experiment_file_and_flags_over_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The file's settings, changed by flags."""
    file = tmp_path / "deep.toml"
    file.write_text('[network]\ndepth = 7\nactivation = "tanh"\n')
    result = json.loads(
        run_text(capsys, "--experiment", str(file), "--depth", "5", "--format", "json")
    )
    assert result["experiment"]["network"]["depth"] == 5
    assert result["experiment"]["network"]["activation"] == "tanh"


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--activation", "relux"], ["relux", "did you mean relu?", "sigmoid"]),
        (["--depth", "0"], ["depth 0", "from 1 to 1000"]),
        (["--depth", "10000"], ["10000", "from 1 to 1000"]),
        (["--width", "-3"], ["width -3", "from 1 to 2048"]),
        (["--gain", "nan"], ["gain nan"]),
        (["--seed", "1.5"], ["1.5", "whole number"]),
        (["--seed", "one"], ["'one'", "whole number"]),
        (["--seed", "9" * 5000], ["out of range"]),
        (["--gain", "9" * 5000], ["out of range"]),
        (["--gain", "one\n\x1b[31m" * 999], ["'one\\n\\x1b[31m", "no decimal number"]),
        (["--\x1b[31m" + "x" * 999], ["no option --\\x1b[31mx"]),
        (["--depth=3", "\x1b[31m" + "x" * 999], ["no argument '\\x1b[31mx"]),
        (["--experiment", "no-such.toml"], ["no-such.toml", "No such file"]),
        (["--norm", "batch", "--batch-size", "1"], ["batch_size 1", "from 2"]),
        (["--depth", "1000", "--width", "2048"], ["69.2 GB"]),
        (["--actvation", "relu"], ["did you mean --activation"]),
        (["--depth"], ["--depth", "needs a value"]),
        (["--format", "xml"], ["xml", "text, json, csv"]),
        (["--steps", "-1"], ["steps -1", "from 0"]),
        (["--optimizer", "adma"], ["adma", "did you mean adam?"]),
        (["--momentum", "0.5"], ["momentum", "nesterov", "allowed with sgd: 0.9"]),
        (["--schedule-steps", "5"], ["schedule cosine", "allowed with constant: 1000"]),
        (["--schedule", "cosine", "--warmup", "1000"], ["warmup 1000", "from 0 to 999"]),
        (["--depth=--"], ["--depth", "needs a value"]),
        (["--experiment", ""], ["--experiment", "needs a value"]),
        (["--ascii=yes"], ["--ascii", "takes no value", "'yes'"]),
        (["--hel"], ["did you mean --help?"]),
        (["--depth", "1e3"], ["depth '1e3' is no whole number in digits"]),
        (["extra"], ["extra"]),
        ([""], ["no argument ''"]),
        (["--dataset", "caf\udce9.csv"], ["dataset 'caf\\udce9.csv'", "UTF-8"]),
    ],
)
def test_bad_input_is_one_clear_line_and_exit_2(
    arguments: list[str], words: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    """What is wrong, what is allowed, the nearest match; nothing on stdout."""
    assert main(["run", *arguments]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err.endswith("\n")
    assert err[:-1].isprintable()
    assert len(err) <= LINE + 1
    for word in words:
        assert word in err


@pytest.mark.parametrize(
    ("flag", "typed", "nearest"),
    [
        ("--init", "he", "he_normal"),
        ("--init", "xavier", "xavier_normal"),
        ("--init", "unit", "unit_normal"),
        ("--residual", "pre", "pre_activation"),
        ("--residual", "post", "post_activation"),
        ("--residual-scale", "sqrt", "sqrt_depth"),
        ("--norm", "batchnorm", "batch"),
        ("--norm", "LayerNorm", "layer"),
        ("--activation", "ReLU6", "relu"),
        ("--activation", "leakyrelu", "leaky_relu"),
        ("--loss", "cross", "cross_entropy"),
        ("--optimizer", "adamax", "adam"),
        ("--optimizer", "adma", "adam"),
        ("--dtype", "float", "float64"),
    ],
)
def test_a_name_s_beginning_is_nearer_than_what_looks_like_it(
    flag: str, typed: str, nearest: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """--init he asks for he_normal, not for lsuv."""
    assert main(["run", flag, typed]) == 2
    assert f"did you mean {nearest}?" in capsys.readouterr().err


@pytest.mark.parametrize("command", ["run", "doctor"])
def test_help_groups_the_flags(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Network, data and training, each flag with what kind of value it takes."""
    with pytest.raises(SystemExit):
        main([command, "--help"])
    groups = {part.split(":")[0]: part for part in capsys.readouterr().out.split("\n\n")}
    for title, section in SECTIONS.items():
        for name, item in section.__dataclass_fields__.items():  # type: ignore[attr-defined]
            kind = type(item.metadata["domain"])
            value = {Whole: "N", Real: "X"}.get(kind, "NAME")
            assert f"  --{name.replace('_', '-')} {value}" in groups[title]
    assert ("--steps N" in groups["training"]) == (command == "run")
    file = " [FILE]" if command == "doctor" else ""
    assert groups["usage"] == f"usage: chainrule {command} [options]{file}"


def test_a_mistyped_command_names_the_nearest(capsys: pytest.CaptureFixture[str]) -> None:
    """chainrule rum."""
    assert main(["rum"]) == 2
    assert "did you mean run?" in capsys.readouterr().err


def test_without_a_terminal_the_picture_is_printed() -> None:
    """chainrule | cat, in a process of its own, and in ASCII where the stream is."""
    environment = {**os.environ, "PYTHONIOENCODING": "ascii", "COLUMNS": "80"}
    done = subprocess.run(
        [sys.executable, "-m", "tui"], capture_output=True, env=environment, check=True
    )
    assert done.stdout.isascii()
    assert b"VANISHING" in done.stdout


def test_the_engine_and_the_headless_run_load_no_textual() -> None:
    """The engine reaches no further than numpy; printing a run needs no app."""
    code = (
        "import sys; import engine; engine.run(engine.Experiment());"
        "assert not {'textual', 'rich', 'argparse', 'tui'} & set(sys.modules);"
        "from tui.commands.parser import main; main(['run', '--format', 'json']);"
        "assert 'textual' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True, capture_output=True)


@pytest.mark.parametrize(
    "arguments",
    [
        *(("--theme", "dracul"), ("--view", "chains"), ("--cursor", "21"), ("--table", "yes")),
        *(("--view", "chains", "run"), ("--theme", "dracul", "list"), ("--steps", "x", "doctor")),
    ],
)
def test_options_of_the_screen_are_checked_without_one_too(
    arguments: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    """A pipe and a command show no theme, but a mistake is a mistake."""
    assert main(arguments) == 2
    printed = capsys.readouterr()
    assert printed.out == ""
    assert len(printed.err.splitlines()) == 1


def test_an_option_of_another_command_is_no_match(capsys: pytest.CaptureFixture[str]) -> None:
    """`run --view chain`: --view is the app's."""
    assert main(["run", "--view", "chain"]) == 2
    assert "did you mean --view" not in capsys.readouterr().err


@pytest.mark.parametrize("name", ["missing.csv", "missing.npz", "."])
def test_a_missing_file_is_one_line_and_exit_2(
    name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """On the command line."""
    assert main(["run", "--dataset", name]) == 2
    assert capsys.readouterr().err.count("\n") == 1
