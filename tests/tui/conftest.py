"""Waiting by events, work that is shared, and a settings file for each test that asks."""

from pathlib import Path

import pytest

from tests.support import idle, shared_work
from tui.config import settings_file as config

idle.install()
shared_work.install()


@pytest.fixture
def settings_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A settings file of its own."""
    path = tmp_path / "config.toml"
    monkeypatch.setenv(config.PATH_VARIABLE, str(path))
    for variable in ("TEXTUAL_FPS", "SSH_CONNECTION"):
        monkeypatch.delenv(variable, raising=False)
    return path
