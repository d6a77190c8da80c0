"""Which format a file has."""

import bz2
import gzip
import lzma
from collections.abc import Callable
from pathlib import Path

import pytest

from engine import SettingError
from engine.logs.formats import FORMATS, Options, open_log
from tests.support.run_logs import written
from tui.words.errors import error_text


def test_a_run_log_is_opened(tmp_path: Path) -> None:
    """Its header says the order."""
    path = written(tmp_path / "log", '{"step": 0}')
    log = open_log(path)
    log.read_on()
    assert (log.format, len(log), log.header.order) == ("run_log", 1, "header")
    log.close()
    for options, flag in (
        (Options(order=("a",)), "--order"),
        (Options(patterns=("x/{layer}",)), "--pattern"),
    ):
        with pytest.raises(SettingError) as caught:
            open_log(path, options)
        assert flag in error_text(caught.value)


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "is empty"),
        (b"step,loss\n", "is no log of a training run"),
        (b"\x89PNG\r\n\x1a\n", "is no log of a training run"),
        (b'{"loss": 1}\n', "is no run log"),
    ],
)
def test_other_files_are_one_clear_line(content: bytes, says: str, tmp_path: Path) -> None:
    """Which says what can be read."""
    path = tmp_path / "file"
    path.write_bytes(content)
    with pytest.raises(SettingError) as caught:
        open_log(path)
    text = error_text(caught.value)
    assert says in text
    assert (", ".join(FORMATS) in text) == (says == "is no log of a training run")


@pytest.mark.parametrize("packed", [gzip.compress, bz2.compress, lzma.compress])
def test_a_compressed_log_is_said_to_be_one(
    packed: Callable[[bytes], bytes], tmp_path: Path
) -> None:
    """Even where its name says what is in it."""
    path = tmp_path / "events.out.tfevents.1.packed"
    path.write_bytes(packed(b"events"))
    with pytest.raises(SettingError) as caught:
        open_log(path)
    assert "is compressed" in error_text(caught.value)
