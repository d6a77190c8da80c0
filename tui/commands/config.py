"""`chainrule config`: where the settings file is, what holds and where that comes from."""

import argparse
from typing import IO

from tui.commands.base import Command, print_lines, table
from tui.config import settings_file as config
from tui.config.keymap import remapped
from tui.state.actions import ACTIONS
from tui.state.keys import key_label
from tui.words.command_line import OPTION_HELP, SOURCES, line_text


def _shown(value: config.Value) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def execute(options: argparse.Namespace, out: IO[str]) -> int:
    """Print the file's place, every setting with its source, and what is wrong."""
    file = config.read_file(config.config_path())
    settings = config.load(file)
    actions, key_problems = remapped(settings.keymap)
    rows = [
        (name, _shown(found.value), SOURCES.get(found.source, found.source), OPTION_HELP[name])
        for name, found in settings.settings.items()
    ]
    code = "config_file" if file.there else "config_file_missing" if file.path else "no_config_file"
    lines = [line_text(code, path=file.path), ""]
    lines += table(rows)
    for action, default in zip(actions, ACTIONS, strict=True):
        if action.keys != default.keys:
            keys, before = " ".join(map(key_label, action.keys)), key_label(default.keys[0])
            lines.append(line_text("remapped", action=action.id, keys=keys, default=before))
    lines += ["", line_text("keymap_help")]
    problems = [*settings.problems, *key_problems]
    lines += [line_text("ignored", problem=problem) for problem in problems]
    print_lines(lines, out)
    return 0


COMMAND = Command("config", execute, rank=40)
