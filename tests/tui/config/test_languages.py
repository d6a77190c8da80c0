"""Which language is spoken, by command line, settings file and locale."""

from pathlib import Path

import pytest

from tui.config.languages import of_locale, wanted

CHINESE = {"LANG": "zh_CN.UTF-8"}


@pytest.mark.parametrize(
    ("environment", "code"),
    [
        ({}, "en"),
        ({"LANG": ""}, "en"),
        ({"LANG": "zh_CN.UTF-8"}, "zh"),
        ({"LANG": "zh"}, "zh"),
        ({"LANG": "zh-Hant"}, "zh"),
        ({"LANG": "zh@pinyin"}, "zh"),
        ({"LANG": "de_DE.UTF-8"}, "en"),
        ({"LANG": "zh_CN.UTF-8", "LC_MESSAGES": "en_US.UTF-8"}, "en"),
        ({"LANG": "en_US.UTF-8", "LC_ALL": "zh_TW.UTF-8"}, "zh"),
        ({"LANG": "en_US.UTF-8", "LANGUAGE": "de:zh_CN:en"}, "zh"),
        ({"LANG": "zh_CN.UTF-8", "LANGUAGE": "de"}, "en"),
        ({"LANG": "zh_CN.UTF-8", "LANGUAGE": ""}, "zh"),
        ({"LANG": "C.UTF-8", "LANGUAGE": "zh"}, "en"),
        ({"LANG": "zh_CN.UTF-8", "LC_ALL": "C"}, "en"),
        ({"LANGUAGE": "zh"}, "en"),
    ],
)
def test_the_locale_says_the_language(environment: dict[str, str], code: str) -> None:
    """As gettext reads it."""
    assert of_locale(environment) == code


@pytest.mark.parametrize(
    ("arguments", "code", "is_asked_for"),
    [
        ([], "zh", False),
        (["--lang", "en"], "en", True),
        (["doctor", "--lang=en"], "en", True),
        (["--lang=zh", "--lang", "en"], "en", True),
        (["--", "--lang", "en"], "zh", False),
        (["--lang"], "zh", False),
        (["--lang", "fr"], "zh", False),
    ],
)
def test_the_command_line_goes_before_the_locale(
    arguments: list[str], code: str, is_asked_for: bool
) -> None:
    """The last option counts; one that is wrong is told in the language of the others."""
    assert wanted(arguments, CHINESE) == (code, is_asked_for)


@pytest.mark.parametrize(
    ("entry", "code"), [("en", "en"), ("zh", "zh"), ("auto", "zh"), ("fr", "zh")]
)
def test_the_settings_file_goes_before_the_locale(
    settings_file: Path, entry: str, code: str
) -> None:
    """Unless it leaves it to that."""
    settings_file.write_text(f'language = "{entry}"')
    assert wanted([], CHINESE) == (code, False)
    assert wanted(["--lang", "zh"], {}) == ("zh", True)
