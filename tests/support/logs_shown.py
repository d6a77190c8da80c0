"""Logs that are written by hand and shown: by a session whose clock stands still, or an app."""

import json
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager, closing
from pathlib import Path
from typing import Any

from textual.pilot import Pilot

from engine.logs.watched import Watched
from tui.log_app import LogApp
from tui.session.played_log import PlayedLog
from tui.state.log_state import LogState
from tui.state.scene import Scene, Wants

LAYERS = ["embed", *(f"h.{i}.{part}" for i in range(3) for part in ("attn", "mlp")), "head"]


class StoppedClock:
    """Seconds that pass when they are told to."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def header(layers: Iterable[str] = LAYERS, **fields: Any) -> str:
    """The first line of a log."""
    return json.dumps({"chainrule_log": 1, "layers": list(layers), **fields})


def step(number: int, layers: int = len(LAYERS), decades: float = -1.0, **fields: Any) -> str:
    """A line with g over so many decades, unless it is said to be None."""
    g = [10.0 ** (decades * (1 - layer / (layers - 1))) for layer in range(layers)]
    line = {"step": number, "loss": 1 / (1 + number), "output_grad_norm": g, **fields}
    return json.dumps({name: value for name, value in line.items() if value is not None})


def log_at(path: Path, *lines: str) -> Path:
    """A log of those lines."""
    path.write_text("\n".join((*lines, "")))
    return path


def session_of(path: Path, follows: bool = False) -> tuple[PlayedLog, StoppedClock]:
    """A session of the log there, begun; what it reads it reads at once."""
    clock = StoppedClock()
    state = LogState(cursor=1, path=str(path), follows=follows, is_live=follows)
    session = PlayedLog(state, Watched(path), clock)
    session.start()
    return session, clock


def scene_of(session: PlayedLog) -> Scene:
    """What is shown, with curves and gradients over time."""
    scene = session.scene(Wants(curves=True, heat_columns=40))
    assert isinstance(scene, Scene)
    return scene


@asynccontextmanager
async def log_app(
    path: Path, follows: bool = False, size: tuple[int, int] = (80, 24)
) -> AsyncIterator[tuple[LogApp, Pilot[None]]]:
    """The app on a log, its clock stopped."""
    state = LogState(cursor=1, path=str(path), follows=follows, is_live=follows)
    log = Watched(path)
    app = LogApp(state, log, motion="reduced", clock=StoppedClock(), ticking=False)
    with closing(log):
        async with app.run_test(size=size) as pilot:
            await settled(app, pilot)
            yield app, pilot


async def settled(app: LogApp, pilot: Pilot[None]) -> None:
    """Until nothing is read any more."""
    await pilot.pause()
    while app.session.is_reading:
        await pilot.pause(0.001)
    await pilot.pause()
