"""The quiz's screen: what stands round the questions, and round the run about an answer."""

from tui.words.language import Translated, _, later

TAKING_NAMES = Translated({"before": later("before the tour"), "after": later("after the tour")})
"""Of each taking, in a heading."""

TAKING_MARKS = Translated({"before": later("before"), "after": later("after")})
"""Of each taking, over its column and behind an answer."""


def question_text(number: int, count: int) -> str:
    """Which question of how many."""
    return _("Question {number} of {count}").format(number=number, count=count)


def answering_texts(answers: int) -> tuple[str, ...]:
    """What keys do before a question is answered."""
    return (
        _("↑↓ or 1 to {answers}: choose").format(answers=answers),
        _("enter: answer"),
        _("← →: other questions"),
        _("esc: leave"),
    )


def answered_texts(is_complete: bool) -> tuple[str, ...]:
    """What keys do once it is answered, or all are."""
    run = (_("space: try the highlighted answer in a run"),) if is_complete else ()
    return *run, _("enter: go on"), _("← →: other questions"), _("esc: leave")


def not_marked_text(count: int) -> str:
    """Why nothing says yet whether an answer is right."""
    return _("Once all {count} are answered they are marked, and runs open.").format(count=count)


def end_title() -> str:
    """Over all questions."""
    return _("Your answers")


def signs_text(right: str, other: str) -> str:
    """What the signs before the questions are."""
    return _("{right} as measured  {other} otherwise").format(right=right, other=other)


def again_text(key: str) -> str:
    """What comes after all questions were answered before the tour."""
    return _("After the tour ({key}) the same questions come again: a.").format(key=key)


def end_keys_texts(is_complete: bool) -> tuple[str, ...]:
    """What keys do at the end."""
    again = (_("a: ask again"),) if is_complete else ()
    return _("↑↓ enter: open a question"), *again, _("esc: leave")


def measured_text() -> str:
    """Behind the right answer, once all are given."""
    return _("measured")


def run_title(answer: str) -> str:
    """Over what a run says: the answer that it is about."""
    return _("“{answer}”").format(answer=answer)


def run_keys_text() -> str:
    """How one comes back from a run."""
    return _("back to the quiz")


def under_way_text(step: int, steps: int) -> str:
    """While the run is measured, or trained before that."""
    if not steps:
        return _("The network is being measured.")
    return _("The network is being trained: step {step} of {steps}.").format(step=step, steps=steps)


def changed_text() -> str:
    """Somebody has changed the run before it was measured."""
    return _("This is another network now: esc, then space shows the one that is meant.")


def not_kept_text(why: str) -> str:
    """An answer that could not be written down."""
    return _("The answer is not kept: {why}.").format(why=why)


def text_hint() -> str:
    """Under the questions where there is no terminal to answer them on."""
    return _(
        "On a terminal chainrule quiz asks them one by one, and runs what each answer is about."
    )
