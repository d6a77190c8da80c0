"""Experiments as flags and as TOML."""

from pathlib import Path

import pytest
from hypothesis import given

from engine import Experiment, SettingError
from tests.support.experiments import experiments
from tui.commands.base import experiment_of
from tui.commands.parser import parse
from tui.config.experiment_files import from_toml, read_experiment, to_flags, to_toml
from tui.config.toml import FileError
from tui.words.errors import error_text
from tui.words.foreign import LINE


@given(experiments())
def test_flags_and_toml_bring_back_the_same_experiment(experiment: Experiment) -> None:
    """Both round trips are exact, and equal experiments are equal as keys."""
    assert experiment_of(parse(to_flags(experiment.settings()))) == experiment
    assert from_toml(to_toml(experiment)) == experiment
    assert hash(from_toml(to_toml(experiment))) == hash(experiment)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("[network", "not TOML"),
        ("[netwrk]\ndepth = 3", "did you mean network"),
        ("depth = 3", "no table [depth]"),
        ("network = 3", "network: 3; allowed: a table [network]"),
        ("[[network]]", "network: [{}]"),
        ("depth = " + "9" * 5000, "too long to be read; allowed up to 4,300 digits"),
        ("a" + ".a" * 20_000 + " = 1", "20,000 dots; allowed up to 5,000"),
        ("[a" + ".a" * 4000 + "]" + "\nb = 1" * 100_000, "4,000 dots; allowed up to 9"),
        ("a = " + "[" * 5000, "nested too deeply"),
        ("[a.b]\n" + "[a]\nb.c = 1" + "x" * 999, "not TOML"),
        ("[network]\ndepth = 0x" + "f" * 5000, "depth 0xff"),
        ("[network]\ngain = " + "9" * 400, "out of range"),
        ('[network]\n"\\u001b\\n" = 1', r"no setting named '\x1b\n'"),
        ('["\\u001b]0;"]', r"no table [\x1b]0;]"),
    ],
)
def test_a_malformed_file_is_one_clear_line(text: str, words: str) -> None:
    """What is wrong and what is allowed."""
    path = Path("own.toml")
    path.write_text(text)
    with pytest.raises(FileError) as caught:
        read_experiment(path)
    problem = str(caught.value)
    assert problem.startswith("own.toml")
    assert words in problem
    assert problem.isprintable()
    assert len(problem) <= LINE


def test_flags_replace_what_the_file_says_before_it_is_judged(tmp_path: Path) -> None:
    """A dataset that has moved is named anew; what is wrong names the file only where it stands."""
    (tmp_path / "good.csv").write_text("".join(f"{i},{i % 2}\n" for i in range(50)))
    path = tmp_path / "own.toml"
    path.write_text('[data]\ndataset = "gone.csv"\nbatch_size = 0\n[network]\ndepth = 3\n')
    flags = {"dataset": str(tmp_path / "good.csv"), "batch_size": "8"}
    found = read_experiment(path, flags)
    assert (found.network.depth, found.data.batch_size, found.features) == (3, 8, 1)
    for changes, words in (
        ({**flags, "dataset": "missing.csv"}, "cannot read missing.csv"),
        ({**flags, "batch_size": "-1"}, "batch_size -1 is out of range"),
        ({**flags, "batch_size": "41"}, "batch_size 41 is more than the training samples"),
    ):
        with pytest.raises(SettingError) as caught:
            read_experiment(path, changes)
        assert error_text(caught.value).startswith(words)
    for changes, words in (
        ({"batch_size": "8"}, "cannot read gone.csv"),
        ({"dataset": flags["dataset"]}, "batch_size 0 is out of range"),
    ):
        with pytest.raises(FileError) as told:
            read_experiment(path, changes)
        assert f"own.toml: {words}" in str(told.value)
    path.write_text("[data]\ndepth = 3\n")
    with pytest.raises(FileError, match=r"own\.toml: no setting named 'depth'"):
        read_experiment(path, {"depth": "4"})
