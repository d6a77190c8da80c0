"""The console script's entry: environment first, because libraries read it on import."""

import sys

from tui.config.blas_kernels import choose_kernels


def main() -> int:
    """Run the command line and return its exit code."""
    choose_kernels()
    from tui.commands.parser import main as run_command_line

    return run_command_line()


if __name__ == "__main__":
    sys.exit(main())
