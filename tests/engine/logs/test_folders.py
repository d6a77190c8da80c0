"""Which log of a folder is meant."""

import os
from pathlib import Path

import pytest

from engine import SettingError
from engine.logs import wandb
from engine.logs.folders import newest
from engine.logs.formats import open_log
from tests.support.run_logs import written
from tests.support.wandb_files import HEADER
from tui.words.errors import error_text


def test_the_newest_counts(tmp_path: Path) -> None:
    """Of all forms; a link to nowhere is the oldest."""
    for when, name in enumerate(("b.x", "c.y", "a.x"), 1):
        (tmp_path / name).touch()
        os.utime(tmp_path / name, ns=(when, when))
    (tmp_path / "d.x").symlink_to(tmp_path / "nowhere")
    assert newest(tmp_path, "*.x", "*.y") == tmp_path / "a.x"
    assert newest(tmp_path, "*.y") == tmp_path / "c.y"
    assert newest(tmp_path, "*.z") is None
    for name in ("checkpoint-500", "checkpoint-1000"):
        (tmp_path / name).touch()
        os.utime(tmp_path / name, ns=(9, 9))
    assert newest(tmp_path, "*") == tmp_path / "checkpoint-1000"


def test_the_newest_log_of_any_format_is_opened(tmp_path: Path) -> None:
    """Or none, which is said."""
    with pytest.raises(SettingError) as caught:
        open_log(tmp_path)
    assert "holds no log of a training run" in error_text(caught.value)
    written(tmp_path / "a.jsonl", '{"step": 0}')
    run = tmp_path / "wandb" / "offline-run-1" / "run-x.wandb"
    run.parent.mkdir(parents=True)
    run.write_bytes(HEADER)
    formats = []
    for when in (1, 3):
        os.utime(tmp_path / "a.jsonl", ns=(when, when))
        os.utime(run, ns=(2, 2))
        log = open_log(tmp_path)
        formats.append(log.format)
        log.close()
    assert formats == ["wandb", "run_log"]
    for folder in (run.parent.parent, run.parent):
        assert wandb.in_folder(folder) == run
