"""The console script's entry: environment first, because libraries read it on import."""

import sys

from tui.config.blas_kernels import choose_kernels


def main() -> int:
    """Run the command line and return its exit code."""
    choose_kernels()
    try:
        from tui.commands.parser import main as run_command_line

        return run_command_line()
    except Exception as error:
        # the last boundary: what nobody expected becomes a log and two lines
        from tui.commands.faults import report

        return report(error)


if __name__ == "__main__":
    sys.exit(main())
