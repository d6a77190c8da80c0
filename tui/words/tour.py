"""The tour: what stands round a lesson's own text, and what is wrong with a lesson's file."""

from tui.words.foreign import filled
from tui.words.language import Translated, _, later
from tui.words.numbers import amount, share_in_words

TEMPLATES = Translated(
    {
        "no_lesson": later("no lesson {name!r}{hint}; 1 to {last}, or one of {allowed}"),
        "in_lesson": later("{file!s}: {why}"),
        "in_step": later("{file!s}, step {step}: {why}"),
        "file_name": later("a name such as 02-chain-rule.md is needed"),
        "no_title": later("the first line has to be '# ' and the title"),
        "no_steps": later(
            "there is no step: each begins with its front matter between two lines '+++'"
        ),
        "open_front": later("the front matter has no second line '+++'"),
        "unknown_entry": later("no entry {name!r}{hint}; one of {allowed}"),
        "wrong_kind": later("{name} = {value!r}: {kind} is needed"),
        "unknown_name": later("{name} = {value!r}{hint}: one of {allowed}"),
        "not_flags": later("settings = {value!r}: flags and their values are needed, --depth 20"),
        "unknown_flag": later("settings: no flag {flag!r}{hint}; one of {allowed}"),
        "arguments": later("until = {value!r}: after {name} so many words are needed: {count}"),
        "unknown_key": later("keys: no action has the key {key!r}"),
        "unknown_number": later("no number {name!r}{hint}; one of {allowed}"),
        "braces": later("{why!s}: braces are for the names of numbers"),
        "plain_name": later("{name!r} in braces: the name alone is needed, without ':' or '!'"),
        "no_text": later("there is no text"),
        "no_after": later(
            "a question needs a line '---' and under it what is said after the comparison"
        ),
        "no_question": later("a line '---' goes with a question only"),
        "values": later("choices: {choices}, values: {values}; as many of both are needed"),
        "choices": later("choices: two to four are needed"),
        "answers": later("[[answers]]: {least} to {most} are needed"),
        "right": later("[[answers]]: right = true is needed at one, and at one only"),
        "same_id": later("[[answers]]: two have the same id"),
        "pick": later('either choices or pick = "layer" is needed'),
    }
)

KINDS = Translated(
    {
        "text": later("a text"),
        "truth": later("true or false"),
        "count": later("a whole number from 0"),
        "speed": later("one of the speeds 0.125, 0.25, 0.5, 1, 2, 4, 8"),
        "values": later("a list of positive numbers"),
        "table": later("a table"),
    }
)
"""What an entry of a front matter has to be."""


def lesson_text(code: str, **details: object) -> str:
    """What is wrong, in one line."""
    return filled(TEMPLATES[code], details)


def step_texts(step: int, count: int) -> tuple[str, str]:
    """Which step of how many, in full and in brief."""
    return _("step {step} of {count}").format(step=step, count=count), f"{step}/{count}"


KEYS = Translated(
    {
        "next_step": later("next"),
        "quiz": later("questions"),
        "previous_step": later("back"),
        "close": later("leave"),
    }
)
"""What the tour's own keys do, in a word."""


def done_text() -> str:
    """A step is done, and the next one is on its way."""
    return _("done")


def pick_text(layer: int) -> str:
    """How a layer is picked."""
    return _("← → to a layer, enter takes it:  layer {layer}").format(layer=layer)


def layer_answer(layer: int) -> str:
    """A layer as an answer."""
    return _("layer {layer}").format(layer=layer)


def expected_text(answer: str) -> str:
    """What was answered, before it is seen."""
    return _("You expect: {answer}.").format(answer=answer)


def preparing_text(steps: int) -> str:
    """While the training that a step begins with is made."""
    return _("The network of this step is being trained to step {steps}.").format(steps=steps)


def strayed_text() -> str:
    """Somebody has changed the network that a step is about."""
    return _("This is another network now: `[` begins the step again.")


def compared_texts(expected: str, measured: str | None) -> tuple[str, str]:
    """What was expected and what was measured; the first is empty where they are the same."""
    if expected == measured:
        return "", _("As you expected: {answer}.").format(answer=measured)
    was = _("You expected: {answer}.").format(answer=expected)
    if measured is None:
        return was, _("Measured: none of these.")
    return was, _("Measured: {answer}.").format(answer=measured)


def hint_text(keys: str) -> str:
    """For a speaker: the keys that the step asks for."""
    return _("press {keys}").format(keys=keys)


def lesson_command(title: str) -> tuple[str, str]:
    """In the palette: a lesson, and what choosing it does."""
    return _("lesson: {title}").format(title=title), _("open the tour at this lesson")


def welcome_command() -> tuple[str, str]:
    """In the palette: the welcome."""
    return _("welcome"), _("what was said at the first start")


def welcome_texts(moves: bool) -> tuple[str, str, str]:
    """What one sees at the first start, in three short lines: a wave that `moves`, or all bars."""
    travels = _("Watch it travel back, from the output to the input.")
    stands = _("Each bar is what came back to a layer, from the output at the right.")
    return (
        _("Gradients tell how the error changes as a weight moves."),
        travels if moves else stands,
        _("What reaches layer 1: a half, a hundredth, a billionth?"),
    )


def revealed_text(decades: float) -> str:
    """The answer, once the wave has come to its end."""
    share, about = amount(decades), share_in_words(decades)
    told = _("Layer 1 gets {about} of it: {share}.") if about else _("Layer 1 gets {share} of it.")
    return told.format(about=about, share=share)


def offer_text(key: str) -> tuple[str, str]:
    """What there is to do then: the tour's key and the words after it."""
    return key, _("the tour, ten to fifteen minutes;  any other key: the free lab")
