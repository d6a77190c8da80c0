"""The console script's entry: environment first, because libraries read it on import."""

import sys


def main() -> int:
    """Run the command line and return its exit code."""
    try:
        import signal

        if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
            # ctrl+c ends the process quietly, whatever it imports just now; the app has its own
            signal.signal(signal.SIGINT, signal.SIG_DFL)
    except KeyboardInterrupt:
        return 130
    import warnings

    from tui.config.blas_kernels import choose_kernels

    if not sys.warnoptions:
        # a library's warnings are for those who program, and ask for them with -W
        warnings.simplefilter("ignore")
    choose_kernels()
    try:
        from tui.commands.quick_imports import quick_imports

        with quick_imports():
            from tui.commands.parser import main as run_command_line

        return run_command_line()
    except Exception as error:
        # the last boundary: what nobody expected becomes a log and two lines
        from tui.commands.faults import report

        return report(error)


if __name__ == "__main__":
    sys.exit(main())
