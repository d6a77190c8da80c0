"""`chainrule config`."""

from pathlib import Path

import pytest

from tui.commands.parser import main


def test_chainrule_config_shows_where_and_what(
    settings_file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The file, each value with its source, remapped keys and what is ignored."""
    settings_file.write_text('theme = "nord"\nfps = 99\n[keymap]\nhelp = "f1"\nquit = "a"\n')
    assert main(["config"]) == 0
    out = capsys.readouterr().out
    assert str(settings_file) in out
    assert ["theme", "nord", "file"] in [row.split()[:3] for row in out.splitlines()]
    assert ["fps", "auto", "default"] in [row.split()[:3] for row in out.splitlines()]
    assert "help = f1 (default ?)" in out
    assert "ignored: fps: 99" in out
    assert "a would be both next_activation and quit" in out
