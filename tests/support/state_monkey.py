"""Random transitions of the state, as values that can be replayed, and what has to hold after each.

A step is the name of a transition and a seed for what it chooses.
"""

import random
import shlex
from collections.abc import Callable
from dataclasses import replace
from functools import cache

from engine import Experiment, SettingError, Trace, run
from engine.diagnosis.remedies import candidates
from engine.experiment.domains import Choice, Real, Value, Whole
from engine.experiment.experiment import experiment_from
from engine.experiment.rules import check_rules
from engine.experiment.sections import DOMAINS
from tests.support.commands import brought_back
from tests.support.experiments import experiment_of
from tui.commands.base import steps_of
from tui.commands.parser import parse
from tui.config.command_line import command_line, flag_value, on_screen
from tui.config.experiment_files import from_texts, from_toml, to_flags, to_toml
from tui.state.actions import ACTIONS
from tui.state.edits import Edit, attempt, change, moved, multiplied, next_in_ring, stepped
from tui.state.layer_columns import SORTS
from tui.state.notices import notice
from tui.state.presets import PRESETS, next_remedy
from tui.state.screen_state import SPEEDS
from tui.state.state import HISTORY, SHARED, State, initial_state
from tui.state.ways import way_of
from tui.words.notices import notice_text

Step = tuple[str, int]
Transition = Callable[[State, random.Random], State]

NUMBERS = {name for name, domain in DOMAINS.items() if isinstance(domain, Whole | Real)}
TEXTS = (
    "",
    "0",
    "-1",
    "1e999",
    "nan",
    "inf",
    "none",
    "0x10",
    "1_0",
    "½",
    "１２",
    "9" * 25,
    "none ",
)


@cache
def a_trace() -> Trace:
    """Something to pin."""
    return run(experiment_of(depth=3, width=4, batch_size=8))


def value_of(setting: str, random: random.Random) -> Value:
    """A value of a setting's domain, the ends and the usual ones often."""
    domain = DOMAINS[setting]
    if isinstance(domain, Choice):
        return random.choice(domain.names)
    assert isinstance(domain, Whole | Real)
    low, high = domain.low, domain.high
    drawn = random.choice((low, high, 0, 1, 2, 10 ** random.uniform(-9, 19)))
    within = min(max(drawn, low), high)
    return int(within) if isinstance(domain, Whole) else float(within)


def _set(state: State, random: random.Random) -> State:
    setting = random.choice(list(DOMAINS))
    return state.edited(attempt(state.experiment, **{setting: value_of(setting, random)}))


def _set_several(state: State, random: random.Random) -> State:
    settings = random.sample(list(DOMAINS), 4)
    values = {setting: value_of(setting, random) for setting in settings}
    return state.edited(attempt(state.experiment, **values))


def _type(state: State, random: random.Random) -> State:
    """What the settings list does with a text."""
    setting = random.choice(list(DOMAINS))
    text = random.choice((*TEXTS, str(value_of(setting, random))))
    try:
        edit = change(state.experiment, **{setting: DOMAINS[setting].parse(setting, text)})
    except SettingError:
        return state
    return state.edited(edit)


def _notch(state: State, random: random.Random) -> State:
    setting, step = random.choice(list(DOMAINS)), random.choice((-1, 1))
    return state.edited(stepped(state.experiment, setting, step))


def _number(state: State, random: random.Random) -> State:
    setting, value = random.choice(sorted(NUMBERS)), 10 ** random.uniform(-9, 19)
    if random.random() < 0.5:
        return state.edited(moved(state.experiment, setting, random.choice((1, -1)) * value))
    return state.edited(multiplied(state.experiment, setting, random.choice((0.0, 0.5, 1.1, 2))))


def _ring(state: State, random: random.Random) -> State:
    setting = random.choice([n for n, d in DOMAINS.items() if isinstance(d, Choice)])
    domain = DOMAINS[setting]
    assert isinstance(domain, Choice)
    names = random.sample(domain.names, random.randint(1, len(domain.names)))
    return state.edited(next_in_ring(state.experiment, setting, names, random.choice((1, -1))))


def _preset(state: State, random: random.Random) -> State:
    preset = random.choice((*PRESETS.values(), next_remedy(state.experiment)))
    shown = on_screen(state.edited(Edit(preset.experiment)).shown_plainly(), preset.screen)
    return shown.saying(notice("preset", preset=preset.id))


def _remedy(state: State, random: random.Random) -> State:
    found = candidates(state.experiment)
    if not found:
        return state
    candidate = random.choice(found)
    way = way_of(state.experiment, candidate)
    assert way.presses > 0
    assert any(way.action == action.id for action in ACTIONS)
    return state.edited(Edit(candidate.experiment))


