"""The diagnosis in words: a labelled sentence for each finding, for report, panel and key line."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from engine import Trace, verdict
from engine.catalogue.normalizations import NORM_NAMES
from engine.catalogue.wirings import WIRINGS
from engine.diagnosis.diagnosis import NOTABLE_GAP, DepthScale, Diagnosis, Gap, Stretch
from engine.diagnosis.folklore import Remark
from engine.diagnosis.format_limits import Limit
from engine.diagnosis.remedies import Candidate, Remedy
from engine.experiment.domains import Value
from engine.experiment.experiment import Experiment
from engine.numerics.formats import NUMBER_FORMATS
from tui.state.actions import ACTIVATION_RING, BY_ID, INIT_RING, key_label
from tui.words.numbers import factor, power
from tui.words.verdict import KIND_WORDS, cause_text, verdict_text

Keys = Callable[[str], str]
"""The label of an action's first key."""


def default_keys(action: str) -> str:
    """The key that an action has unless somebody remapped it."""
    return key_label(BY_ID[action].keys[0])


FAMILY_WORDS: dict[str, str] = {
    "scale": "residual scale",
    "activation": "φ'",
    "norm": "norm",
    "weight": "weights",
    "skip": "skips",
}

SILENCE_WORDS: dict[str, str] = {
    "no_theory": "theory does not cover this network",
    "narrow": "theory is about wide networks: nothing to say below 16 units",
    "zeros": "all weights are 0: theory has nothing to say",
    "zero_branch": "every branch starts at 0: theory has nothing to say",
    "small_batch": "BatchNorm's gradients have no finite average below 4 samples",
    "low_rank": "data of so few features keep samples alike, which BatchNorm's theory rules out",
    "norm_after_bias": "theory does not cover BatchNorm after φ with biases",
    "saturated": "so few units pass a gradient that averages mean nothing: theory is silent",
    "trained": "theory is about fresh weights: nothing to say of a trained network",
}
"""Why there is no prediction, by the engine's code."""

GAP_WORDS: dict[str, str] = {
    "narrow": "few units: one draw is not the average; B shows 16",
    "large_batch": "the batch is not small against the width, which BatchNorm's theory assumes",
    "first_layer": "layer 1 sees data of another width and scale",
}

BASIS_WORDS: dict[str, str] = {
    "mean_field": "mean field",
    "finite_batch": "BatchNorm's mean field at this batch size",
    "closure": "mean field with the stream's mean, at this width",
}


@dataclass(frozen=True)
class Finding:
    """One labelled sentence."""

    label: str
    text: str


def findings(
    trace: Trace,
    diagnosis: Diagnosis,
    remedies: tuple[Remedy, ...],
    keys: Keys = default_keys,
) -> list[Finding]:
    """The whole report, the verdict first."""
    judged = diagnosis.verdict
    found = [Finding(KIND_WORDS[judged.kind].lower(), verdict_text(trace, judged))]
    cause = cause_text(trace, judged)
    if cause:
        found.append(Finding("cause", cause))
    if diagnosis.shares:
        found.append(Finding("factors", shares_text(diagnosis.shares)))
    found += [Finding("saturated", text) for text in _stretches(diagnosis.saturated, _SATURATED)]
    found += [Finding("dead units", text) for text in _stretches(diagnosis.dead, _DEAD)]
    if diagnosis.scale is not None:
        found.append(Finding("depth scale", scale_text(diagnosis.scale, trace.depth)))
    found += [Finding("formats", text) for text in _limits(diagnosis.limits)]
    found.append(Finding("theory", theory_text(trace, diagnosis.gap)))
    found += [Finding("folklore", remark_text(remark)) for remark in diagnosis.folklore]
    found += [Finding("try", remedy_text(trace, remedy, keys)) for remedy in remedies]
    return found


