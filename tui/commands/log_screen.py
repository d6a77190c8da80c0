"""A log on the screen, or its last step as text where there is no screen."""

from __future__ import annotations

import argparse
import os
import shlex
import sys
from typing import IO, TYPE_CHECKING

from engine.logs.log import Log, read_all, without_steps
from tui.commands import base
from tui.commands.on_terminal import display, run_app
from tui.commands.stderr import complain
from tui.config.keymap import remapped
from tui.config.terminals import has_cursor
from tui.state.actions import ACTIONS
from tui.state.log_actions import LOG_ACTIONS
from tui.state.log_state import LogState
from tui.words.command_line import line_text

if TYPE_CHECKING:
    # with Textual, which no other command waits for
    from tui.log_app import LogApp


def has_screen() -> bool:
    """Whether an app can be shown on standard output."""
    return base.is_terminal(sys.stdout) and has_cursor(os.environ)


def show(options: argparse.Namespace, log: Log, follows: bool, out: IO[str]) -> int:
    """Run the app over a log until it is left, or print its last step."""
    if has_screen():
        while not follows and not len(log):
            # whether the last step is whole is known by the second look
            if not log.read_on().more and not log.read_on().more and not len(log):
                raise without_steps(log, options.file)
        return _run(options, log, follows)
    read_all(log)
    return _print_last(options, log, out)


def _run(options: argparse.Namespace, log: Log, follows: bool) -> int:
    looks = display(options)
    actions, problems = remapped(looks.keymap, LOG_ACTIONS, ACTIONS)
    for problem in (*looks.problems, *problems):
        complain(line_text("settings_file", problem=problem))
    state = LogState(cursor=1, path=options.file, follows=follows, is_live=follows)

    def make() -> LogApp:
        from tui.log_app import LogApp

        return LogApp(
            state,
            log,
            glyphs=looks.glyphs,
            motion=looks.motion,
            fps=looks.fps,
            theme=looks.theme,
            actions=actions,
            looks=looks.looks,
        )

    command = shlex.join(("chainrule", options.command, options.file))
    return run_app(make, lambda app: command, lambda app: log.close())


def _print_last(options: argparse.Namespace, log: Log, out: IO[str]) -> int:
    # these draw, and an error does without
    from tui.session.played_log import PlayedLog
    from tui.state.scene import Waiting, Wants
    from tui.views.log_text import to_text

    session = PlayedLog(LogState(cursor=1, path=options.file), log)
    session.start()
    session.set_state(session.state.at_end())
    scene = session.scene(Wants())
    if isinstance(scene, Waiting):
        raise without_steps(log, options.file)
    glyphs, width = base.glyphs_of(options, out), base.terminal_width()
    base.put(to_text(session.state, scene, width, glyphs), out)
    return 0
