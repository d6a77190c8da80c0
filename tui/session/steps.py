"""What a step of the tour begins with."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from engine import Run, Trainer
from engine.training.trainer import replay
from tui.config.command_line import on_screen
from tui.session.axis_ranges import AxisRanges
from tui.session.current_run import LANE, LOSSES
from tui.session.jobs import Failed, Job
from tui.session.session import Session
from tui.session.training_run import TrainingRun
from tui.state.lessons import Lesson, Step
from tui.state.state import State


def set_up(step: Step, state: State) -> State:
    """What a step sets; what is there already stays, a training included."""
    if step.experiment is not None and step.experiment != state.experiment:
        state = state.running(Run(step.experiment))
    if step.steps == 0 and state.run.step:
        state = state.running(Run(state.experiment))
    elif step.steps and state.run.step < step.steps:
        state = state.running(Run(state.experiment, step.steps))
    if step.screen.get("view") and "table" not in step.screen:
        state = replace(state, table=False)
    # theory is a lesson of its own
    shown = on_screen(replace(state, theory=False), step.screen)
    cursor = min(shown.cursor, shown.experiment.network.depth)
    return replace(shown, cursor=cursor, speed=step.speed, preview=None, notices=())


def arranged(lesson: Lesson, index: int, state: State) -> State:
    """What a step begins with if nobody has touched anything since the lesson began."""
    state = replace(state.shown_plainly(), pinned=None)
    first, *others = lesson.steps[: index + 1]
    # what somebody has trained before is another network
    state = set_up(first if first.steps else replace(first, steps=0), state)
    for step in others:
        state = set_up(step, state)
    return state


def show(session: Session, state: State) -> None:
    """What a step begins with: nothing of before is compared with it, or said to be lost."""
    session.animation.finish()
    session.trials.wants_seeds = False
    if state.experiment != session.state.experiment:
        session.axes = AxisRanges()
    session.set_state(state)
    said = session.state.notices
    others = [notice for notice in said if notice.code not in LOSSES]
    if len(others) < len(said):
        session.say(*others)


def train_again(session: Session, run: Run, is_wanted: Callable[[], bool]) -> None:
    """A training run that is not at hand, every bit as it was, if it is wanted then."""

    def take(made: Trainer | Failed) -> None:
        if not is_wanted():
            return
        if isinstance(made, Failed):
            session.say(made.notice())
            return
        session.training.use(TrainingRun(made, session.jobs, session.clock))
        session.set_state(replace(session.state, run=run, notices=()), transition=False)

    session.jobs.start(LANE, Job(partial(replay, run), take, on_loop=False, wish=LANE))
