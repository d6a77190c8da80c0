"""Where in a folder the file lies that somebody means."""

from pathlib import Path

from engine.logs.layer_order import natural


def newest(folder: Path, *patterns: str) -> Path | None:
    """The file that was changed last, of those of these forms; of two, the one of higher number."""
    files = natural(str(path) for pattern in patterns for path in folder.glob(pattern))
    return max(map(Path, reversed(files)), key=changed, default=None)


def changed(path: Path) -> int:
    """When, in nanoseconds since the epoch; 0 of one that is gone."""
    try:
        return path.stat().st_mtime_ns
    except OSError:
        return 0
