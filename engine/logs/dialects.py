"""What the keys mean under which people log the numbers of a training run."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from engine.logs.schema import MEASURES
from engine.numerics.errors import SettingError

LAYER = "{layer}"
"""Where the name of a layer, or of one of its parameters, stands in a key."""


class Meaning(NamedTuple):
    """A metric of the run, or of that layer; of two keys with one meaning the lower rank counts."""

    metric: str
    layer: str | None
    rank: int


@dataclass(frozen=True)
class Dialect:
    """Keys of that form hold a metric of each layer; None for the norm of a gradient.

    That is weight_grad_norm, and of a name that ends in bias bias_grad_norm.
    """

    form: str
    metric: str | None = None

    def layer_in(self, key: str) -> str | None:
        """The name that stands in a key of that form, at least one character."""
        before, _, after = self.form.partition(LAYER)
        is_such = key.startswith(before) and key.endswith(after)
        return key[len(before) : len(key) - len(after)] or None if is_such else None


DIALECTS = (
    Dialect("grad_2.0_norm/{layer}"),  # Lightning's grad_norm from 2.0 on
    Dialect("grad_2.0_norm_{layer}"),  # Lightning's track_grad_norm before
    Dialect("l2_norm/grad/{layer}"),  # Composer's OptimizerMonitor, NeMo
    Dialect("layer_grad_l2_norm/{layer}"),  # Composer's before 0.12
    Dialect("gradients/{layer}"),  # wandb.watch
    Dialect("grad_norm/{layer}"),
    Dialect("grad_norms/{layer}"),
    Dialect("gradient_norm/{layer}"),
    Dialect("gradient_norms/{layer}"),
    Dialect("grads/{layer}"),
    Dialect("grad/{layer}"),
    Dialect("train/grad_norm/{layer}"),
    # dictionaries that were given to wandb.log
    Dialect("grad_norm.{layer}"),
    Dialect("grad_norms.{layer}"),
    Dialect("gradients.{layer}"),
    Dialect("grads.{layer}"),
    # of parameters alone: critic_grad_norm is no layer's
    Dialect("{layer}.weight_grad_norm"),
    Dialect("{layer}.bias_grad_norm", "bias_grad_norm"),
    Dialect("{layer}.weight/grad_norm"),
    Dialect("{layer}.bias/grad_norm", "bias_grad_norm"),
    Dialect("l2_norm/param/{layer}", "weight_norm"),  # Composer's OptimizerMonitor
    Dialect("layer_weight_l2_norm/{layer}", "weight_norm"),
    *(Dialect(f"{metric}/{LAYER}", metric) for metric in MEASURES),
)

_TRAINING = {"train", "training"}
_HELD_OUT = {"val", "valid", "validation", "eval", "evaluation", "test", "dev"}
_SPANS = {"step": 1, "batch": 1, "iter": 1, "iteration": 1, "samples": 1, "epoch": 2}
"""What a number is of, or the mean over: the nearest to a step counts."""

_ON_HELD_OUT = {"loss": "test_loss", "accuracy": "test_accuracy"}

_NUMBERS = {
    "loss": ("loss", "lm_loss", "total_loss", "cross_entropy", "loss_metrics_global_avg"),
    "accuracy": (
        "accuracy",
        "acc",
        "acc1",
        "top1",
        "top1_accuracy",
        "binary_accuracy",
        "categorical_accuracy",
        "sparse_categorical_accuracy",
    ),
    "learning_rate": ("learning_rate", "lr"),
    "gradient_norm": (
        "grad_norm",
        "gradient_norm",
        "grad_l2_norm",
        "l2_norm_grad_global",
        "grad_2_0_norm_total",
        "total_grad_norm",
        "total_gradient_norm",
        "global_grad_norm",
        "global_gradient_norm",
        "grad_norm_before_clipping",
        "grad_norm_pre_clip",
        "grad_norm_unclipped",
    ),
    "clipped_gradient_norm": (
        "clipped_grad_norm",
        "clipped_gradient_norm",
        "grad_norm_after_clipping",
        "grad_norm_post_clip",
    ),
    "scale": ("scale", "loss_scale", "grad_scale"),
}
"""The words of a key, in any order, without those that say what it is of."""

_BY_WORDS = {
    frozenset(name.split("_")): metric for metric, names in _NUMBERS.items() for name in names
}
_RATE_OF_A_GROUP = re.compile(r"(?:.*/)?lr(?:-.+|[/_](?:pg)?[0-9]+)")
_WORD = re.compile(r"[a-z0-9]+")

# of a wrapped model: by DistributedDataParallel and DataParallel, compile, FSDP, checkpointing
_WRAPPER = re.compile(
    r"^(?:module\.)+|\b(?:_orig_mod|_fsdp_wrapped_module|_checkpoint_wrapped_module)\."
)
_OF_A_MODULE = re.compile(r"(?P<layer>.+)[./](?P<kind>weight|bias)")
_SPAN_SUFFIX = re.compile(r"_(step|epoch)$")


def dialects_of(patterns: Sequence[str]) -> tuple[Dialect, ...]:
    """A person's own, before all others; raises SettingError for one that is none.

    A pattern is a key with {layer} in it, grads/{layer}/norm, perhaps behind the metric that such
    keys hold: output_grad_norm=hooks/{layer}.
    """
    return (*map(_own, patterns), *DIALECTS)


def _own(pattern: str) -> Dialect:
    metric, equals, form = pattern.partition("=")
    if not equals or not metric.isidentifier():
        metric, form = "", pattern
    elif metric not in MEASURES:
        raise SettingError("log_pattern_metric", value=metric, allowed=MEASURES)
    if form.count(LAYER) != 1:
        raise SettingError("log_pattern", pattern=pattern)
    return Dialect(form, metric or None)


def meaning(key: str, dialects: Sequence[Dialect]) -> Meaning | None:
    """What a key says, None where nobody here knows it."""
    own = len(dialects) - len(DIALECTS)
    return (
        _of_a_layer(key, dialects[:own], 0)
        or _of_the_run(key)
        or _of_a_layer(key, dialects[own:], own)
    )


def layer_and_kind(parameter: str) -> tuple[str, str]:
    """The layer to which a parameter belongs, and what it is there: weight or bias.

    x.weight and x.bias are the layer x's; any other name is a layer of its own.
    """
    name = _WRAPPER.sub("", parameter) or parameter
    found = _OF_A_MODULE.fullmatch(name)
    return (found["layer"], found["kind"]) if found else (name, "weight")


def _of_a_layer(key: str, dialects: Sequence[Dialect], first_rank: int) -> Meaning | None:
    for rank, dialect in enumerate(dialects, first_rank):
        name = dialect.layer_in(key)
        if name is None:
            continue
        # of a parameter Lightning logs a number of each step, and its mean over an epoch
        span = None if dialect.metric else _SPAN_SUFFIX.search(name)
        if span:
            name = name[: span.start()]
        layer, kind = layer_and_kind(name)
        metric = dialect.metric or f"{kind}_grad_norm"
        if metric == "weight_norm" and kind == "bias":
            return None
        return Meaning(metric, layer, 3 * rank + (_SPANS[span[1]] if span else 0))
    return None


def _of_the_run(key: str) -> Meaning | None:
    if _RATE_OF_A_GROUP.fullmatch(key):
        # Lightning's LearningRateMonitor, Ultralytics, fastai: the first group of parameters
        return Meaning("learning_rate", None, 3)
    words = {*_WORD.findall(key.lower())}
    metric = _BY_WORDS.get(frozenset(words - _TRAINING - _HELD_OUT - {*_SPANS}))
    if metric and words & _HELD_OUT:
        metric = _ON_HELD_OUT.get(metric)
    rank = max((_SPANS[word] for word in words & {*_SPANS}), default=0)
    return Meaning(metric, None, rank) if metric else None
