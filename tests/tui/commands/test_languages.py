"""Every command in the language that is asked for; what programs read is English."""

import io
import re
from contextlib import suppress

import pytest
from rich.cells import cell_len

from tests.support.commands import printed
from tui.commands.parser import commands, main

SMALL = ("--depth", "4", "--width", "8")
CHINESE = re.compile("[\u4e00-\u9fff]")


def result(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[str, str]:
    """What a command prints and complains of, however it ends."""
    with suppress(SystemExit):
        main(arguments)
    return capsys.readouterr()


@pytest.mark.parametrize("command", ["", *commands()])
def test_argparse_speaks_chinese(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Its headings, and what it says of its own options."""
    words = [command] if command else []
    out, _err = result(capsys, *words, "--help", "--lang", "zh")
    for english in ("usage", "options", "arguments", "show this help"):
        assert english not in out
    assert out.startswith("用法：chainrule")
    assert "显示本帮助后退出" in out


@pytest.mark.parametrize(
    "arguments",
    [
        ["--depth"],
        ["--ascii=3"],
        ["--depth", "0"],
        ["--actvation", "relu"],
        ["docter"],
        ["run", "--format", "xml"],
    ],
)
def test_errors_are_chinese(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    """One line of them, argparse's included."""
    assert main(["--lang=zh", *arguments]) == 2
    err = capsys.readouterr().err
    assert err.startswith("chainrule：")
    assert CHINESE.search(err[10:])
    assert err.count("\n") == 1


def test_a_language_that_there_is_none_of(capsys: pytest.CaptureFixture[str]) -> None:
    """One line with the allowed ones."""
    assert main(["list", "--lang", "fr"]) == 2
    assert "'fr'" in (err := capsys.readouterr().err)
    assert "en, zh" in err


def test_the_locale_decides(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where nothing else does."""
    monkeypatch.setenv("LANG", "zh_CN.UTF-8")
    assert CHINESE.search(printed(capsys, "config"))
    assert not CHINESE.search(printed(capsys, "config", "--lang", "en"))


@pytest.mark.parametrize("words", [("--lang", "zh"), ()])
def test_where_only_ascii_is_shown_it_is_english(
    words: tuple[str, ...], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """With one line that says so, if Chinese was asked for just now."""
    monkeypatch.setenv("LANG", "zh_CN.UTF-8")
    plain = io.TextIOWrapper(io.BytesIO(), "ascii")
    monkeypatch.setattr("sys.stdout", plain)
    assert main(["config", *words]) == 0
    plain.seek(0)
    assert "[keymap] maps" in plain.read()
    assert capsys.readouterr().err.count("more than ASCII") == len(words) / 2


def test_ascii_characters_are_english(capsys: pytest.CaptureFixture[str]) -> None:
    """Also where more could be shown."""
    out, err = result(capsys, "run", "--ascii", "--lang", "zh", *SMALL)
    assert out.isascii()
    assert err.count("more than ASCII") == 1


@pytest.mark.parametrize(
    "command",
    [
        ("run", "--format", "json", *SMALL),
        ("run", "--format", "csv", *SMALL),
        ("doctor", "--format", "json", *SMALL),
    ],
)
def test_what_programs_read_is_english(
    command: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    """The same to the last character."""
    english, _err = result(capsys, *command)
    chinese, _err = result(capsys, *command, "--lang", "zh")
    assert chinese == english


@pytest.mark.parametrize("command", ["run", "doctor"])
def test_reports_are_chinese(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    """With no English sentence, and no line wider than the terminal."""
    out, _err = result(capsys, command, "--lang", "zh", *SMALL)
    assert not re.search("[A-Za-z]{2,} [a-z]{2,}", out)
    assert all(cell_len(line) <= 80 for line in out.splitlines())
    assert "第 1 层" in out
