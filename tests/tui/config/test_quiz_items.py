"""The quiz's items: the same in every language, short enough, and wrong ones told in one line."""

from collections.abc import Callable
from string import Formatter

import pytest

from engine import run, verdict
from tests.support.experiments import experiment_of
from tui.config.front_matter import LessonError
from tui.config.quiz_items import item_files, item_of, items
from tui.state.quiz import AFTER, BEFORE, Item
from tui.words.language import CHINESE, ENGLISH, LANGUAGES
from tui.words.lesson_numbers import NUMBERS, Known

ITEMS = [item for language in LANGUAGES for item in items(language)]


def length(text: str) -> int:
    """Words of English, and half the characters of Chinese."""
    wide = sum(ord(character) > 0x2E80 for character in text)
    return wide // 2 if wide else len(text.split())


def test_there_are_twelve_and_the_same_ones_in_every_language() -> None:
    """Question by question, answer by answer, but for the words."""

    def without_words(item: Item) -> object:
        runs = [(a.id, a.is_right, a.run.experiment, a.run.screen) for a in item.answers]
        return item.name, runs, [(a.run.steps, a.run.pinned) for a in item.answers]

    found = [[without_words(item) for item in items(language)] for language in LANGUAGES]
    assert len(found[0]) == 12
    assert all(other == found[0] for other in found)
    assert len({tuple(item_files(language)) for language in LANGUAGES}) == 1


@pytest.mark.parametrize("item", ITEMS, ids=lambda item: f"{item.title}")
def test_an_item_is_short_and_every_number_in_it_is_known(item: Item) -> None:
    """Question, answers, and what is said to each."""
    trace = run(experiment_of(depth=2))
    known = Known(trace, trace, verdict(trace), 1)
    assert length(item.text) <= 40
    for answer in item.answers:
        assert length(answer.text) <= 20
        assert length(answer.run.shows) <= 45
        names = [name for _, name, _, _ in Formatter().parse(answer.run.shows) if name]
        values = {name: NUMBERS[name](known) for name in names}
        assert "{" not in answer.run.shows.format_map(values)
        assert "{" not in answer.text + item.text


@pytest.mark.parametrize("item", ITEMS, ids=lambda item: f"{item.title}")
def test_what_a_run_says_stays_true_whatever_is_drawn(item: Item) -> None:
    """`m` draws other bars under the same words: they say which bars they mean."""
    for answer in item.answers:
        assert "these bars" not in answer.run.shows.lower()
        assert "现在的柱子" not in answer.run.shows


@pytest.mark.parametrize("number", range(12))
def test_the_word_for_the_loss_means_nothing_else(number: int) -> None:
    """In Chinese it also means whatever is lost: where English does not say "loss" it misleads."""
    told = {}
    for language in LANGUAGES:
        item = items(language)[number]
        said = [item.title, item.text, *(a.text + a.run.shows for a in item.answers)]
        told[language] = " ".join(said)
    assert ("损失" in told[CHINESE]) == ("loss" in told[ENGLISH])


def test_answers_are_shuffled_anew_for_every_person_and_taking() -> None:
    """The same seed and taking have the same order; the right one stands in each place."""
    item = items("en")[1]
    assert item.shuffled(3, BEFORE) == item.shuffled(3, BEFORE)
    places = [
        [answer.is_right for answer in item.shuffled(seed, taking)].index(True)
        for seed in range(50)
        for taking in (BEFORE, AFTER)
    ]
    assert set(places) == set(range(len(item.answers)))
    assert sorted(a.id for a in item.shuffled(3, AFTER)) == sorted(a.id for a in item.answers)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("extreme", [max, min])
def test_length_tells_nothing(language: str, extreme: Callable[..., int]) -> None:
    """As by chance the right answer is the longest, or the shortest, in a third of the items."""
    hits = 0
    for item in items(language):
        lengths = {answer.id: len(answer.text) for answer in item.answers}
        hits += lengths[item.right] == extreme(lengths.values())
    assert hits <= len(items(language)) // 3 + 1


ANSWER = "[[answers]]\nid = '{}'\ntext = 'x'\nshows = 'y'\n"
THREE = "".join(ANSWER.format(id) for id in "abc")
FRONT = "# T\n+++\n{}\n+++\nText?\n"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Text", "the first line has to be '# '"),
        ("# T\n+++\n", "'+++'"),
        (FRONT.format("settings = ''"), "answers = None"),
        (FRONT.format(ANSWER.format("a")), "3 to 4 are needed"),
        (FRONT.format(THREE), "right = true is needed at one"),
        (FRONT.format(THREE + ANSWER.format("a") + "right = true"), "two have the same id"),
        (FRONT.format(THREE.replace("'y'", "'{shre}'", 1)), "no number 'shre'"),
        (FRONT.format("vew = 'chain'\n" + THREE), "(did you mean view?)"),
        (FRONT.format("settings = '--activation rlu'\n" + THREE), "(did you mean relu?)"),
        (FRONT.format(THREE + "right = true") + "\n+++\n", "'+++'"),
        ("# T\n+++\n" + THREE + "right = true\n+++\n \n", "there is no text"),
    ],
)
def test_what_is_wrong_with_an_item_is_said_in_one_line(text: str, said: str) -> None:
    """With the file and the nearest match."""
    with pytest.raises(LessonError) as caught:
        item_of("13-x.md", text)
    line = str(caught.value)
    assert said in line
    assert line.startswith("13-x.md: ")
    assert "\n" not in line
