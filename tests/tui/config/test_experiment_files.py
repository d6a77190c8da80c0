"""Experiments as flags and as TOML."""

import pytest
from hypothesis import given

from engine import Experiment
from tests.support.experiments import experiments
from tui.commands.base import experiment_of
from tui.commands.parser import parse
from tui.config.experiment_files import FileError, from_toml, to_flags, to_toml


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
    ],
)
def test_a_malformed_file_is_one_clear_line(text: str, words: str) -> None:
    """What is wrong and what is allowed."""
    with pytest.raises(FileError) as caught:
        from_toml(text)
    assert words in str(caught.value)
    assert "\n" not in str(caught.value)
