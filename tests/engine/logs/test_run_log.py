"""Any step of a run log, while it grows."""

import os
from pathlib import Path

from engine.logs.log import Log, News
from engine.logs.run_log import RunLog
from engine.logs.schema import LoggedStep
from tests.support.run_logs import HEADER, written


def test_a_log_that_grows(tmp_path: Path) -> None:
    """A step is there with its newline, any one of them is read, and a cut begins it anew."""
    path = written(tmp_path / "a", '{"step": 0}', "nothing", '{"step": 2}')
    log: Log = RunLog(path)
    assert (log.read_on(), len(log), log.left_out) == (News(steps=2), 2, 1)
    with path.open("a") as file:
        file.write('{"step": 3}\n{"st')
    assert log.read_on() == News(steps=1)
    assert log.read_on() == News()
    found = [log.step(index) for index in (2, 0)]
    assert [each.step for each in found if isinstance(each, LoggedStep)] == [3, 0]
    assert [each.line for each in found] == [5, 2]
    os.truncate(path, len(HEADER) + 1)
    assert log.read_on() == News(began_anew=True)
    assert len(log) == 0
    path.unlink()
    assert log.read_on() == News(is_there=False)
    log.close()