def shares_text(shares: Mapping[str, float]) -> str:
    """What each factor family adds from the last layer to the first, the largest first."""
    told = sorted(
        ((family, decades) for family, decades in shares.items() if abs(decades) >= 0.05),
        key=lambda share: -abs(share[1]),
    )
    parts = [f"{FAMILY_WORDS[family]} {power(decades)}" for family, decades in told]
    return f"{' × '.join(parts)} = {power(sum(shares.values()))}" if parts else "all near ×1"


_SATURATED = "{share:.0%} of φ' are below 5 % of its maximum"
_DEAD = "{share:.0%} of the units have φ' = 0 on the whole batch"
MOST_STRETCHES = 3


def _stretches(found: tuple[Stretch, ...], words: str) -> list[str]:
    texts = [f"{_layers(s)}: {words.format(share=s.value)}" for s in found[:MOST_STRETCHES]]
    if len(found) > MOST_STRETCHES:
        texts[-1] += f"; and {len(found) - MOST_STRETCHES} more"
    return texts


def _layers(stretch: Stretch) -> str:
    if stretch.first == stretch.last:
        return f"layer {stretch.first}"
    return f"layers {stretch.first}-{stretch.last}"


def scale_text(scale: DepthScale, depth: int) -> str:
    """How deep a network of this kind can be trained."""
    if math.isinf(scale.xi):
        return "at the edge of chaos: no depth is too deep for the gradient's average"
    times = "6 ξ" if scale.basis == "mean_field" else "16 ξ (BatchNorm)"
    word = "within reach" if depth <= scale.trainable else f"depth {depth} is beyond it"
    if scale.trainable > MANY_LAYERS:
        return f"trainable to about {times}, thousands of layers: {word}"
    layers = f"{scale.trainable:.0f} layer{'' if round(scale.trainable) == 1 else 's'}"
    return f"trainable to about {times} = {layers} (ξ = {scale.xi:.2g}): {word}"


MANY_LAYERS = 1000


def _limits(found: tuple[Limit, ...]) -> list[str]:
    tiny = {entry.name: entry.tiny for entry in NUMBER_FORMATS}
    huge = {entry.name: entry.huge for entry in NUMBER_FORMATS}
    texts = []
    for limit in found:
        layers = _layers(Stretch(min(limit.layer, limit.last), max(limit.layer, limit.last), 0.0))
        if limit.kind == "underflow":
            texts.append(
                f"{limit.format} underflows in {layers}: {limit.share:.0%} of layer "
                f"{limit.layer}'s δ are below its normal range, {tiny[limit.format]:.1e}"
            )
            continue
        way = "forward" if limit.where == "forward" else "on the way back"
        texts.append(
            f"{limit.format} overflows {way} in {layers}: values above {huge[limit.format]:.6g}"
        )
    return texts


def theory_text(trace: Trace, gap: Gap | None) -> str:
    """How far theory and measurement part, and why where that is known."""
    prediction = trace.prediction
    if prediction.reason is not None:
        return SILENCE_WORDS[prediction.reason]
    if gap is None:
        return "no number to compare theory with"
    basis = BASIS_WORDS[prediction.basis]
    if abs(gap.decades) < NOTABLE_GAP:
        where = "in every layer" if (trace.delta_norm > 0).all() else "where there is a gradient"
        return f"{basis}: right to {max(abs(gap.decades), 0.01):.2f} decades {where}"
    why = f": {GAP_WORDS[gap.reason]}" if gap.reason else ""
    side = "above" if gap.decades > 0 else "below"
    apart = f"{abs(gap.decades):.1f} decades {side} at layer {gap.layer}"
    return f"{basis}: measured {apart}{why}"


