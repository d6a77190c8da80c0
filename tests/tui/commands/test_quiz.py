"""`chainrule quiz` without a terminal: all questions as text, and nothing of what is right."""

import pytest
from rich.cells import cell_len

from tests.support.commands import printed
from tui.config.quiz_items import items
from tui.config.state_files import read_state


@pytest.mark.parametrize("language", ["en", "zh"])
def test_without_a_terminal_the_questions_are_printed(
    language: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each with all of its answers, within the width, the same every time; nothing is kept."""
    monkeypatch.setenv("COLUMNS", "60")
    text = printed(capsys, "quiz", "--lang", language)
    assert text == printed(capsys, "quiz", "--lang", language)
    assert max(map(cell_len, text.splitlines())) <= 60
    whole = "".join(text.split())
    for item in items(language):
        for words in (item.title, item.text, *(answer.text for answer in item.answers)):
            assert "".join(words.split()) in whole
    assert read_state("quiz") == {}
