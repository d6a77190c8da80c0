"""Text in letters several rows high."""

import pytest
from rich.cells import cell_len

from tui.charts.letters import big
from tui.style.glyphs import ASCII, BLOCKS
from tui.words.verdict import KIND_WORDS


@pytest.mark.parametrize("word", [*KIND_WORDS.values(), "×0.233", "×1.2e+05", "FORWARD", "LOSS"])
def test_words_are_spelled_in_letters(word: str) -> None:
    """Every character has one; as large as fits, and in ASCII where blocks cannot be shown."""
    letters = big(word, 78, 5, BLOCKS)
    assert len(letters) == 5
    assert max(map(len, letters)) <= 78
    assert len(big(word, 50, 5, BLOCKS)) in (3, 5)
    assert "".join(big(word, 78, 5, ASCII)).replace("#", "").strip() == ""
    assert big(word, 10, 1, BLOCKS) == [word[:10]]


def test_letters_differ() -> None:
    """No two characters look the same, but those that do in most fonts."""
    seen = {c: tuple(big(c, 20, 5, BLOCKS)) for c in "ABCDEFGHIJKLMNPQRSTUVWXYZ12346789×.-+%^"}
    assert len(set(seen.values())) == len(seen)


def test_a_word_without_letters_stands_beside_the_number() -> None:
    """Chinese in the middle row, and alone where there is no number."""
    lines = big("梯度消失 ×0.23", 78, 5, BLOCKS)
    assert [line.startswith("梯度消失") for line in lines] == [False, False, True, False, False]
    assert [cell_len(line) for line in lines] == [cell_len(lines[0])] * 5
    assert big("反向传播", 78, 5, BLOCKS) == ["反向传播"]
