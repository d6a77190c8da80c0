"""Ways back and forth of a run that was trained."""

from engine import Run
from tests.support.experiments import experiment_of
from tui.state.undo import continued, returned

SMALL = {"depth": 4, "width": 8, "batch_size": 16, "activation": "tanh"}


def test_a_change_of_the_training_goes_on_and_any_other_starts_anew() -> None:
    """And so do the ways back."""
    start = experiment_of(**SMALL)
    trained = Run(start, 40)
    faster = start.with_settings(learning_rate=0.5)
    on = continued(trained, faster)
    assert (on.step, on.current) == (40, faster)
    assert continued(trained, start.with_settings(depth=5)).step == 0
    assert continued(Run(start), faster) == Run(faster)
    assert returned(on.after(10), trained) == on.after(10).changed(start.training)
    assert returned(Run(start), trained) == trained
    assert returned(Run(start.with_settings(depth=5)), trained) == trained
