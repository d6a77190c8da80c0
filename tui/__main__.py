"""The console script's entry: environment first, because libraries read it on import."""

from __future__ import annotations

import os
import sys

from tui.blas import choose_kernels

LOCAL_FPS = "30"
REMOTE_FPS = "15"
"""Over SSH half the frames: a slow link that is behind would answer keys late."""


def main() -> int:
    """Run the command line and return its exit code."""
    os.environ.setdefault(
        "TEXTUAL_FPS", REMOTE_FPS if "SSH_CONNECTION" in os.environ else LOCAL_FPS
    )
    choose_kernels()
    from tui.cli import main as run_command_line

    return run_command_line()


if __name__ == "__main__":
    sys.exit(main())
