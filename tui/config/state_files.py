"""What a person has come to, kept between runs: one JSON file a matter, whole or not at all."""

import json
import os
import uuid

from engine import SettingError
from engine.data.foreign_files import read_text
from tui.config.folders import state_folder
from tui.config.settings_file import PATH_VARIABLE


def are_kept() -> bool:
    """Whether there may be any: whoever wants no settings file wants no other file either."""
    return os.environ.get(PATH_VARIABLE) != ""


def is_missing(name: str) -> bool:
    """Whether nothing is kept under that name, although it could be."""
    folder = state_folder() if are_kept() else None
    # these tell of no error: what cannot be looked at is not there
    if folder is None or os.path.lexists(folder / f"{name}.json"):
        return False
    nearest = next(path for path in (folder, *folder.parents) if os.path.lexists(path))
    return os.path.isdir(nearest) and os.access(nearest, os.W_OK | os.X_OK)


def read_state(name: str) -> dict[str, object]:
    """What is kept under that name; nothing where there is no such file, or none that can be read.

    A person's progress is no reason not to start.
    """
    folder = state_folder() if are_kept() else None
    if folder is None:
        return {}
    try:
        found = json.loads(read_text(folder / f"{name}.json"))
    except (SettingError, ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def write_state(name: str, content: dict[str, object]) -> None:
    """Keep it under that name, in place of what was there; raises OSError, and then that stays."""
    if not are_kept():
        return
    folder = state_folder()
    if folder is None:
        raise FileNotFoundError(2, os.strerror(2))
    folder.mkdir(parents=True, exist_ok=True)
    temporary = folder / f".{name}-{uuid.uuid4().hex}"
    try:
        with temporary.open("x", encoding="utf-8") as file:
            json.dump(content, file, indent=1)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(folder / f"{name}.json")
    finally:
        temporary.unlink(missing_ok=True)
