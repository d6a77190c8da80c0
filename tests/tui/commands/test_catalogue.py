"""The lists of what can be chosen."""

import pytest

from engine.catalogue.activations import ACTIVATIONS
from engine.catalogue.initializers import INITIALIZERS
from engine.experiment.domains import Choice
from engine.experiment.sections import DOMAINS
from tests.support.commands import printed
from tui.commands.parser import main
from tui.config.catalogues import KINDS
from tui.state.actions import ACTIONS
from tui.state.metrics import METRICS
from tui.state.presets import PRESETS
from tui.state.views import VIEWS
from tui.words.actions import action_words
from tui.words.presets import preset_words


def test_lists_hold_every_entry_with_its_formula(capsys: pytest.CaptureFixture[str]) -> None:
    """From the engine's tables."""
    text = printed(capsys, "list", "activations")
    assert all(f"{name} " in text and e.formula in text for name, e in ACTIVATIONS.items())
    text = printed(capsys, "list", "inits")
    assert all(f"{name} " in text and e.formula in text for name, e in INITIALIZERS.items())
    text = printed(capsys, "list", "presets")
    assert all(
        f"{preset.id} " in text and preset_words(preset.id)[1] in text
        for preset in PRESETS.values()
    )
    text = printed(capsys, "list", "keys")
    assert all(
        f"{action.id} " in text and action_words(action.id).label in text for action in ACTIONS
    )
    text = printed(capsys, "list", "settings")
    assert all(f"{name} " in text for name in DOMAINS)


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_is_listed(kind: str, capsys: pytest.CaptureFixture[str]) -> None:
    """A line an entry; without a kind, every kind."""
    assert len(printed(capsys, "list", kind).splitlines()) == len(KINDS[kind]())
    assert kind in printed(capsys, "list")


def test_every_named_setting_has_a_list() -> None:
    """So that a new catalogue is listed without a change here."""
    choices = [domain for domain in DOMAINS.values() if isinstance(domain, Choice)]
    listed = {tuple(name for name, _ in entries()) for entries in KINDS.values()}
    assert all(domain.names in listed for domain in choices)


def test_what_the_screen_can_show_is_listed(capsys: pytest.CaptureFixture[str]) -> None:
    """Views and metrics, each with what it shows."""
    assert [line.split()[0] for line in printed(capsys, "list", "views").splitlines()] == [*VIEWS]
    text = printed(capsys, "list", "metrics")
    assert [line.split()[0] for line in text.splitlines()] == [*METRICS]
    assert "the gradient that arrives at each layer" in text


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["list", "actvations"], ["'actvations'", "did you mean activations?", "presets"]),
        (["completion", "fsh"], ["'fsh'", "did you mean fish?", "bash, zsh, fish"]),
        (["completion"], ["SHELL", "bash, zsh, fish"]),
        (["run", "--view", "chain"], ["no option --view; see"]),
        (["RNU"], ["did you mean run?"]),
        (["--ascii=expected one argument"], ["was given 'expected one argument'"]),
        (["lst"], ["'lst'", "did you mean list?", "completion"]),
        (["list", "inits", "--foo"], ["--foo", "chainrule list --help"]),
        (["--actvation", "relu"], ["did you mean --activation?"]),
    ],
)
def test_bad_input_is_one_clear_line(
    arguments: list[str], words: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    """And exit code 2."""
    assert main(arguments) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err.count("\n") == 1
    for word in words:
        assert word in err
