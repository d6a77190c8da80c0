"""One file a command, found by `tui.commands.parser`; what it needs it imports when it runs."""
