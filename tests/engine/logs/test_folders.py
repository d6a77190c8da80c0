"""Which log of a folder is meant."""

import errno
import os
from pathlib import Path

import pytest

from engine import SettingError
from engine.logs import tensorboard, wandb
from engine.logs.folders import newest
from engine.logs.formats import open_log
from engine.logs.scalars import BeganAnew, Scalar
from engine.logs.tensorboard import TensorBoardReader
from engine.logs.watched import Watched
from tests.support.event_files import NAME, event_file, scalars_at
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


def test_folders_within_a_run_are_not_taken_for_it(tmp_path: Path) -> None:
    """PyTorch's add_scalars and add_hparams write to such, and may do so last."""
    old, new = tmp_path / "old" / NAME, tmp_path / "new" / NAME
    parts = new.parent / "loss_train" / NAME, new.parent / "1795714381.7" / NAME
    for when, file in enumerate((old, new, *parts), 1):
        file.parent.mkdir()
        event_file(file)
        os.utime(file, ns=(when, when))
    for folder in (tmp_path, new.parent):
        assert tensorboard.in_folder(folder) == new
    assert tensorboard.in_folder(parts[0].parent) == parts[0]
    assert tensorboard.in_folder(tmp_path / "none") is None


def test_a_folder_that_was_emptied_holds_another_run(tmp_path: Path) -> None:
    """While nothing is in it, and even where it is gone, what was read stays."""
    folder = tmp_path / "run"
    folder.mkdir()
    event_file(folder / NAME, *scalars_at([3, 4]))
    reader = TensorBoardReader(folder)
    assert len([*reader.read_on()]) == 2
    (folder / NAME).unlink()
    assert [*reader.read_on()] == []
    folder.rmdir()
    assert [*reader.read_on()] == []
    folder.mkdir()
    event_file(folder / f"{NAME}.1", *scalars_at([5]))
    assert [*reader.read_on()] == [BeganAnew(), Scalar(5, "loss", 5.0, 1e9)]
    assert [*reader.read_on()] == []
    reader.close()


def test_what_nobody_may_look_into_is_said_to_be_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A folder, and a file in it, which a Path's own questions raise for."""

    def refuse(path: object, *args: object, **options: object) -> None:
        raise PermissionError(errno.EACCES, "Permission denied", str(path))

    monkeypatch.setattr(os, "scandir", refuse)
    for opens in (open_log, lambda path: Watched(path).read_on()):
        with pytest.raises(SettingError, match="file_unreadable"):
            opens(tmp_path)
    monkeypatch.setattr(os, "stat", refuse)
    for opens in (open_log, lambda path: Watched(path).read_on()):
        with pytest.raises(SettingError, match="file_unreadable"):
            opens(tmp_path / "a.csv")
