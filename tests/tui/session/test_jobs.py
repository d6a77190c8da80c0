"""The one runner of jobs: lanes, wishes, cancelling and errors, with threads in the test's hand."""

from typing import Any

import pytest

from engine import SettingError
from tests.support.session import Later
from tui.session.jobs import FRAME_SECONDS, KEY_SECONDS, Failed, Job, Jobs, fits


class Lane:
    """Jobs of one lane by name, and the results that they brought."""

    def __init__(self) -> None:
        self.later = Later()
        self.changes = 0
        self.jobs = Jobs(self.later, self._changed)
        self.results: list[Any] = []

    def _changed(self) -> None:
        self.changes += 1

    def start(self, name: Any, on_loop: bool = False, overtakes: bool = False, **job: Any) -> None:
        """A job whose result is its name."""
        work = job.pop("work", lambda: name)
        self.jobs.start("lane", Job(work, self.results.append, on_loop, **job), overtakes)


def test_short_work_is_done_at_once() -> None:
    """And nobody is told of it: who asked shows it anyway."""
    lane = Lane()
    lane.start("a", on_loop=True)
    assert lane.results == ["a"]
    assert not lane.later.jobs
    assert lane.changes == 0
    assert not lane.jobs.is_busy("lane")


def test_what_shares_a_lane_never_runs_at_the_same_time() -> None:
    """In the order of asking, also what is short; each thread's result is told."""
    lane = Lane()
    for name, on_loop in (("a", False), ("b", True), ("c", False)):
        lane.start(name, on_loop)
    assert len(lane.later.jobs) == 1
    assert lane.results == []
    lane.later.run()
    assert lane.results == ["a", "b"]
    assert lane.jobs.is_busy("lane")
    lane.later.run()
    assert lane.results == ["a", "b", "c"]
    assert lane.changes == 2
    assert not lane.jobs.is_busy("lane")


def test_other_lanes_are_free() -> None:
    """A network in training does not keep another one's pass."""
    lane = Lane()
    lane.start("a")
    lane.jobs.start("other", Job(lambda: "b", lane.results.append, on_loop=True))
    assert lane.results == ["b"]


def test_the_newest_wish_wins() -> None:
    """What waits gives way to a later job of the same wish; what runs is done."""
    lane = Lane()
    for name in ("a", "b", "c"):
        lane.start(name, wish="trace")
    while lane.later.jobs:
        lane.later.run()
    assert lane.results == ["a", "c"]


def test_short_work_may_overtake_and_takes_the_place_of_what_waits() -> None:
    """Where it shares nothing with what runs."""
    lane = Lane()
    lane.start("slow", wish="trace")
    lane.start("waits", wish="trace", overtakes=True)
    lane.start("quick", on_loop=True, wish="trace", overtakes=True)
    assert lane.results == ["quick"]
    lane.later.run()
    assert lane.results == ["quick", "slow"]
    assert not lane.jobs.is_busy("lane")


def test_a_cancelled_lane_brings_nothing_and_is_free_afterwards() -> None:
    """Neither what waited nor the result of what ran."""
    lane = Lane()
    lane.start("a")
    lane.start("b")
    lane.jobs.cancel("lane")
    lane.later.run()
    assert lane.results == []
    assert not lane.jobs.is_busy("lane")
    lane.start("c")
    lane.later.run()
    assert lane.results == ["c"]


@pytest.mark.parametrize("error", [SettingError("too_large", setting="width"), MemoryError()])
def test_what_cannot_be_done_comes_back_as_a_notice(error: Exception) -> None:
    """A bad setting by its code, too little memory by the code that was asked for."""
    lane = Lane()

    def fail() -> None:
        raise error

    lane.start("a", work=fail)
    lane.later.run()
    (failed,) = lane.results
    assert isinstance(failed, Failed)
    code = "setting_error" if isinstance(error, SettingError) else "no_memory_to_train"
    assert failed.notice("no_memory_to_train").code == code


def test_a_defect_is_raised_on_the_loop_and_frees_the_lane() -> None:
    """Not in a thread, where nobody would see it."""
    lane = Lane()

    def fail() -> None:
        raise ZeroDivisionError

    lane.start("a", work=fail)
    work, done = lane.later.jobs.pop()
    work()
    with pytest.raises(ZeroDivisionError):
        done()
    assert lane.results == []
    assert not lane.jobs.is_busy("lane")


def test_what_is_done_again_and_again_must_be_shorter() -> None:
    """A key may wait a little, a frame may not."""
    assert fits(KEY_SECONDS)
    assert not fits(KEY_SECONDS * 1.01)
    assert fits(FRAME_SECONDS, repeated=True)
    assert not fits(KEY_SECONDS, repeated=True)
