"""The memory that is free on this machine."""

import os
from pathlib import Path

USABLE_SHARE = 0.8
"""The share of the free memory that one experiment, or one file of data, may take."""

_UNKNOWN = 8 * 2**30  # assumed where the system does not say
_CGROUP_LIMIT = Path("/sys/fs/cgroup/memory.max")
_CGROUP_USED = Path("/sys/fs/cgroup/memory.current")
_MEMINFO = Path("/proc/meminfo")


def available_bytes() -> int:
    """The memory that is free on this machine, within its container's limit."""
    return min(_free_on_machine(), _free_in_container())


def _free_on_machine() -> int:
    try:
        for line in _MEMINFO.read_text().splitlines():
            if line.startswith("MemAvailable:"):
                return int(line.split()[1]) * 1024
    except OSError:
        pass
    try:
        return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    except (AttributeError, ValueError, OSError):
        return _UNKNOWN


def _free_in_container() -> int:
    try:
        return int(_CGROUP_LIMIT.read_text()) - int(_CGROUP_USED.read_text())
    except (OSError, ValueError):  # no such file, or "max"
        return _free_on_machine()