def _preview(state: State, random: random.Random) -> State:
    preset = random.choice((None, *PRESETS.values()))
    return replace(state, preview=None if preset is None else preset.experiment)


def trained(state: State, steps: int) -> State:
    """The state once its run has come so many steps further."""
    return replace(state, run=state.run.after(steps))


def _pin(state: State, random: random.Random) -> State:
    return replace(state, pinned=None if state.pinned else a_trace())


TRANSITIONS: dict[str, Transition] = {
    **{
        action.id: lambda state, random, apply=action.apply: apply(state)  # type: ignore[misc]
        for action in ACTIONS
        if action.apply is not None
    },
    "set": _set,
    "set_several": _set_several,
    "type": _type,
    "notch": _notch,
    "number": _number,
    "ring": _ring,
    "preset": _preset,
    "remedy": _remedy,
    "preview": _preview,
    "train": lambda state, random: trained(state, random.choice((1, 7, 1000, 10**6))),
    "pin": _pin,
    "click": lambda state, random: state.moved(random.randint(-5, 2000)),
    "sort": lambda state, random: state.sorted_by(random.choice(SORTS)),
}
"""Whatever makes another state: every pure action, and what panels, mouse and training do."""


def steps(count: int, seed: int) -> list[Step]:
    """So many steps."""
    source, names = random.Random(seed), list(TRANSITIONS)
    return [(source.choice(names), source.randrange(2**32)) for _ in range(count)]


def check(state: State) -> None:
    """Everything that holds of any state."""
    experiment = state.experiment
    check_rules(experiment)
    assert experiment_from(experiment.settings()) == experiment
    for name, shared in SHARED.items():
        value = flag_value(state, name)
        assert shared.domain(experiment).check(name, value) == value
    assert state.speed in SPEEDS
    assert state.run.step >= 0
    assert len(state.past) + len(state.future) <= HISTORY + 1
    where = [change.step for change in state.run.changes]
    assert where == sorted(where)
    assert all(0 < step <= state.run.step for step in where)
    for said in state.notices:
        text = notice_text(said.code, said.details)
        assert text
        assert "\n" not in text


def check_ways_back(state: State) -> None:
    """Undo and redo take each other back, but for the steps and the memory of a trained run.

    It keeps the steps that it took since, and an optimiser that came and went emptied its memory.
    """
    for there, back in ((State.undone, State.redone), (State.redone, State.undone)):
        if not (state.past if there is State.undone else state.future):
            continue
        gone = there(state)
        again = back(gone)
        assert (again.run.current, again.run.step) == (state.experiment, state.run.step)
        if state.run.changes == gone.run.changes or _optimizer(gone) == _optimizer(state):
            assert again.run == state.run
        assert len(again.past) == len(state.past)
        assert len(again.future) == len(state.future)
        assert there(again).experiment == gone.experiment


def _optimizer(state: State) -> str:
    return state.experiment.training.optimizer


def check_texts(state: State) -> None:
    """An experiment's ways into texts lead back."""
    experiment = state.experiment
    flags = to_flags(experiment.settings())
    texts = {
        name[2:].replace("-", "_"): text for name, text in zip(flags[::2], flags[1::2], strict=True)
    }
    assert from_texts(texts) == experiment
    assert from_toml(to_toml(experiment)) == experiment


def check_command(state: State) -> None:
    """The copied command opens the same screen."""
    command = command_line(state)
    steps_of(parse(shlex.split(command)[1:]))
    again = brought_back(command)
    assert again.experiment == state.experiment
    for name in SHARED:
        assert flag_value(again, name) == flag_value(state, name)


CHECKS: dict[Callable[[State], None], int] = {
    check: 1,
    check_ways_back: 2,
    check_texts: 10,
    check_command: 250,
}
"""What has to hold, and after every how manyth step that is looked at, because some take long."""


def play(steps: list[Step], checks: dict[Callable[[State], None], int]) -> State:
    """The state that the steps lead to; checks are made on their way and at its end."""
    state = initial_state(Experiment())
    for number, (name, seed) in enumerate(steps, 1):
        state = TRANSITIONS[name](state, random.Random(seed))
        for holds, every in checks.items():
            if number % every == 0 or number == len(steps):
                holds(state)
    return state


def fails(steps: list[Step]) -> bool:
    """Whether something does not hold on the way."""
    try:
        play(steps, CHECKS)
    except Exception:
        return True
    return False
