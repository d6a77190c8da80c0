"""`chainrule doctor`: exit codes and formats."""

import json

import pytest

from tui.commands.parser import main


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        ((), 1),
        (("--activation", "relu", "--init", "he_normal"), 0),
        (("--depth", "0"), 2),
        (("--format", "yaml"), 2),
    ],
)
def test_the_doctor_s_exit_code(
    arguments: tuple[str, ...], code: int, capsys: pytest.CaptureFixture[str]
) -> None:
    """0 healthy, 1 not, 2 bad input with one line on stderr."""
    assert main(["doctor", *arguments]) == code
    printed = capsys.readouterr()
    if code == 2:
        assert printed.out == ""
        assert len(printed.err.splitlines()) == 1
    else:
        assert printed.err == ""
        assert printed.out.startswith("sigmoid" if code else "relu")


def test_the_doctor_s_json(capsys: pytest.CaptureFixture[str]) -> None:
    """Numbers and words, valid JSON for any network."""
    assert main(["doctor", "--format", "json", "--activation", "relu", "--depth", "30"]) == 1
    report = json.loads(capsys.readouterr().out)
    assert report["verdict"]["kind"] == "vanishing"
    assert report["shares"]["activation"] < -3
    assert report["suggestions"][0]["flags"]
    assert report["findings"][0]["label"] == "vanishing"
