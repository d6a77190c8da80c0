"""A race: two runs that never part, whatever is asked of them, and equal two runs alone."""

from typing import Any

import pytest

from engine import Trace, run
from tests.support.experiments import experiment_of
from tests.support.session import SMALL, Clock, Later
from tests.support.training import assert_same
from tui.session.jobs import Jobs
from tui.session.race import Race
from tui.state.motion import MOTIONS
from tui.state.race import RaceState, Shown, Standing

DIVERGING = {"activation": "relu", "learning_rate": 50.0, "residual": "pre_activation"}


def race_of(
    first: dict[str, Any], second: dict[str, Any], motion: str = "full", **options: Any
) -> Race:
    """A race of two small networks, under way, 4 steps in a frame of `frames`."""
    pair = tuple(experiment_of(**{**SMALL, **settings}) for settings in (first, second))
    jobs = options.pop("jobs", None) or Jobs()
    state = RaceState((pair[0], pair[1]), pace=100.0)
    race = Race(state, jobs, Clock(), lambda: MOTIONS[motion], **options)
    race.is_seen = True
    race.start()
    return race


def shown(race: Race) -> Shown:
    """What is on the screen."""
    found = race.scene().shown
    assert found is not None
    return found


def frames(race: Race, count: int, elapsed: float = 0.04) -> list[Shown]:
    """What is on the screen after each of so many frames."""
    seen = []
    for _ in range(count):
        race.tick(elapsed)
        seen.append(shown(race))
    return seen


def alone(race: Race, which: int, step: int, evaluates: bool = True) -> Trace:
    """What one of them comes to without the other."""
    return run(race.pair[which], step, evaluates)


def test_both_take_the_same_steps_and_equal_two_runs_alone() -> None:
    """At every picture, and bit for bit where they stand still."""
    race = race_of({}, {"activation": "relu", "init": "he_normal"})
    for seen in frames(race, 12):
        assert [trace.step for trace in seen.traces] == [seen.step] * 2
    race.play_or_pause()
    found = shown(race)
    assert found.step > 12
    for which, trace in enumerate(found.traces):
        assert_same(trace, alone(race, which, found.step))


def test_it_goes_step_by_step_and_back() -> None:
    """Both; at step 0 it says so, and space goes on."""
    race = race_of({}, {"depth": 9}, until=5)
    frames(race, 8)
    assert not race.playing
    assert shown(race).step == 5
    race.actions["step_forward"]()
    assert shown(race).step == 6
    race.actions["step_back"]()
    race.actions["step_back"]()
    found = shown(race)
    assert found.step == 4
    for which, trace in enumerate(found.traces):
        assert_same(trace, alone(race, which, 4))
    race.restart()
    assert shown(race).step == 0
    assert not race.playing
    race.actions["step_back"]()
    assert [said.code for said in race.state.notices] == ["at_step_0"]
    race.actions["play"]()
    assert frames(race, 3)[-1].step >= 3
    race.restart()
    assert race.playing


def test_one_that_diverges_stops_there_and_the_other_goes_on() -> None:
    """It is the other's race then; back over that step both are there again."""
    race = race_of({}, DIVERGING)
    frames(race, 30)
    found = shown(race)
    end = found.traces[1].divergence
    assert end is not None
    assert found.step > end.step
    assert found.traces[1].step == end.step - 1
    assert found.traces[0].step == found.step
    assert (found.lead.standing, found.lead.ahead) == (Standing.ALONE, 0)
    assert_same(found.traces[1], alone(race, 1, found.step, evaluates=False))
    race.pause()
    step = shown(race).step
    race.actions["step_back"]()
    assert [trace.step for trace in shown(race).traces] == [step - 1, end.step - 1]


def test_back_over_a_divergence_both_are_there_again() -> None:
    """Where both are at its very step."""
    race = race_of({}, DIVERGING)
    race.pause()
    while shown(race).traces[1].divergence is None:
        race.actions["step_forward"]()
    at = shown(race).step
    race.actions["step_back"]()
    found = shown(race)
    assert [trace.step for trace in found.traces] == [at - 1, at - 1]
    assert found.traces[1].divergence is None


def test_two_that_diverged_say_how_to_go_on() -> None:
    """Neither space nor a step does anything else."""
    race = race_of(DIVERGING, {**DIVERGING, "depth": 7})
    frames(race, 60)
    assert not race.playing
    assert shown(race).lead.standing is Standing.BOTH_DIVERGED
    for key in ("play", "step_forward"):
        race.actions[key]()
        assert [said.code for said in race.state.notices] == ["back_to_step_0"]


def test_a_slow_pace_is_kept_to() -> None:
    """So many steps a second, and one at a time; as fast as it goes there are more."""
    race = race_of({}, {"depth": 7})
    frames(race, 1)
    before = shown(race).step
    for _ in range(3):
        race.actions["slower"]()
    assert race.state.pace == 10
    seen = frames(race, 25, elapsed=0.04)
    assert seen[-1].step - before == 10
    for _ in range(9):
        race.actions["slower"]()
    assert race.state.pace == 1
    for _ in range(9):
        race.actions["faster"]()
    assert race.state.pace is None


@pytest.mark.heavy
def test_in_threads_neither_is_seen_ahead() -> None:
    """While one has its steps and the other not, the picture stays; keys wait for both."""
    later = Later()
    race = race_of({"width": 256, "depth": 40}, {"width": 256, "depth": 41}, jobs=Jobs(later))
    assert race.scene().shown is None
    later.run()
    race.settle()
    assert shown(race).step == 0
    race.tick(0.04)
    race.actions["step_forward"]()
    seen = []
    while later.jobs:
        later.run()
        race.settle()
        seen.append([trace.step for trace in shown(race).traces])
    assert len(seen) >= 4
    assert all(one == other for one, other in seen)
    assert seen[-1] == [2, 2]
    assert not race.playing


def test_unseen_it_stands_still_and_less_motion_has_fewer_pictures() -> None:
    """Training goes on between them all the same."""
    race = race_of({}, {"depth": 7}, motion="reduced")
    assert len({seen.step for seen in frames(race, 10)}) < 5
    race.pause()
    assert shown(race).step > 30
    race.actions["play"]()
    race.is_seen = False
    before = shown(race).step
    assert frames(race, 3)[-1].step == before


def test_memory_that_gives_out_leaves_what_was_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    """And a word; from step 0 it may go on."""
    race = race_of({}, {"depth": 7}, until=3)
    frames(race, 5)
    assert race.runs is not None

    def out_of_memory(steps: int) -> Trace:
        raise MemoryError

    race.actions["play"]()
    monkeypatch.setattr(race.runs.runs[1].trainer, "advance", out_of_memory)
    frames(race, 2)
    assert [said.code for said in race.state.notices] == ["no_memory_to_train"]
    assert [trace.step for trace in shown(race).traces] == [3, 3]
    assert not race.playing
    race.actions["step_forward"]()
    assert shown(race).step == 3
    race.restart()
    race.actions["step_forward"]()
    assert [trace.step for trace in shown(race).traces] == [1, 1]
