"""Make the README's pictures from the real app.

python docs/make_pictures.py
"""

import asyncio
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from engine import Experiment
from engine.logs.run_log import RunLog
from tui.app import ChainruleApp
from tui.log_app import LogApp
from tui.state.log_state import LogState
from tui.state.presets import PRESETS

HERE = Path(__file__).parent
SIZE = (100, 28)


@dataclass(frozen=True)
class Shot:
    """A start, the keys from there, and how many steps are trained first."""

    keys: tuple[str, ...] = ()
    settings: dict[str, Any] = field(default_factory=dict)
    steps: int = 0
    view: str = "gradients"


PICTURES: dict[str, Shot] = {
    "vanishing": Shot(),
    # the remedies, one key each: relu, He, pre-activation skips, BatchNorm
    "rescued": Shot(("a", "a", "i", "r", "r", "n")),
    "chain": Shot(view="chain"),
    "training": Shot(
        ("k",), {**PRESETS["spiral-remedied-50"].settings}, steps=1000, view="training"
    ),
}


async def take(name: str, shot: Shot) -> None:
    """Press the keys and save the screen."""
    experiment = Experiment().with_settings(**shot.settings)
    app = ChainruleApp(
        experiment,
        motion="reduced",
        ticking=False,
        screen={"view": shot.view},
        steps=shot.steps,
    )
    async with app.run_test(size=SIZE) as pilot:
        while app.controller.is_training:
            app.tick()
        await pilot.press(*shot.keys)
        for _ in range(60):
            # what helps is tried while nothing else moves
            app.tick()
        await pilot.pause()
        save(name, app.export_screenshot(title="chainrule"))


async def replay(name: str) -> None:
    """Save the end of an example's log."""
    path = str(Path("docs", "examples", f"{name}.jsonl"))
    app = LogApp(LogState(cursor=1, path=path), RunLog(HERE.parent / path), motion="reduced")
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause(1)
        await pilot.press("enter")
        await pilot.pause(1)
        save(name, app.export_screenshot(title="chainrule"))


def save(name: str, svg: str) -> None:
    """Without what Rich draws at random: the numbers of its classes."""
    unique = re.search(r"terminal-(\d+)-", svg)
    if unique:
        svg = svg.replace(f"terminal-{unique.group(1)}", "terminal")
    (HERE / f"{name}.svg").write_text(svg, encoding="utf-8")


def main() -> None:
    """All pictures."""
    for name, shot in PICTURES.items():
        asyncio.run(take(name, shot))
    asyncio.run(replay("ramp"))


if __name__ == "__main__":
    main()
