"""Where in a folder the file lies that somebody means."""

from pathlib import Path


def newest(folder: Path, *patterns: str) -> Path | None:
    """The file that was changed last, of those of these forms."""
    files = {path for pattern in patterns for path in folder.glob(pattern)}
    return max(files, key=lambda path: (changed(path), path), default=None)


def changed(path: Path) -> int:
    """When, in nanoseconds since the epoch; 0 of one that is gone."""
    try:
        return path.stat().st_mtime_ns
    except OSError:
        return 0
