"""What there is to say about two experiments that train side by side."""

from collections.abc import Callable, Sequence

from engine import Trace
from engine.measure.trace import GOOD
from tui.words.language import Translated, _, later
from tui.words.numbers import listed, number, percent, reading
from tui.words.trace import LOSS_WORDS
from tui.words.training import reached_text

RACE = later("race")
AHEAD, LEVEL = later("AHEAD"), later("LEVEL")
SAME = later("the same batches")
LOSS, BATCH, TEST = later("loss"), later("batch"), later("test")
TEST_ACCURACY, BATCH_LOSS = later("test accuracy"), later("batch loss")
OTHER_LOSSES = later("their losses are not the same one")

_WHY_NOBODY = Translated(
    {
        "other_test": later("each has test data of its own: {differs}"),
        "no_score": later("nothing that both could be compared by"),
        "not_yet": later("not held against the test set yet"),
        "both_diverged": later("both diverged"),
    }
)


def batches_text(same: bool, differs: Sequence[str]) -> str:
    """Whether both see the same batches, or which settings of the data make them others."""
    if same:
        return _(SAME)
    # the same settings and yet other data: the width chooses the inputs'
    return _("other batches: {differs}").format(differs=listed(differs or ("input_dim",)))


_NOBODY = Translated(
    {
        "other_test": later("NOT COMPARED"),
        "no_score": later("NOT COMPARED"),
        "not_yet": later("NOT YET"),
        "both_diverged": later("NOBODY"),
    }
)


def lead_word(standing: str, name: str, is_tie: bool) -> str:
    """Who is ahead, in a word or two."""
    if name:
        return _("{name} AHEAD").format(name=name)
    return _(LEVEL) if is_tie else _NOBODY[standing]


def lead_texts(
    standing: str,
    names: tuple[str, str],
    ahead: int | None,
    step: int | None,
    values: tuple[float, float] | None,
    differs: Sequence[str],
) -> tuple[str, ...]:
    """Who is ahead and by what, or why nobody is, the longest wording first."""
    if standing == "alone" and ahead is not None:
        return (
            _("{winner} goes on: {loser} diverged").format(
                winner=names[ahead], loser=names[1 - ahead]
            ),
        )
    if values is None or step is None:
        return (_WHY_NOBODY[standing].format(differs=listed(differs or ("input_dim",))),)
    first, spelled = ahead or 0, scores(values, standing == "accuracy")
    told = {"one": spelled[first], "other": spelled[1 - first], "step": step}
    if ahead is None:
        what = (
            _("both get {one} of the test set at step {step}")
            if standing == "accuracy"
            else _("both have test loss {one} at step {step}")
        )
        return (what.format(**told),)
    templates = (
        (
            _("{one} of the test set against {other}, at step {step}"),
            _("test {one} against {other} at {step}"),
        )
        if standing == "accuracy"
        else (
            _("test loss {one} against {other}, at step {step}"),
            _("test {one} against {other} at {step}"),
        )
    )
    return tuple(template.format(**told) for template in templates)


Spelling = Callable[[float], str]

_SHARES: tuple[Spelling, ...] = (percent, "{:.1%}".format, "{:.2%}".format, "{:.4%}".format)
_READINGS: tuple[Spelling, ...] = (reading, "{:.5g}".format, "{:.8g}".format, "{:.17g}".format)


def scores(values: Sequence[float], are_shares: bool) -> list[str]:
    """Test accuracies or losses, as short as what differs looks different.

    An accuracy that is not yet good does not look like one that is.
    """
    told = {*values, GOOD} if are_shares else set(values)
    ways = _SHARES if are_shares else _READINGS
    spell = next((way for way in ways if len(set(map(way, told))) == len(told)), ways[-1])
    return [spell(value) for value in values]


def loss_name(loss: str, same: bool) -> str:
    """What a loss is called: by its own name beside another one."""
    return _(LOSS) if same else LOSS_WORDS[loss]


def milestone_text(trace: Trace) -> str:
    """At which of the fixed steps the test accuracy was good first, or that it was not yet.

    It may be at this very step, which is held against the test set because somebody stopped here.
    """
    if trace.milestone is not None:
        return reached_text(GOOD, trace.milestone)
    here = trace.test_accuracy
    template = _("{share:.0%}: here") if is_good(here) else _("{share:.0%}: not yet")
    return template.format(share=GOOD)


def is_good(accuracy: float | None) -> bool:
    """Whether a test accuracy was measured and is good."""
    return accuracy is not None and accuracy >= GOOD


def tested_at(share: str, step: int) -> str:
    """A test set's number, and at which step."""
    return _("{share} at {step}").format(share=share, step=step)


def no_layer_text(depth: int) -> str:
    """Where one of them has no layer of that number."""
    return _("{depth} layers only").format(depth=depth)


def diverged_text(step: int) -> str:
    """Where a training ended."""
    return _("DIVERGED at step {step}").format(step=step)


def pace_text(pace: float | None) -> str:
    """How fast a race may go."""
    if pace is None:
        return _("as fast as it goes")
    return _("at most {pace} steps a second").format(pace=number(pace))
