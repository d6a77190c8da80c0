"""Errors in words: one line that names the setting and what is allowed."""

import errno
import os
from typing import Any

import pytest

from engine import SettingError, run
from engine.experiment.sections import DOMAINS
from tests.support.experiments import experiment_of
from tui.words.errors import ERRORS, SYSTEM_WORDS, error_text
from tui.words.foreign import LINE
from tui.words.settings import SETTING_HELP


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"activation": "relux"}, "unknown_name"),
        ({"depth": 0}, "out_of_range"),
        ({"depth": 10_000}, "out_of_range"),
        ({"width": -3}, "out_of_range"),
        ({"width": True}, "not_whole"),
        ({"gain": float("nan")}, "not_number"),
        ({"gain": float("inf")}, "out_of_range"),
        ({"gain": 10**400}, "out_of_range"),
        ({"depth": 16**5000}, "out_of_range"),
        ({"dataset": ["digits"] * 9999}, "unknown_name"),
        ({"dataset": "a\0.csv"}, "file_name_not_text"),
        ({"dataset": "caf\udce9.csv"}, "file_name_not_text"),
        ({"seed": 1.5}, "not_whole"),
        ({"norm": "batch", "batch_size": 1}, "batch_norm_of_one"),
        ({"residual_scale": "rezero"}, "scale_without_skip"),
        ({"norm_position": "post"}, "position_without_norm"),
        (
            {"norm": "batch", "norm_position": "post", "residual": "pre_activation"},
            "post_norm_with_skip",
        ),
        ({"input_dim": 7}, "input_dim_is_fixed"),
        ({"norm": "layer", "width": 1}, "layer_norm_of_one"),
        ({"init": "critical"}, "no_critical_point"),
        ({"init": "critical", "activation": "tanh", "bias_std": 0.1}, "init_sets_bias"),
        ({"init": "lsuv", "gain": 2.0}, "init_sets_gain"),
        ({"init": "pytorch_default", "gain": 0.5}, "init_sets_gain"),
        ({"batch_size": 5000}, "batch_exceeds_data"),
    ],
)
def test_what_makes_no_sense_is_an_error_with_a_sentence(
    changes: dict[str, Any], code: str
) -> None:
    """Each code has one line that names the setting."""
    with pytest.raises(SettingError) as caught:
        experiment_of(**changes)
    assert caught.value.code == code
    text = error_text(caught.value)
    assert "allowed" in text or "one of" in text
    assert text.isprintable()
    assert len(text) <= LINE


@pytest.mark.parametrize("count", [0, 1, 2, 1000])
def test_things_are_counted_in_english(count: int) -> None:
    """1 column, 2 columns."""
    error = SettingError("file_ragged", path="x.csv", row=2, columns=count, expected=3)
    counted = {0: "0 columns", 1: "1 column", 2: "2 columns", 1000: "1,000 columns"}[count]
    assert error_text(error) == f"x.csv row 2 has {counted}; expected 3"


@pytest.mark.parametrize("name", ["a", "a.cvs", "x.csv ", "csv"])
def test_a_kind_of_file_is_no_name_that_is_meant(name: str) -> None:
    """Nobody can type "a .csv file"; it is listed as allowed."""
    with pytest.raises(SettingError) as caught:
        experiment_of(dataset=name)
    assert "did you mean a ." not in error_text(caught.value)
    assert "gaussian, a .csv file, a .npz file" in error_text(caught.value)


def test_every_rule_and_domain_code_has_a_sentence() -> None:
    """No code can reach a person without words; no setting is without help."""
    from engine.experiment.rules import RULES

    assert {rule.code for rule in RULES} <= set(ERRORS)
    assert set(SETTING_HELP) == set(DOMAINS)


def test_too_large_for_memory_names_the_estimate() -> None:
    """1000 x 2048 is refused before anything is allocated."""
    with pytest.raises(SettingError) as caught:
        run(experiment_of(depth=1000, width=2048))
    assert "69.2 GB" in error_text(caught.value)


@pytest.mark.parametrize(
    ("settings", "code"),
    [
        ({"momentum": 0.5}, "momentum_without_use"),
        ({"momentum": 0.5, "optimizer": "adam"}, "momentum_without_use"),
        ({"schedule_steps": 50}, "length_without_end"),
        ({"schedule": "cosine", "schedule_steps": 50, "warmup": 50}, "warmup_exceeds_schedule"),
    ],
)
def test_a_setting_without_use_is_an_error_with_a_sentence(
    settings: dict[str, Any], code: str
) -> None:
    """One line that names the setting and what is allowed."""
    from tui.words.errors import error_text

    with pytest.raises(SettingError) as caught:
        experiment_of(**settings)
    assert caught.value.code == code
    assert "allowed" in error_text(caught.value)


def test_what_the_system_says_is_known() -> None:
    """Word for word, so that it is translated."""
    numbers = (
        *(errno.ENOENT, errno.EACCES, errno.EISDIR, errno.ENOTDIR),
        *(errno.ENAMETOOLONG, errno.ENOSPC, errno.EROFS, errno.EIO),
        *(errno.EPIPE, errno.EFBIG, errno.EDQUOT),
    )
    assert tuple(map(os.strerror, numbers)) == SYSTEM_WORDS
