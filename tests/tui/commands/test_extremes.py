"""Settings at the ends of what is allowed: what overflows is told, and no library speaks."""

import contextlib
import io
import subprocess
import sys
import warnings

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from engine.experiment.domains import Choice, Real, Whole
from engine.experiment.sections import DOMAINS
from tui.commands.parser import main
from tui.words.foreign import LINE
from tui.words.settings import flag

SIZES = {"depth": ("1", "2", "3", "40"), "width": ("1", "2", "3", "8"), "batch_size": ("1", "2")}


def extremes(name: str) -> tuple[str, ...]:
    """The ends of a setting's range, all of its names, or sizes that are soon computed."""
    domain = DOMAINS[name]
    if isinstance(domain, Choice):
        return domain.names
    assert isinstance(domain, Whole | Real)
    ends = (domain.low, domain.high)
    tiny = ("5e-324", "1e-300", "1e-45") if isinstance(domain, Real) else ()
    return SIZES.get(name, (*map(str, ends), *tiny))


SMALL = {"--depth": "3", "--width": "4"}
FLAGS = st.sets(st.sampled_from(list(DOMAINS)), max_size=6).flatmap(
    lambda names: st.fixed_dictionaries(
        {flag(name): st.sampled_from(extremes(name)) for name in sorted(names)}
    )
)
COMMANDS = st.sampled_from(
    [
        *(["run", "--format", name, "--steps", "3"] for name in ("text", "json", "csv")),
        ["run"],
        ["doctor"],
    ]
)

BEYOND_FLOAT32 = {
    "--dtype": "float32",
    "--batch-size": "1",
    "--learning-rate": "1e6",
    "--weight-decay": "1e6",
}
"""Whose loss on the test set is, although each sample's is not."""


@pytest.mark.parametrize(
    "examples", [pytest.param(2, id="few"), pytest.param(200, id="many", marks=pytest.mark.heavy)]
)
def test_no_warning_reaches_anybody(examples: int) -> None:
    """There is output and silence, or one clear line."""

    @settings(max_examples=examples, deadline=None, suppress_health_check=list(HealthCheck))
    @given(COMMANDS, FLAGS)
    @example(["run", "--steps", "3"], BEYOND_FLOAT32)
    def run(command: list[str], chosen: dict[str, str]) -> None:
        out, err = io.StringIO(), io.StringIO()
        arguments = [word for pair in {**SMALL, **chosen}.items() for word in pair]
        with (
            contextlib.redirect_stdout(out),
            contextlib.redirect_stderr(err),
            warnings.catch_warnings(action="error"),
        ):
            code = main([*command, *arguments])
        if code == 2:
            line = err.getvalue()
            assert line.endswith("\n")
            assert line[:-1].isprintable()
            assert len(line) <= LINE + 1
            assert not out.getvalue()
        else:
            assert not err.getvalue()
            assert out.getvalue()

    run()


@pytest.mark.heavy
@pytest.mark.parametrize(("options", "told"), [([], False), (["-W", "default"], True)])
def test_a_library_s_warning_is_for_those_who_ask(options: list[str], told: bool) -> None:
    """With Python's own flag."""
    code = (
        "import warnings; from tui.commands import parser; from tui.__main__ import main;"
        "parser.main = lambda: warnings.warn('overflow', RuntimeWarning) or 0; main()"
    )
    done = subprocess.run([sys.executable, *options, "-c", code], capture_output=True, check=True)
    assert (b"overflow" in done.stderr) == told