REMARKS: dict[str, Callable[[Mapping[str, float]], str]] = {
    "bound_power": lambda n: (
        f"{n['bound']:.3g}^{n['steps']:.0f} = {power(n['folklore'])} is the bound on φ' alone; "
        f"φ' does {factor(n['phi'])} here, all factors {factor(n['per_layer'])} per layer: "
        f"{power(n['measured'])}"
    ),
    "flat_weight_gradients": lambda n: (
        f"|dL/dW| is near {power(n['level'])} in all of layers 2-{n['depth']:.0f} and hides that δ "
        f"changes by {power(n['delta'])}, the activations by as much the other way"
    ),
    "norm_explodes": lambda n: (
        f"BatchNorm does not cure depth: without skips it multiplies |δ|² by {n['rate']:.3f} per "
        f"layer at batch {n['batch_size']:.0f} (Yang et al. 2019)"
    ),
    "block_growth": lambda n: (
        f"h² grows {factor(n['measured'])} per block, not {n['naive']:.3g}: φ's outputs have a "
        "mean, and means add up"
    ),
    "skips_explode": lambda n: (
        f"skips alone do not cure depth: without norm or scale the signal grows by "
        f"{power(n['signal'])} forward and the gradient by {power(n['gradient'])} back"
    ),
    "critical_out_of_reach": lambda n: (
        f"no usual init keeps its gradients: the edge of chaos takes σ_w² of {n['least']:.0f} or "
        f"more, here it is {n['now']:.3g}"
    ),
}


def remark_text(remark: Remark) -> str:
    """A piece of folklore set right."""
    return REMARKS[remark.code](remark.numbers)


@dataclass(frozen=True)
class Way:
    """How a person makes a change: an action's id, how often its key, and words for the change."""

    action: str
    words: str
    presses: int = 1


MOST_PRESSES = 3

_RINGS: dict[str, tuple[str, tuple[str, ...], str]] = {
    "activation": ("next_activation", ACTIVATION_RING, "pick_activation"),
    "init": ("next_init", INIT_RING, "pick_init"),
    "residual": ("next_residual", tuple(WIRINGS), "settings"),
    "norm": ("next_norm", NORM_NAMES, "settings"),
}
"""The action that goes round a setting's values, its ring, and the one that shows all."""


def way_of(experiment: Experiment, setting: str, value: Value) -> Way:
    """The action that leads from an experiment to a setting's value."""
    words = _change_words(setting, value)
    if (setting, value) == ("norm", "batch"):
        return Way("toggle_batch_norm", words)
    if setting not in _RINGS:
        return Way("settings", words)
    action, ring, other = _RINGS[setting]
    now = experiment.settings()[setting]
    if value not in ring:
        return Way(other, words)
    start = ring.index(str(now)) if now in ring else -1
    presses = (ring.index(str(value)) - start) % len(ring)
    return Way(action, words, presses) if presses <= MOST_PRESSES else Way(other, words)


def _change_words(setting: str, value: Value) -> str:
    name = f"{value:g}" if isinstance(value, float) else str(value)
    named = {
        ("norm", "batch"): "BatchNorm",
        ("norm", "none"): "no norm",
        ("residual", "none"): "no skips",
        ("residual", "pre_activation"): "pre-activation skips",
        ("residual", "post_activation"): "post-activation skips",
    }
    if (setting, value) in named:
        return named[setting, name]
    words = {"activation": name, "norm": f"{name} norm"}
    return words.get(setting, f"{setting} {name}").replace("_", " ")


def remedy_text(trace: Trace, remedy: Remedy, keys: Keys = default_keys) -> str:
    """What a change that was tried would do, with the keys that make it."""
    before, after = verdict(trace), remedy.verdict
    way = way_of(trace.experiment, remedy.candidate.setting, remedy.candidate.value)
    was = power(before.decades) if before.decades is not None else before.kind
    now = power(after.decades) if after.decades is not None else after.kind
    pressed = " ".join([keys(way.action)] * way.presses)
    return f"[{pressed}] {way.words}: from {was} to {now}"


def outcome_text(remedy: Remedy) -> str:
    """What a change leads to, briefly."""
    words = _change_words(remedy.candidate.setting, remedy.candidate.value)
    after = remedy.verdict
    return f"{words} → {power(after.decades) if after.decades is not None else after.kind}"


def changed_settings(experiment: Experiment, candidate: Candidate) -> dict[str, Value]:
    """The settings in which a candidate differs from the experiment."""
    old, new = experiment.settings(), candidate.experiment.settings()
    return {name: value for name, value in new.items() if value != old[name]}
