"""A monkey at the whole app through Textual's Pilot: a run that fails is shrunk and printed.

`python -m tests.support.monkey_app SEED STEPS` plays a run again.
"""

import asyncio
import contextlib
import io
import math
import os
import re
import sys
import tempfile
import threading
import traceback
from collections.abc import Iterable
from functools import partial
from pathlib import Path
from typing import TypeVar

import numpy as np
from textual import events
from textual.geometry import Size
from textual.keys import REPLACED_KEYS, _character_to_key, _get_unicode_name_from_key
from textual.widgets import Input

from engine import Experiment, run
from tests.support import idle, shared_work
from tests.support.app_training import SMALL, Clock
from tests.support.experiments import experiment_of
from tests.support.monkey import WAIT, Step, shrunk, steps
from tui.app import ChainruleApp
from tui.screens.palette import PaletteScreen
from tui.screens.settings_list import SettingsList
from tui.state.edits import Edit
from tui.state.screen_state import SPEEDS
from tui.state.views import VIEWS
from tui.style.glyphs import SETS

Mouse = TypeVar("Mouse", bound=events.MouseEvent)

MOST_UNITS = 5000
"""Depth times width; what grows larger is made small again, or most of the time went into it."""


class UnsoundError(AssertionError):
    """The app goes on, but not as it should."""


# doing


def key_event(name: str) -> events.Key:
    """What the driver sends for a key."""
    import unicodedata

    key = _character_to_key(name) if len(name) == 1 and not name.isalnum() else name
    try:
        replaced = REPLACED_KEYS.get(key, key)
        character: str | None = unicodedata.lookup(_get_unicode_name_from_key(replaced))
    except KeyError:
        character = name if len(name) == 1 else None
    return events.Key(key, character)


def _mouse(kind: type[Mouse], button: int, x: int, y: int) -> Mouse:
    return kind(None, x, y, 0, 0, button, False, False, False, screen_x=x, screen_y=y)


def _send(app: ChainruleApp, step: Step) -> None:
    """Put into the app's queue what a step means."""
    kind, *arguments = step
    messages: list[events.Event] = []
    match kind:
        case "key":
            messages = [key_event(arguments[0])]
        case "type":
            messages = [key_event(character) for character in arguments[0]]
        case "paste":
            messages = [events.Paste(arguments[0])]
        case "press":
            messages = [_mouse(events.MouseDown, 1, *arguments)]
        case "release":
            messages = [_mouse(events.MouseUp, 1, *arguments)]
        case "click":
            _send(app, ("press", *arguments))
            _send(app, ("release", *arguments))
        case "move":
            messages = [_mouse(events.MouseMove, 0, *arguments)]
        case "wheel":
            x, y, way = arguments
            up, down = events.MouseScrollUp, events.MouseScrollDown
            messages = [_mouse(up if way > 0 else down, 0, x, y)]
        case "resize":
            size = Size(*arguments)
            app._driver._size = size  # type: ignore[union-attr]
            messages = [events.Resize(size, size)]
        case "look":
            messages = [events.AppFocus() if arguments[0] else events.AppBlur()]
        case "theme":
            app.call_later(app.choose_theme, arguments[0])
        case "clock":
            app.call_later(partial(_pass, app, arguments[0]))
    for message in messages:
        app.post_message(message)


def _pass(app: ChainruleApp, seconds: float) -> None:
    clock = app.session.clock
    assert isinstance(clock, Clock)
    clock.now += seconds
    app.tick()


# judging


def check(app: ChainruleApp) -> None:
    """Raise UnsoundError where something is not as it should be while the app waits."""
    if app._exception is not None:
        raise app._exception
    state, main, trace = app.state, app.main, app.session.trace
    depth = state.experiment.network.depth
    _demand(Experiment().with_settings(**state.experiment.settings()) == state.experiment, "value")
    _demand(1 <= state.cursor <= depth and state.view in VIEWS and state.speed in SPEEDS, "state")
    _demand(trace is not None, "nothing measured")
    heights = (main.heights or {}).values()
    _demand(all(map(math.isfinite, heights)), f"heights {heights}")
    axis = app.session.axis
    _demand(axis is None or math.isfinite(axis.decades), f"axis {axis}")
    width, height = app.size
    strips = app.screen._compositor.render_strips()
    _demand(len(strips) == height, f"{len(strips)} rows of {height}")
    _demand({strip.cell_length for strip in strips} <= {width}, "a row of another width")
    text = "\n".join(strip.text for strip in strips)
    # a value that is not finite is told by its name
    is_finite = trace is not None and bool(np.isfinite(trace.output_grad_norm).all())
    _demand(not is_finite or not re.search(r"\bnan\b", text), f"nan on the screen:\n{text}")
    _demand(len(app.screen_stack) <= 2, f"screens {app.screen_stack}")
    _demand(app.screen_stack[0] is main, "the main screen has gone")
    if main.too_small:
        shown = {widget.id for widget in main.children if widget.display}
        _demand(shown <= {"too-small", "textual-tooltip"}, f"{shown} without room")
    if app.screen is main and app.app_focus:
        panel = main.panel
        _demand(len(main.query("Panel")) == (panel is not None), "a panel that nobody knows")
        _demand(app.session.has_panel == (panel is not None), "the session knows of a panel")
        if panel is not None:
            wanted = "Input" if isinstance(panel, SettingsList) and panel.typing else "OptionList"
            _demand(app.focused is panel.query_one(wanted), f"focus on {app.focused}")
        else:
            _demand(app.focused is None, f"focus on {app.focused}")
            _demand(state.preview is None, "a preview without a panel")
    elif app.screen is not main:
        searches = not isinstance(app.screen, PaletteScreen) or isinstance(app.focused, Input)
        _demand(searches or not app.app_focus, f"focus on {app.focused} in the palette")
        _demand(not main.too_small, "a screen over one that is too small")


