"""The commands, as a table: each is one file, and what it needs it imports when it runs."""

from __future__ import annotations

from tui.commands import catalogue, completion, doctor, run, settings_file
from tui.commands.base import Command

COMMANDS: dict[str, Command] = {
    command.name: command
    for command in (
        run.COMMAND,
        doctor.COMMAND,
        catalogue.COMMAND,
        settings_file.COMMAND,
        completion.COMMAND,
    )
}
