"""Waiting by events, and a settings file of its own for each test that asks."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support import idle
from tui.config import settings_file as config

idle.install()


@pytest.fixture
def settings_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A settings file of its own."""
    path = tmp_path / "config.toml"
    monkeypatch.setenv(config.PATH_VARIABLE, str(path))
    for variable in ("TEXTUAL_FPS", "SSH_CONNECTION"):
        monkeypatch.delenv(variable, raising=False)
    return path
