"""What keys mean that people and their tools log under."""

import pytest

from engine import SettingError
from engine.logs.dialects import DIALECTS, LAYER, dialects_of, layer_and_kind, meaning
from tui.words.errors import error_text

RUN = {
    "loss": (
        "loss",
        "train/loss",
        "train_loss",
        "Loss/train",
        "loss_metrics/global_avg_loss",
        "Train/Samples/train_loss",
        "epoch_loss",
        "lm loss",
        "Train Loss",
    ),
    "test_loss": ("eval_loss", "val/loss", "val_loss", "Loss/test", "validation loss"),
    "accuracy": ("accuracy", "train/acc", "Accuracy/train", "epoch_accuracy"),
    "test_accuracy": ("eval/accuracy", "val_acc", "test_acc"),
    "learning_rate": (
        "lr",
        "learning_rate",
        "train/learning_rate",
        "Learning Rate",
        "lr-Adam",
        "lr-AdamW/pg1",
        "lr/pg0",
        "lr_0",
        "Train/Samples/lr",
    ),
    "gradient_norm": (
        "grad_norm",
        "train/grad_norm",
        "grad-norm",
        "grad_2.0_norm_total",
        "grad_2.0_norm_total_step",
        "grad_norm/grad_2.0_norm_total",
        "l2_norm/grad/global",
        "grad_l2_norm/step",
        "gradient_norm",
    ),
    "scale": ("loss_scale", "loss-scale"),
    None: (
        "epoch",
        "step",
        "val",
        "kl_loss",
        "loss_gap",
        "val_lr",
        "lr_scheduler/last_epoch",
        "",
        "time/fps",
        "层/损失",
    ),
}


def _metric(key: str) -> str | None:
    found = meaning(key, DIALECTS)
    return found and found.metric


@pytest.mark.parametrize("metric", RUN)
def test_numbers_of_the_run(metric: str | None) -> None:
    """As people spell them."""
    assert {key: _metric(key) for key in RUN[metric]} == dict.fromkeys(RUN[metric], metric)


@pytest.mark.parametrize(
    ("key", "metric", "layer"),
    [
        ("grad_2.0_norm/fc1.weight", "weight_grad_norm", "fc1"),
        ("grad_2.0_norm_fc1.bias", "bias_grad_norm", "fc1"),
        ("grad_2.0_norm_fc1.weight_step", "weight_grad_norm", "fc1"),
        (
            "gradients/blocks.0.attn.in_proj_weight",
            "weight_grad_norm",
            "blocks.0.attn.in_proj_weight",
        ),
        ("layer_grad_l2_norm/module.2.weight", "weight_grad_norm", "2"),
        ("l2_norm/grad/_orig_mod.head.bias", "bias_grad_norm", "head"),
        ("l2_norm/param/head.weight", "weight_norm", "head"),
        ("grad_norm/a/weight", "weight_grad_norm", "a"),
        ("train/grad_norm/fc.bias", "bias_grad_norm", "fc"),
        ("grad_norm.fc.1.weight", "weight_grad_norm", "fc.1"),
        ("grads.fc.1.bias", "bias_grad_norm", "fc.1"),
        ("module.fc.1.weight_grad_norm", "weight_grad_norm", "fc.1"),
        ("fc.1.bias_grad_norm", "bias_grad_norm", "fc.1"),
        ("fc.weight/grad_norm", "weight_grad_norm", "fc"),
        ("fc.bias/grad_norm", "bias_grad_norm", "fc"),
        ("output_grad_norm/blocks.3", "output_grad_norm", "blocks.3"),
        ("output_grad_norm/time_step", "output_grad_norm", "time_step"),
        ("gradients/module.", "weight_grad_norm", "module."),
    ],
)
def test_numbers_of_a_layer(key: str, metric: str, layer: str) -> None:
    """By the tool's form of key, and the parameter's name."""
    found = meaning(key, DIALECTS)
    assert found is not None
    assert found[:2] == (metric, layer)


@pytest.mark.parametrize(
    "key",
    [
        *("gradients/", "l2_norm/param/a.bias", "grad_1.0_norm/a.weight"),
        *("critic_grad_norm", "policy/grad_norm", ".weight_grad_norm"),
    ],
)
def test_what_is_no_number_of_a_layer(key: str) -> None:
    """No name, no metric of ours, another norm."""
    assert meaning(key, DIALECTS) is None


def test_each_dialect_has_a_place_for_the_name() -> None:
    """One."""
    assert {each.form.count(LAYER) for each in DIALECTS} == {1}


def test_a_persons_own_patterns_come_first() -> None:
    """Also before what the key would mean without them."""
    dialects = dialects_of(("n/{layer}/l2", "output_grad_norm=hook.{layer}", "{layer}/grad_norm"))
    assert meaning("n/fc.bias/l2", dialects) == ("bias_grad_norm", "fc", 0)
    assert meaning("hook.fc", dialects) == ("output_grad_norm", "fc", 3)
    assert meaning("train/grad_norm", dialects) == ("weight_grad_norm", "train", 6)
    assert meaning("n/l2", dialects) is None


@pytest.mark.parametrize(
    ("pattern", "says"),
    [
        ("grads", "needs one {layer}"),
        ("", "needs one {layer}"),
        ("{layer}/{layer}", "needs one {layer}"),
        ("weight_grad_nor=grads/{layer}", "did you mean weight_grad_norm?"),
    ],
)
def test_a_pattern_that_is_none_is_one_clear_line(pattern: str, says: str) -> None:
    """With the nearest metric."""
    with pytest.raises(SettingError) as caught:
        dialects_of((pattern,))
    assert says in error_text(caught.value)


@pytest.mark.parametrize(
    ("parameter", "layer", "kind"),
    [
        ("a.weight", "a", "weight"),
        ("a.b.bias", "a.b", "bias"),
        ("module.module.a.weight", "a", "weight"),
        ("blocks._orig_mod.0._checkpoint_wrapped_module.fc.weight", "blocks.0.fc", "weight"),
        ("weight", "weight", "weight"),
        ("pos_embed", "pos_embed", "weight"),
        ("submodule.a.weight", "submodule.a", "weight"),
    ],
)
def test_parameters_of_one_module_are_one_layer(parameter: str, layer: str, kind: str) -> None:
    """Weight and bias; any other is a layer of its own."""
    assert layer_and_kind(parameter) == (layer, kind)
