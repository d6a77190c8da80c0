"""Experiments for tests: the default with other settings, and any valid one."""

from typing import Any

from hypothesis import strategies as st

from engine import Experiment, SettingError
from engine.experiment.domains import Choice, Real, Whole
from engine.experiment.experiment import experiment_from
from engine.experiment.sections import DOMAINS


def experiment_of(**settings: Any) -> Experiment:
    """The default experiment with those settings."""
    return Experiment().with_settings(**settings)


def values_of(name: str) -> st.SearchStrategy[Any]:
    """Any value of a setting's domain."""
    domain = DOMAINS[name]
    if isinstance(domain, Choice):
        return st.sampled_from(domain.names)
    if isinstance(domain, Whole):
        return st.integers(domain.low, domain.high)
    assert isinstance(domain, Real)
    return st.floats(domain.low, domain.high, allow_nan=False)


@st.composite
def experiments(draw: st.DrawFn) -> Experiment:
    """Any valid experiment."""
    chosen = draw(st.fixed_dictionaries({}, optional={n: values_of(n) for n in DOMAINS}))
    while True:
        try:
            return experiment_from(chosen)
        except SettingError as error:
            # the setting to blame, or else what made its default too large
            blamed = str(error.details["setting"])
            chosen.pop(blamed if blamed in chosen else "test_fraction")
