"""What is said of number formats."""

import pytest

from engine.diagnosis.format_limits import limits
from tests.support.experiments import experiment_of
from tui.words.formats import limit_text


@pytest.mark.parametrize(
    ("settings", "name", "said"),
    [
        ({}, "fp16", ("more than 1% at layer", "more than half of δ is 0 in layers 1-")),
        ({"depth": 600, "width": 8}, "fp32", ("(1.4 × 10⁻⁴⁵ to", "is 0 in layers 1-")),
        ({"activation": "relu", "depth": 50}, "fp16", ("at layer 50;", " and ", "-50")),
        (
            {"activation": "relu", "init": "unit_normal", "depth": 12},
            "fp16",
            ("signals overflow at layer 5, which leaves no gradient",),
        ),
        (
            {"activation": "tanh", "init": "unit_normal", "gain": 3.0, "depth": 60},
            "fp16",
            ("δ overflows on its way back at layer",),
        ),
    ],
)
def test_where_a_format_runs_out_is_told(
    settings: dict[str, object], name: str, said: tuple[str, ...]
) -> None:
    """The layers are those that were found, and an overflow leaves nothing else to say."""
    experiment = experiment_of(**settings)
    (found,) = (limit for limit in limits(experiment) or () if limit.format == name)
    text = limit_text(found, experiment.network.depth)
    assert text.startswith(name)
    for words in said:
        assert words in text
    assert ("rounding" in text) == (found.imprecise is not None)
    assert ("is 0" in text) == bool(found.flushed)
