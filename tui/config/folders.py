"""The folders that the system has for a program's files; None where a user has none."""

from collections.abc import Callable
from pathlib import Path

import platformdirs


def config_folder() -> Path | None:
    """Where the settings file is."""
    return _folder(platformdirs.user_config_path)


def log_folder() -> Path | None:
    """Where logs are."""
    return _folder(platformdirs.user_log_path)


def state_folder() -> Path | None:
    """Where a person's own progress is."""
    return _folder(platformdirs.user_state_path)


def _folder(find: Callable[..., Path]) -> Path | None:
    try:
        path = find("chainrule", appauthor=False)
    except RuntimeError:
        # neither HOME nor an entry among the system's users, as in many containers
        return None
    # by the XDG specification a relative one does not count
    return path if path.is_absolute() else None
