"""Single numbers of other tools as the steps of a log."""

import itertools
import math
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine import SettingError
from engine.logs import scalar_log
from engine.logs.log import read_all
from engine.logs.scalar_log import ScalarLog
from engine.logs.scalars import BeganAnew, Found, Resumed, Scalar
from engine.logs.schema import BrokenLine, LoggedStep
from tests.support.scalars import Listed, log_of, row, steps_in
from tui.words.errors import error_text


def gradients(step: int, **norms: float) -> list[Scalar]:
    """One of each of those layers' weights."""
    return [Scalar(step, f"gradients/{name}.weight", norm) for name, norm in norms.items()]


def test_numbers_of_one_step_are_one_step() -> None:
    """Those of the run, those of the layers, the time since the first."""
    log = log_of(
        Scalar(0, "train/loss", 2.5, 1000.0),
        *gradients(0, b2=1e-3, b10=4.0),
        Scalar(0, "gradients/b2.bias", 0.5, 1000.5),
        Scalar(3, "train/loss", 1.5, 1007.0),
        Scalar(3, "gpu temperature", 90.0),
    )
    assert (log.header.layers, log.header.order) == (("b2", "b10"), "natural")
    first, second = steps_in(log)
    assert (first.step, first.numbers) == (0, {"loss": 2.5, "time": 0.0})
    np.testing.assert_array_equal(first.arrays["weight_grad_norm"], [1e-3, 4.0])
    np.testing.assert_array_equal(first.arrays["bias_grad_norm"], [0.5, np.nan])
    assert first.nonfinite == ()
    assert not first.arrays["weight_grad_norm"].flags.writeable
    assert (second.step, second.numbers, second.arrays) == (3, {"loss": 1.5, "time": 7.0}, {})


def test_what_is_not_finite_is_named() -> None:
    """And what is merely absent is not."""
    log = log_of(*gradients(0, a=1.0, b=2.0), *gradients(1, a=math.inf), *row(1, loss=math.nan))
    assert steps_in(log)[1].nonfinite == ("weight_grad_norm", "loss")
    np.testing.assert_array_equal(steps_in(log)[1].arrays["weight_grad_norm"], [np.inf, np.nan])


def test_a_key_after_the_other_makes_the_same_steps() -> None:
    """Which is how a table that was turned into another format is written."""
    log = log_of(
        *(Scalar(n, "loss", n) for n in (0, 10, 20)),
        *(Scalar(n, "lr", -n) for n in (10, 15, 20)),
    )
    assert [(each.step, each.numbers) for each in steps_in(log)] == [
        (0, {"loss": 0}),
        (10, {"loss": 10, "learning_rate": -10}),
        (15, {"learning_rate": -15}),
        (20, {"loss": 20, "learning_rate": -20}),
    ]
    assert {each.segment for each in steps_in(log)} == {0}


def test_a_key_that_goes_back_begins_a_segment() -> None:
    """One for all keys; and so does a writer that says so, where there is something to undo."""
    log = log_of(
        *row(0, loss=1, lr=1),
        *row(5, loss=1, lr=1),
        *row(3, loss=2, lr=2),
        Resumed(8),
        *row(9, loss=2),
        Resumed(9),
        *row(10, loss=3),
    )
    assert [(each.segment, each.step) for each in steps_in(log)] == [
        *((0, 0), (0, 5)),
        *((1, 3), (1, 9)),
        (2, 10),
    ]


def test_the_last_step_is_told_once_nothing_comes_for_it() -> None:
    """Half a step is no step; a step that was told stays told."""
    reader = Listed(*row(0, loss=1))
    log = ScalarLog("listed", Path(), reader)
    assert [log.read_on().steps, log.read_on().steps, log.read_on().steps] == [0, 1, 0]
    reader.coming += row(1, loss=1)
    assert log.read_on().steps == 0
    reader.coming += row(1, lr=1)
    assert (log.read_on().steps, len(log)) == (0, 1)
    reader.coming += row(2, loss=1)
    assert log.read_on().steps == 1
    with pytest.raises(IndexError):
        log.step(1 + 1)
    assert log.read_on().steps == 1
    reader.coming += row(2, lr=1)
    assert (log.read_on().steps, len(log)) == (0, 3)
    assert steps_in(log)[2].numbers == {"loss": 1, "learning_rate": 1}


def test_layers_may_become_known_late() -> None:
    """The header grows, and with it the steps before."""
    reader = Listed(*gradients(0, b=1))
    log = ScalarLog("listed", Path(), reader)
    read_all(log)
    assert [*log.header.layers] == ["b"]
    reader.coming += gradients(1, a=2, b=3)
    read_all(log)
    assert log.header.layers == ("a", "b")
    arrays = [each.arrays["weight_grad_norm"] for each in steps_in(log)]
    np.testing.assert_array_equal(arrays, [[np.nan, 1], [2, 3]])


def test_the_file_that_began_anew_is_another_log() -> None:
    """Nothing of what was read stays."""
    reader = Listed(*gradients(7, a=1), *gradients(8, a=1), BrokenLine(1, "x", {}))
    log = ScalarLog("listed", Path(), reader)
    read_all(log)
    assert (len(log), log.left_out) == (2, 1)
    reader.coming += [BeganAnew(), *gradients(2, b=5), *gradients(3, b=5)]
    news = log.read_on()
    assert (news.began_anew, news.steps, log.header.layers) == (True, 1, ("b",))
    assert (log.left_out, log.problems) == (0, [])
    assert steps_in(log)[0].segment == 0


