"""Make the README's pictures from the real app.

python docs/make_pictures.py
"""

from __future__ import annotations

import asyncio
import re
from pathlib import Path

from engine import Experiment
from tui.app import ChainruleApp

HERE = Path(__file__).parent
SIZE = (100, 28)

PICTURES: dict[str, tuple[str, ...]] = {
    "vanishing": (),
    # the remedies, one key each: relu, He, pre-activation skips, BatchNorm
    "rescued": ("a", "a", "i", "r", "r", "n"),
    "chain": ("2",),
}
"""The keys that lead from the default screen to each picture."""


async def take(name: str, keys: tuple[str, ...]) -> None:
    """Press the keys and save the screen."""
    app = ChainruleApp(Experiment(), reduced_motion=True, ticking=False)
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press(*keys)
        await pilot.pause()
        svg = app.export_screenshot(title="chainrule")
    # Rich numbers the classes of each picture anew at random: keep the file the same between runs
    unique = re.search(r"terminal-(\d+)-", svg)
    if unique:
        svg = svg.replace(f"terminal-{unique.group(1)}", "terminal")
    (HERE / f"{name}.svg").write_text(svg, encoding="utf-8")


def main() -> None:
    """All pictures."""
    for name, keys in PICTURES.items():
        asyncio.run(take(name, keys))


if __name__ == "__main__":
    main()
