"""A monkey at a real terminal: the app stays up, true, and small."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.pty.monkey import EndedError, MonkeyTerminal, monkey_terminal
from tests.support.monkey import Step, seed_of, shrunk, steps

pytestmark = pytest.mark.heavy

STEPS, PARTS = 10_000, 4
PASTE: Step = ("paste", "chain rule\n" * 100_000)
"""More than a megabyte."""

MOST_RESIDENT = 280 * 2**10
"""Kilobytes: 100 at the start, 64 of runs, 40 of a race, 32 spare, 16 of draws, 16 of data, and
pictures.
"""

LAST = (30, 300, 3000)
"""Of the steps before a crash so many are tried alone, the fewest first."""


def crashes(folder: Path, played: Sequence[Step]) -> bool:
    """Whether the app ends when these steps are made."""
    try:
        with monkey_terminal(folder) as monkey:
            monkey.play(played)
            monkey.at_rest()
    except EndedError:
        return True
    return False


def least(folder: Path, played: Sequence[Step]) -> list[Step]:
    """A few steps that end the app, or all of them where it takes them all."""
    for last in LAST:
        tail = list(played[-last:])
        if crashes(folder, tail):
            return shrunk(tail, lambda some: crashes(folder, some))
    return list(played)


def play(monkey: MonkeyTerminal, seed: int) -> list[str]:
    """All of the monkey's steps, a few trainings between them; what came of comparing."""
    made, told = list(steps(seed, STEPS)), []
    made.insert(len(made) // 2, PASTE)
    size = -(-len(made) // PARTS)
    for start in range(0, len(made), size):
        try:
            monkey.play(made[start : start + size])
            told.append(monkey.compare())
            monkey.train()
            told.append(monkey.compare())
        except EndedError as ended:
            few = least(monkey.folder / "again", made[: start + size])
            pytest.fail(f"MONKEY_SEED={seed} ends it: {few}\n{ended}")
    return told


def test_ten_thousand_steps_in_bursts(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """No exit, no stray thread or file, little memory, and the numbers of the copied command."""
    seed = seed_of(1)
    with monkey_terminal(tmp_path) as monkey:
        before, threads = int(monkey.status("VmRSS")), monkey.status("Threads")
        told = play(monkey, seed)
        # the default network again: what is large then is what was kept
        monkey.write(b"0", 1.0)
        monkey.at_rest()
        after = int(monkey.status("VmRSS"))
        with capsys.disabled():
            print(f"\nmonkey {seed}: {before // 1024} MB, at the end {after // 1024} MB; {told}")
        assert monkey.status("Threads") == threads
        assert after < MOST_RESIDENT
        assert told.count("the same") > PARTS
        assert monkey.strays() == []
        with pytest.raises(EndedError):
            monkey.write(b"\x03", 10.0)
        assert monkey.terminal.end() == 0
        monkey.terminal.assert_restored()