def check_numbers(app: ChainruleApp) -> None:
    """Raise UnsoundError unless the screen's Trace is what a fresh run of its experiment gives."""
    trace = app.session.trace
    if trace is None or trace.step or app.session.is_computing:
        return
    _demand(trace.experiment == app.state.shown_experiment, "another experiment's Trace")
    fresh = run(trace.ours)
    for name in ("output_grad_norm", "preactivation_rms"):
        same = np.array_equal(getattr(trace, name), getattr(fresh, name), equal_nan=True)
        _demand(same, f"{name} is not that of a fresh run")


def _demand(holds: object, otherwise: str) -> None:
    if not holds:
        raise UnsoundError(otherwise)


# a run


async def play(played: Iterable[Step], seed: int) -> None:
    """Do the steps, in a new app after each that ends; the seed chooses the glyphs."""
    left, glyphs = iter(played), list(SETS.values())[seed % len(SETS)]
    is_done = False
    while not is_done:
        app = ChainruleApp(
            experiment_of(**SMALL), glyphs, clock=Clock(), ticking=False, motion="full"
        )
        async with app.run_test(size=(80, 24), tooltips=True) as pilot:
            await pilot.pause()
            for step in left:
                await do(app, step)
                if app._exit or app._exception:
                    break
            else:
                await settled(app)
                check_numbers(app)
                is_done = True


async def do(app: ChainruleApp, *played: Step) -> None:
    """Some steps; what they lead to is waited for at `WAIT` alone."""
    for step in played:
        if step == WAIT:
            await settled(app)
        elif step[0] == "turns":
            for _ in range(step[1]):
                await asyncio.sleep(0)
        else:
            _send(app, step)


async def settled(app: ChainruleApp) -> None:
    """Wait until all has been done, threads included, and look at what has come of it."""
    await idle.wait_for_idle()
    while app.session.jobs._lanes and not app._exit:
        await asyncio.sleep(0.001)
        await idle.wait_for_idle()
    if app._exit:
        return
    check(app)
    network = app.state.experiment.network
    if network.depth * network.width > MOST_UNITS:
        app.session.set_state(app.state.edited(Edit(experiment_of(**SMALL))))
        await idle.wait_for_idle()


def failure(played: Iterable[Step], seed: int) -> str:
    """What goes wrong in a run in a folder of its own; empty for nothing."""
    threads = set(threading.enumerate())
    with tempfile.TemporaryDirectory() as folder:
        before = Path.cwd()
        os.chdir(folder)
        try:
            with contextlib.redirect_stderr(io.StringIO()):
                asyncio.run(play(played, seed))
        except Exception as error:
            places = traceback.extract_tb(error.__traceback__)[-4:]
            where = " < ".join(f"{Path(p.filename).name}:{p.lineno}" for p in reversed(places))
            return f"{type(error).__name__}: {error} ({where})"
        finally:
            os.chdir(before)
        strange = [p.name for p in Path(folder).iterdir() if not p.name.startswith("chainrule")]
        if strange:
            return f"files {strange}"
    for thread in set(threading.enumerate()) - threads:
        thread.join(10)
        if thread.is_alive():
            return f"thread {thread}"
    return ""


def shortest(played: list[Step], seed: int) -> list[Step]:
    """Steps that fail and of which none can be left out: the shortest end first, then ddmin."""
    length = 8
    while length < len(played) and not failure(played[-length:], seed):
        length *= 2
    return shrunk(played[-length:], lambda part: bool(failure(part, seed)))


def failing_part(seed: int, count: int) -> list[Step]:
    """The steps up to the one with which a seed's run fails; none if it does not fail."""
    done: list[Step] = []

    def recorded() -> Iterable[Step]:
        for step in steps(seed, count):
            done.append(step)
            yield step

    return done if failure(recorded(), seed) else []


def main() -> None:
    """Play a seed's run again, shrink it if it fails, and say what goes wrong."""
    seed, count = int(sys.argv[1]), int(sys.argv[2])
    idle.install()
    shared_work.install()
    played = failing_part(seed, count)
    if not played:
        print("nothing goes wrong")
        return
    print("fails after", len(played), "steps:", failure(played, seed), flush=True)
    short = shortest(played, seed)
    print(*short, failure(short, seed), sep="\n")


if __name__ == "__main__":
    main()
