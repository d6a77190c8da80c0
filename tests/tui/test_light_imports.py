"""What the folders load: no widgets where charts are drawn, no textual where values are made."""

import json
import pkgutil
import subprocess
import sys
from importlib import import_module

import pytest

pytestmark = pytest.mark.heavy

_CODE = """
import json, sys
from importlib import import_module
loaded = {}
for name in json.loads(sys.argv[1]):
    import_module(name)
    loaded[name] = [heavy for heavy in json.loads(sys.argv[2]) if heavy in sys.modules]
print(json.dumps({name: found for name, found in loaded.items() if found}))
"""


def modules_of(package: str) -> list[str]:
    """All modules of a folder."""
    path = import_module(package).__path__
    return [f"{package}.{module.name}" for module in pkgutil.iter_modules(path)]


@pytest.mark.parametrize(
    ("folders", "heavy"),
    [
        (("style", "charts", "views"), ["textual.app", "textual.widget"]),
        (("words", "state", "config", "session"), ["textual"]),
    ],
)
def test_folders_load_nothing_heavy(folders: tuple[str, ...], heavy: list[str]) -> None:
    """Each module in turn, in a process of its own for the folders of one rule."""
    names = [name for folder in folders for name in modules_of(f"tui.{folder}")]
    command = [sys.executable, "-c", _CODE, json.dumps(names), json.dumps(heavy)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert json.loads(done.stdout) == {}


_FIRST_PICTURE = """
import asyncio, json, sys
from engine import Experiment
from tui.commands.parser import parse

async def start():
    parse([])
    from tui.app import ChainruleApp
    app = ChainruleApp(Experiment(), ticking=False)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert "layer" in app.main.as_text()
        print(json.dumps([name for name in json.loads(sys.argv[1]) if name in sys.modules]))

asyncio.run(start())
"""

_LATER = (
    "numpy.ma",
    "shtab",
    "tui.commands.run",
    "tui.screens.help",
    "tui.screens.palette",
    "tui.views.export",
    "engine.diagnosis.diagnosis",
    "engine.theory",
    "tui.screens.layers_table",
    "tui.config.lessons",
    "tui.config.quiz_items",
    "tui.screens.quiz",
    "tui.session.guide",
)
"""What costs time and is not needed for the first picture."""


def test_the_first_picture_waits_for_nothing_that_it_does_not_need() -> None:
    """In a fresh process, from the command line without arguments on."""
    command = [sys.executable, "-c", _FIRST_PICTURE, json.dumps(_LATER)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert json.loads(done.stdout) == []


_NUMBERS_ALONE = """
import contextlib, io, json, sys
from tui.commands.parser import main

with contextlib.redirect_stdout(io.StringIO()):
    main(["run", "--depth", "2"])
print(json.dumps([name for name in json.loads(sys.argv[1]) if name in sys.modules]))
"""

_OF_LOGS = (
    "engine.logs.formats",
    "engine.logs.findings",
    "engine.logs.log",
    "tui.commands.log_screen",
    "tui.commands.watch_headless",
    "tui.words.findings",
)
"""What commands that read logs load."""


def test_a_command_loads_nothing_that_only_another_one_needs() -> None:
    """Numbers alone read no log."""
    command = [sys.executable, "-c", _NUMBERS_ALONE, json.dumps(_OF_LOGS)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert json.loads(done.stdout) == []
