"""Chinese is written as Chinese: its punctuation, and blanks beside letters and digits."""

import re

import pytest

from tests.support.catalogues import WORDS, catalogue, sources
from tui.words.language import CHINESE

HAN = "[\u4e00-\u9fff]"
WRONG = re.compile(
    rf"{HAN}[,;:.!?()]|[,;:!?()]{HAN}"  # punctuation of half the width
    rf"|{HAN}[A-Za-z0-9]|[A-Za-z0-9%]{HAN}"  # letters and digits without a blank
    r"|(?<! ) [，。：；、（）]|[，。：；、（）] (?! )"  # a blank at punctuation of the whole width
    r"|\d %"
    # less by a factor: to which share is said instead
    r"|(?:缩小|减小|减少|降低|衰减)(?!到)[^，。；：、）]{0,9}倍"
    r"|一(?:千|百万|千万亿|万亿)分之一"
)


def wrong(text: str) -> list[str]:
    """What is not written so, with what stands about it; a formula's line may hold words."""
    text = re.sub(r"(?m)^\$.*\$$", "", text)
    return [text[max(m.start() - 9, 0) : m.end() + 9] for m in WRONG.finditer(text)]


def test_messages_are_written_so() -> None:
    """In every catalogue."""
    found = {}
    for source in sources():
        for message in catalogue(source, CHINESE):
            given = message.string
            texts = (given,) if isinstance(given, str) else tuple(given or ())
            if message.id and (faults := [fault for text in texts for fault in wrong(text)]):
                found[message.id] = faults
    assert found == {}


def test_lessons_and_questions_are_written_so() -> None:
    """In every file."""
    files = [path for path in WORDS.rglob("*.md") if path.parent.name == CHINESE]
    assert len(files) >= 20
    assert {p.name: faults for p in files if (faults := wrong(p.read_text("utf-8")))} == {}


@pytest.mark.parametrize(
    "text",
    [
        "梯度,消失",
        "缩小 e 倍",
        "一千分之一",
        "第7 层",
        "梯度 ，",
        "（1.2）倍 ：",
        "90%的",
        "9 %",
        "(梯度)",
    ],
)
def test_what_is_not_is_found(text: str) -> None:
    """Each kind."""
    assert wrong(text)


@pytest.mark.parametrize(
    "text",
    [
        "第 7 层的梯度是 1.2 × 10⁻³ 倍（约千分之一）",
        "按 . 和 , 走",
        "N(0, 1) 权重",
        "90%，",
        "缩小到 0.5 倍",
    ],
)
def test_what_is_written_so_is_right(text: str) -> None:
    """Formulas and keys keep their own."""
    assert wrong(text) == []
