"""Training that writes itself down."""

from collections.abc import Callable

from engine.logs.records import step_line
from engine.training.trainer import UNMEASURED_AT_ONCE, Trainer

MOST_LINES = 1000
"""Of steps, where nobody says how far they are apart."""


def spacing(steps: int) -> int:
    """From one logged step to the next, so that there are at most MOST_LINES of them after 0."""
    return max(-(-steps // MOST_LINES), 1)


def record(
    trainer: Trainer,
    steps: int,
    every: int,
    put: Callable[[str], None],
    seconds: Callable[[], float],
) -> None:
    """Train up to that step, and put a line for step 0, every so manyth, and the last.

    The last says that it is, and is evaluated on the test set. If training diverges, the last
    finite pass has a line, and the one that was not. `seconds` tells how long it has been going on.
    """
    logged = None
    while True:
        step = trainer.step_number
        is_last = step >= steps or trainer.diverged is not None
        if is_last:
            trainer.evaluate()
        if (is_last or step % every == 0) and trainer.trace.step != logged:
            put(step_line(trainer.trace, seconds(), is_last and trainer.nonfinite is None))
            logged = trainer.trace.step
        if is_last:
            break
        trainer.advance(min(every - step % every, steps - step, UNMEASURED_AT_ONCE))
    if trainer.nonfinite is not None:
        put(step_line(trainer.nonfinite, seconds(), is_last=True))
