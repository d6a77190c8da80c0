"""What holds for all tests: a folder of their own, one BLAS thread, nothing left behind."""

import gc
import multiprocessing
import os
import threading
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from tui.words.language import ENGLISH, use

# the heavy run loads Hypothesis's own profile
# how fast the machine is just now is no matter of a test
settings.register_profile(
    "ordinary", max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("ordinary")

# pytest-xdist has a process a core already; numpy reads it when it is imported
os.environ["OPENBLAS_NUM_THREADS"] = "1"

ROOT = Path(__file__).resolve().parent.parent
IGNORED = {".git", ".venv", "__pycache__", ".hypothesis"}
"""Besides the caches of tools, which end in `_cache`, and what installing leaves."""

_before: set[Path] = set()


@pytest.fixture(scope="session")
def own_folders(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Names for one folder after another."""
    top = tmp_path_factory.mktemp("own")
    return (top / str(number) for number in count())


@pytest.fixture(autouse=True)
def own_folder(
    request: pytest.FixtureRequest, own_folders: Iterator[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Files that are written end up in the test's folder, and nobody's own settings are read."""
    if "tmp_path" in request.fixturenames:
        folder: Path = request.getfixturevalue("tmp_path")
    else:
        # pytest takes longer to make one than most tests take
        folder = next(own_folders)
        folder.mkdir()
    monkeypatch.chdir(folder)
    monkeypatch.setenv("HOME", str(folder))
    for kind in ("CONFIG", "CACHE", "DATA", "STATE"):
        monkeypatch.setenv(f"XDG_{kind}_HOME", str(folder / kind.lower()))
    monkeypatch.setenv("CHAINRULE_CONFIG", "")


@pytest.fixture(autouse=True)
def same_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever terminal and locale the tests are started in."""
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setenv("LANG", "C.UTF-8")
    use(ENGLISH)
    programs = ("STY", "TMUX", "TERM_PROGRAM", "WT_SESSION", "VTE_VERSION", "KONSOLE_VERSION")
    for name in ("LC_ALL", "LC_MESSAGES", "LANGUAGE", "COLORTERM", "NO_COLOR", *programs):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture(autouse=True)
def nothing_goes_on() -> Iterator[None]:
    """No thread and no process outlives a test that could keep the program from ending."""
    before = set(threading.enumerate())
    yield
    after = {thread for thread in threading.enumerate() if not thread.daemon}
    assert not after - before
    assert not multiprocessing.active_children()


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """Tests in a terminal are all heavy: they are not even read where none of those is wanted."""
    is_in_terminal = collection_path == ROOT / "tests" / "pty"
    return True if is_in_terminal and config.option.markexpr == "not heavy" else None


def pytest_collection_finish() -> None:
    """What was imported is never garbage, and apps make many small objects that soon go."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)


def files_of_the_repository() -> set[Path]:
    """All that could have been left behind."""
    found: set[Path] = set()
    for folder, folders, files in os.walk(ROOT):
        folders[:] = [
            name
            for name in folders
            if name not in IGNORED and not name.endswith(("_cache", ".egg-info"))
        ]
        found.update(Path(folder, name) for name in [*folders, *files])
    return found


def pytest_sessionstart(session: pytest.Session) -> None:
    """Note what is there; once, by the process that starts the others."""
    if not hasattr(session.config, "workerinput"):
        _before.update(files_of_the_repository())


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    """Fail a run that leaves files in the repository."""
    if hasattr(session.config, "workerinput"):
        return
    left = sorted(files_of_the_repository() - _before)
    if left:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
        print("\nleft behind by the tests:", *left, sep="\n  ")
