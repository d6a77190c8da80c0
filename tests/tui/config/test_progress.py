"""How far somebody has come, from one run to the next."""

from pathlib import Path

import pytest

from tui.config.progress import is_first_start
from tui.config.settings_file import PATH_VARIABLE


@pytest.mark.parametrize("folder", ["none/" * 3, "file", "long" * 100])
def test_nobody_is_welcomed_again_and_again(
    folder: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where nothing can be written nobody is; what cannot even be asked for is no fault."""
    monkeypatch.delenv(PATH_VARIABLE)
    (tmp_path / "file").touch()
    monkeypatch.setattr("tui.config.state_files.state_folder", lambda: tmp_path / folder)
    assert is_first_start() == (folder != "file")
    monkeypatch.setattr("os.access", lambda path, mode: False)
    assert not is_first_start()