def test_a_long_file_is_read_in_slices(monkeypatch: pytest.MonkeyPatch) -> None:
    """And a step that lies across two is whole."""
    monkeypatch.setattr(scalar_log, "AT_ONCE", 3)
    reader = Listed(*row(0, loss=1, lr=1), *row(1, loss=2, lr=2), *row(2, loss=3, lr=3))
    log = ScalarLog("listed", Path(), reader)
    news = [log.read_on() for _ in range(4)]
    assert [(each.steps, each.more) for each in news] == [
        *((1, True), (1, True)),
        *((1, False), (0, False)),
    ]
    assert all(len(each.numbers) == 2 for each in steps_in(log))
    log.close()
    assert reader.is_closed


def test_of_two_keys_with_one_meaning_one_counts() -> None:
    """That of the step, wherever both are: not the mean over the epoch."""
    log = log_of(*row(0, train_loss_epoch=5), *row(1, train_loss_epoch=6, train_loss_step=7))
    assert [each.numbers for each in steps_in(log)] == [{}, {"loss": 7}]


def test_a_layer_without_a_number_is_not_taken_for_one_that_is_not_finite() -> None:
    """Of two layers one has a bias."""
    names = ("a.weight", "a.bias", "b.weight")
    keys = [f"grads/{name}" for name in names]
    for loss in (1.0, math.inf, None):
        found = [Scalar(0, key, value) for key, value in zip(keys, (1, math.nan, 1), strict=True)]
        log = log_of(*found, *([] if loss is None else [Scalar(0, "loss", loss)]))
        assert [each.first_nonfinite_layer for each in steps_in(log)] == [1]
    everywhere = [Scalar(0, key, math.nan) for key in (*keys, "loss")]
    assert [each.first_nonfinite_layer for each in steps_in(log_of(*everywhere))] == [None]


def test_what_a_person_said_has_to_fit() -> None:
    """Once a second step is there; before, the keys may be still to come."""
    found = [*gradients(0, conv1=1, conv2=1, fc=1), *gradients(1, conv1=1)]
    log = log_of(*found, order=("fc", "conv2", "conv1"))
    assert (log.header.layers, log.header.order) == (("fc", "conv2", "conv1"), "file")
    np.testing.assert_array_equal(steps_in(log)[1].arrays["weight_grad_norm"], [np.nan, np.nan, 1])
    wrong: dict[tuple[str, ...], str] = {
        ("fc", "conv2", "con1"): "the order leaves out 1 layer of the log, first 'conv1'",
        ("fc", "conv2"): "the order leaves out 1 layer of the log, first 'conv1'",
    }
    for order, text in wrong.items():
        with pytest.raises(SettingError) as caught:
            log_of(*found, order=order)
        assert error_text(caught.value).startswith(text)
        assert "did you mean con" in error_text(caught.value)
    with pytest.raises(SettingError) as caught:
        log_of(*found, patterns=("grads/{layer}",))
    assert "gradients/conv1.weight" in error_text(caught.value)
    assert len(log_of(*gradients(0, fc=1), order=("other",), patterns=("x{layer}",))) == 1
    assert len(log_of(*row(0, loss=1), *row(1, loss=1), order=("other",))) == 2


def test_nothing_is_told_of_a_log_that_does_not_fit(monkeypatch: pytest.MonkeyPatch) -> None:
    """Its end has to be seen first: a key may come late, as those here do."""
    monkeypatch.setattr(scalar_log, "AT_ONCE", 2)
    found = [*row(0, loss=1), *row(1, loss=1), *row(2, loss=1), *gradients(3, a=1, b=1)]
    for order, pattern in ((("a",), "gradients/{layer}.weight"), (("a", "b"), "grads/{layer}")):
        log = ScalarLog("listed", Path(), Listed(*found), order, (pattern,))
        assert [log.read_on().steps for _ in range(2)] == [0, 0]
        with pytest.raises(SettingError):
            log.read_on()
    fits = ScalarLog("listed", Path(), Listed(*found), ("a", "b"), ("gradients/{layer}.weight",))
    read_all(fits)
    assert len(fits) == 4


def test_a_step_is_asked_for_by_its_place() -> None:
    """Also from the end."""
    log = log_of(*row(0, loss=1), *row(4, loss=2))
    last = log.step(-1)
    assert isinstance(last, LoggedStep)
    assert (last.step, last.line) == (4, 2)
    with pytest.raises(IndexError):
        log.step(2)


KEYS = ("loss", "lr", "gradients/a.weight", "gradients/b.bias", "grad_2.0_norm/b.bias", "other")
FOUND = st.lists(
    st.builds(Scalar, st.integers(0, 6), st.sampled_from(KEYS), st.floats(), st.just(1.0))
    | st.builds(Resumed, st.integers(0, 6))
    | st.just(BeganAnew()),
    max_size=40,
)


@given(FOUND, st.lists(st.integers(0, 9), max_size=12))
def test_however_a_log_comes_it_is_the_same(found: list[Found], sizes: list[int]) -> None:
    """At once, or in pieces between which somebody looks; what was told of a step stays told."""
    reader = Listed()
    log = ScalarLog("listed", Path(), reader)
    told: list[int] = []
    for start, size in zip(itertools.accumulate([0, *sizes]), [*sizes, len(found)], strict=True):
        reader.coming += found[start : start + size]
        news = log.read_on()
        told = [news.steps] if news.began_anew else [*told, news.steps]
        assert (sum(told), min(told) >= 0) == (len(log), True)
    read_all(log)
    at_once = log_of(*found)
    assert log.header == at_once.header
    assert [*map(repr, steps_in(log))] == [*map(repr, steps_in(at_once))]
    assert [(each.segment, each.step) for each in steps_in(log)] == sorted(
        {(each.segment, each.step) for each in steps_in(log)}
    )
