"""Every sentence a person reads that is made from the engine's codes and numbers."""

from __future__ import annotations

import difflib
import math
from collections.abc import Callable, Iterable, Mapping

from engine import SettingError, Trace, Verdict
from engine.experiment.experiment import Experiment, Training
from tui.charts.product import Product

SETTING_HELP: dict[str, str] = {
    "activation": "phi, applied to each unit",
    "negative_slope": "slope of leaky_relu below 0",
    "depth": "number of hidden layers",
    "width": "units in each hidden layer",
    "init": "how the hidden weights are drawn",
    "gain": "multiplies the hidden weights",
    "bias_std": "standard deviation of the hidden biases",
    "residual": "skip connection round each layer",
    "residual_scale": "coefficients of skip and branch",
    "norm": "normalisation in each layer",
    "norm_position": "before or after the activation",
    "dtype": "number type of every pass",
    "dataset": "what the network sees",
    "input_dim": "features of gaussian data; 0: the width",
    "noise": "noise on the inputs, in standard deviations",
    "test_fraction": "share of the samples kept for testing",
    "batch_size": "samples in each pass",
    "seed": "decides every random draw",
    "loss": "what the gradient is the gradient of",
    "optimizer": "how a gradient becomes a step",
    "learning_rate": "eta, the length of a step",
    "momentum": "what momentum and nesterov keep of the last step",
    "weight_decay": "pulls the weights towards 0",
    "schedule": "the learning rate's course over the steps",
    "schedule_steps": "where cosine reaches 0",
    "warmup": "steps in which the learning rate rises",
    "clip_value": "bound of each gradient element; 0: none",
    "clip_norm": "bound of the gradient's norm; 0: none",
}

METRIC_LABELS: dict[str, str] = {
    "delta": "|δ|  gradient at each layer's linear output",
    "weight_grad": "|dL/dW|  gradient of each layer's weights",
    "update": "|η dL/dW| / |W|  update relative to the weights; aim near 1e-3",
    "activation": "rms of h  each layer's output",
    "preactivation": "rms of z  each layer's linear output",
}
"""What the bars show, for each of METRICS."""

VIEW_FORMULAS: dict[str, str] = {"chain": "|g| = |∂L/∂h|", "activation": "", "training": ""}
"""What the header says of a view that does not show the metric."""

METRIC_FORMULAS: dict[str, str] = {
    "delta": "|δ| = |∂L/∂z|",
    "weight_grad": "|∂L/∂W|",
    "update": "|η ∂L/∂W| / |W|",
    "activation": "rms of h",
    "preactivation": "rms of z",
}

PINNED = "pinned: change one thing and compare; P swaps, p unpins"
UNPINNED = "nothing is pinned any more"
NOTHING_PINNED = "nothing is pinned: p pins this run"
TRAINED_STAYS = "runs are swapped at step 0 only; u brings a trained one back"
REWOUND = "step 0, the same weights as then; u brings the trained ones back"
AT_STEP_0 = "this is step 0"
NO_MEMORY_TO_TRAIN = "there is not enough memory to train this network"
NO_MEMORY = "there is not enough memory for this network: take a smaller one"
RESTARTED = "step 0: the network is another one; u brings the trained one back"
WEIGHTS_GONE = "step 0: the trained weights are not kept any more"
QUIT_ASKS = "q again leaves chainrule: the training run would be lost"
BACK_TO_STEP_0 = "backspace goes to step 0"
NO_WAY_BACK = f"no step that far back is kept: {BACK_TO_STEP_0}"

SAME_AS_PINNED = "the same as now: change one thing and compare"

TRYING = "trying what helps …"
NOTHING_TO_REPAIR = "this network is healthy: there is nothing to repair"
NO_REMEDY = "no single change that was tried helps: d says more"

FLAT_WEIGHT_GRADIENT = "|dL/dW| is flat, δ is not: small δ times large h cancel in δ × h"


def flag(setting: str) -> str:
    """The command line's name of a setting."""
    return "--" + setting.replace("_", "-")


def nearest(word: str, allowed: Iterable[str]) -> str | None:
    """The closest of the allowed names, if one is close."""
    matches = difflib.get_close_matches(word, list(allowed), n=1, cutoff=0.5)
    return matches[0] if matches else None


def suggestion(word: str, allowed: Iterable[str]) -> str:
    """A clause that names the nearest match, or nothing."""
    match = nearest(word, allowed)
    return f" (did you mean {match}?)" if match else ""


def _shown(value: object) -> str:
    return repr(value) if isinstance(value, str) else str(value)


def size(count: object) -> str:
    """A number of bytes in GB or MB."""
    value = float(str(count))
    return f"{value / 1e9:.1f} GB" if value >= 1e9 else f"{value / 1e6:.0f} MB"


def number(value: object) -> str:
    """A bound as people write it."""
    return f"{value:g}" if isinstance(value, float) else str(value)


def _unknown_name(d: Mapping[str, object]) -> str:
    allowed = [str(name) for name in d["allowed"]]  # type: ignore[attr-defined]
    hint = suggestion(str(d["value"]), allowed)
    return f"no {d['setting']} named {_shown(d['value'])}{hint}; one of {', '.join(allowed)}"


def _unknown_setting(d: Mapping[str, object]) -> str:
    allowed = [str(name) for name in d["allowed"]]  # type: ignore[attr-defined]
    hint = suggestion(str(d["setting"]), allowed)
    return f"no setting named {_shown(d['setting'])}{hint}; one of {', '.join(allowed)}"


def _bounds(d: Mapping[str, object]) -> str:
    return f"from {number(d['low'])} to {number(d['high'])}"


def _no_critical_point(d: Mapping[str, object]) -> str:
    least = d["least"]
    why = (
        "has no point with sigma_b^2 >= 0 where chi_1 = 1"
        if least is None
        else f"reaches chi_1 = 1 only from sigma_w^2 = {float(str(least)):.0f} on"
    )
    allowed = ", ".join(str(name) for name in d["allowed"])  # type: ignore[attr-defined]
    return f"init critical: {d['activation']} {why}; allowed activations: {allowed}"


FILE_ERRORS: dict[str, Callable[[Mapping[str, object]], str]] = {
    "file_unreadable": lambda d: f"cannot read {d['path']}: {d['why']}",
    "file_too_large": lambda d: (
        f"{d['path']} holds {size(d['size'])}; allowed up to {size(d['high'])}"
    ),
    "file_not_text": lambda d: f"{d['path']} is not UTF-8 text",
    "file_bad_row": lambda d: f"{d['path']} row {d['row']}: {d['why']}",
    "file_one_column": lambda d: (
        f"{d['path']} row {d['row']} has one column; needed: features, and the label last"
    ),
    "file_ragged": lambda d: (
        f"{d['path']} row {d['row']} has {d['columns']} columns; expected {d['expected']}"
    ),
    "file_not_number": lambda d: (
        f"{d['path']} row {d['row']}, column {d['column']}: {_shown(d['value'])} "
        "is not a finite number"
    ),
    "file_not_npz": lambda d: f"{d['path']} is not an NPZ file of plain arrays",
    "file_no_array": lambda d: (
        f"{d['path']} has no array {d['missing']}; needed: x and y; found: "
        + (", ".join(map(str, d["found"])) or "none")  # type: ignore[call-overload]
    ),
    "file_shapes": lambda d: (
        f"{d['path']}: x {d['x']} and y {d['y']} do not go together; "
        "needed: x with a row and y with a label for each sample"
    ),
    "file_not_numeric": lambda d: f"{d['path']}: x holds {d['dtype']}; needed: real numbers",
    "file_too_short": lambda d: f"{d['path']} has {d['rows']} samples; allowed from 2 on",
    "file_too_wide": lambda d: (
        f"{d['path']} has {d['features']} features; allowed up to {d['high']}"
    ),
    "file_too_many_classes": lambda d: (
        f"{d['path']} has {d['classes']} different labels in its last column; "
        f"allowed up to {d['high']}"
    ),
}


ERRORS: dict[str, Callable[[Mapping[str, object]], str]] = {
    "unknown_name": _unknown_name,
    "unknown_setting": _unknown_setting,
    "not_whole": lambda d: (
        f"{d['setting']} {_shown(d['value'])} is not a whole number; allowed {_bounds(d)}"
    ),
    "not_number": lambda d: (
        f"{d['setting']} {_shown(d['value'])} is not a number; allowed {_bounds(d)}"
    ),
    "out_of_range": lambda d: (
        f"{d['setting']} {_shown(d['value'])} is out of range; allowed {_bounds(d)}"
    ),
    "scale_without_skip": lambda d: (
        "residual_scale needs a skip connection; allowed without one: one"
    ),
    "position_without_norm": lambda d: "norm_position post needs a norm; allowed without one: pre",
    "post_norm_with_skip": lambda d: (
        "norm_position post works without a skip only; allowed with one: pre"
    ),
    "batch_norm_of_one": lambda d: (
        "batch_size 1 with norm batch makes every output 0; allowed from 2 on"
    ),
    "input_dim_is_fixed": lambda d: (
        f"input_dim is fixed by dataset {d['dataset']} ({d['features']} features); allowed: 0"
    ),
    "layer_norm_of_one": lambda d: (
        "width 1 with norm layer makes every output 0; allowed from 2 on"
    ),
    "init_sets_gain": lambda d: f"init {d['init']} sets its own scale; allowed gain with it: 1",
    "init_sets_bias": lambda d: (
        f"init {d['init']} sets its own biases; allowed bias_std with it: 0"
    ),
    "no_critical_point": _no_critical_point,
    **FILE_ERRORS,
    "batch_exceeds_data": lambda d: (
        f"batch_size {d['value']} is more than the training samples of {d['dataset']}; "
        f"allowed from 1 to {d['high']}"
    ),
    "momentum_without_use": lambda d: (
        f"momentum goes with optimizer {' or '.join(d['allowed'])} only; "  # type: ignore[arg-type]
        f"allowed with {d['optimizer']}: {d['default']}"
    ),
    "length_without_end": lambda d: (
        f"schedule_steps goes with schedule cosine only; "
        f"allowed with {d['schedule']}: {d['default']}"
    ),
    "warmup_exceeds_schedule": lambda d: (
        f"warmup {d['value']} leaves no step for schedule {d['schedule']}; "
        f"allowed from 0 to {d['high']}, below schedule_steps"
    ),
    "too_large": lambda d: (
        f"depth {d['depth']} x width {d['width']} needs about {size(d['required'])} of memory; "
        f"{size(d['available'])} are free: take a smaller depth, width or batch_size"
    ),
}
"""A sentence for each code of SettingError: what is wrong, what is allowed, the nearest match."""


def error_text(error: SettingError) -> str:
    """What is wrong with a setting, in one line."""
    return ERRORS[error.code](error.details).replace("\n", " ")


def power(decades: float) -> str:
    """10 to that many decades, as people read it: 10^-12.1, or a plain factor near 1."""
    return f"10^{decades:+.1f}" if abs(decades) >= 0.05 else "10^0"


def reading(value: float) -> str:
    """A measured value; one that is not finite by its name."""
    return factor(value) if math.isfinite(value) else str(value)


def factor(value: float) -> str:
    """A factor with three figures, in powers of ten where it is very small or large."""
    if math.isnan(value):
        return "–"
    if value == 0:
        return "0"
    if 1e-3 <= abs(value) < 1e4:
        return f"{value:#.3g}".rstrip(".")
    return f"{value:.1e}"


KIND_WORDS: dict[str, str] = {
    "healthy": "HEALTHY",
    "vanishing": "VANISHING",
    "exploding": "EXPLODING",
    "dead": "DEAD",
    "overflow": "OVERFLOW",
}


def verdict_text(trace: Trace, verdict: Verdict) -> str:
    """The verdict's sentence, without its word."""
    depth = trace.depth
    if verdict.kind == "overflow":
        where = f"at layer {verdict.layer}" if verdict.layer else "in the loss"
        return f"values stop being finite {where}: no gradient is left"
    if verdict.kind == "dead":
        return _dead_text(trace, verdict.layer or depth)
    if verdict.decades is None or verdict.factor_per_layer is None:
        return f"too few layers for a slope: depth {depth}, a verdict takes 3"
    step = f"×{factor(verdict.factor_per_layer)} per layer"
    if verdict.kind == "healthy" and abs(verdict.decades) < 0.05:
        return f"{step}: layer 1 gets as much as layer {depth}"
    return f"{step}: layer 1 gets about {power(verdict.decades)} of layer {depth}'s δ"


def verdict_short(trace: Trace, verdict: Verdict) -> str:
    """The verdict's numbers, where there is no room for its sentence."""
    if verdict.decades is not None and verdict.factor_per_layer is not None:
        return f"×{factor(verdict.factor_per_layer)} per layer, {power(verdict.decades)} in all"
    return f"from layer {verdict.layer}" if verdict.layer else verdict_text(trace, verdict)


def _dead_text(trace: Trace, layer: int) -> str:
    if trace.experiment.network.residual_scale == "rezero" and trace.step == 0:
        return "every branch starts at 0: the gradient takes the skips alone"
    if trace.delta_norm[layer - 1] != 0:
        share = trace.dead_fraction[layer - 1]
        return f"{share:.0%} of the units of layer {layer} have φ' = 0 on the whole batch"
    if trace.first_underflow_layer is not None:
        return (
            f"δ is 0 from layer {layer} down: "
            f"{trace.experiment.network.dtype} underflows at {trace.first_underflow_layer}"
        )
    return f"δ is exactly 0 at layer {layer}: nothing below it learns"


FAMILY_SIGNS: dict[str, str] = {
    "scale": "scale",
    "activation": "φ'",
    "norm": "N",
    "weight": "W",
    "skip": "skip",
}
"""How each family of factors is written in a formula."""

FAMILY_LETTERS: dict[str, str] = {
    "scale": "s",
    "activation": "φ",
    "norm": "N",
    "weight": "W",
    "skip": "+",
}
"""One character each, for a cell of a chart."""

INSPECTING = "looking closer …"
NOT_INSPECTED = "no distributions at this step"

CHAIN_STARTS = "move the cursor left: each layer multiplies its factors in"


def chain_trouble(product: Product) -> str:
    """Why a product has no factors to show, in words; empty where it has."""
    if product.zero_at is not None:
        return f"layer {product.zero_at}'s step makes it exactly 0, and so it stays"
    if product.not_finite_at is not None:
        return f"no number is left at layer {product.not_finite_at}: it overflowed"
    if product.skipped:
        which = "every branch" if product.skipped == product.steps else "a branch"
        return f"{which} is 0 here: 1 + 0, the skip alone carries it"
    if product.steps and not product.decades and product.total:
        return "a factor has no number here: the norms give the product"
    return ""


def chain_average(product: Product, has_skip: bool) -> tuple[str, ...]:
    """What one layer's step does on average, as geometric means; the longest wording first."""
    average = {family: 10 ** (log / product.steps) for family, log in product.decades.items()}
    whole = factor(10 ** (product.total / product.steps))
    if has_skip:
        average.pop("skip", None)
    parts = " × ".join(f"{FAMILY_SIGNS[family]} {factor(f)}" for family, f in average.items())
    if has_skip:
        short = f"a layer on average: 1 + branch = ×{whole}"
        return (
            f"{short}, branch = {parts or '1'}",
            f"1 + branch = ×{whole}, branch = {parts}",
            short,
        )
    short = f"a layer on average: ×{whole}"
    return (f"a layer on average: {parts} = ×{whole}" if parts else short), short


_CAUSE_WORDS: dict[str, str] = {
    "scale": "the residual scale",
    "activation": "φ'",
    "norm": "the norm, which divides by the spread that the weights made",
    "weight": "the weights",
    "skip": "the skips: each adds its branch's gradient",
}


def cause_short(verdict: Verdict) -> str:
    """Which factor is guilty, in a word or two; empty where nothing is."""
    return (
        f"mostly {_CAUSE_WORDS[verdict.cause].split(',')[0].split(':')[0]}" if verdict.cause else ""
    )


def _overflow_text(trace: Trace) -> str:
    """How fast the signals grow towards the layer where they overflow."""
    signals = trace.activation_rms
    usable = signals[(signals > 0) & (signals < math.inf)]
    if len(usable) < 3:
        return ""
    step = (usable[-1] / usable[0]) ** (1 / (len(usable) - 1))
    if step <= 1.05:
        return ""
    return f"signals grow ×{factor(float(step))} per layer on their way to the output"


def cause_text(trace: Trace, verdict: Verdict) -> str:
    """Which factor is guilty, in a sentence; empty where nothing is."""
    if verdict.kind == "overflow":
        return _overflow_text(trace)
    if verdict.cause is None or verdict.factor_per_layer is None:
        return ""
    from engine.catalogue.activations import activation

    network = trace.experiment.network
    verb = "shrink" if verdict.kind == "vanishing" else "grow"
    who = _CAUSE_WORDS[verdict.cause]
    text = f"mostly {who}"
    if verdict.cause == "activation" and verb == "shrink":
        bound = activation(network.activation, network.negative_slope).bound
        if bound < 1:
            return f"{text}: {network.activation}' never exceeds {bound:g}"
        return (
            text if network.norm != "none" else f"{text}, which {network.init} does not make up for"
        )
    if verdict.cause == "weight":
        how = "small" if verb == "shrink" else "large"
        who = network.init if network.gain == 1 else f"{network.init} with gain {network.gain:.3g}"
        return f"{text}: {who} makes them too {how} for this network"
    return text


def divergence_text(trace: Trace) -> str:
    """Where training ended, in a sentence; empty while it has not."""
    end = trace.divergence
    if end is None or end.step == 0:
        # at step 0 the verdict says it already
        return ""
    where = f" in layer {end.layer}" if end.layer else ""
    return f"diverged at step {end.step}{where}: this is the last finite pass, of step {trace.step}"


def experiment_words(experiment: Experiment) -> list[str]:
    """The experiment as short words, the most important first."""
    network, data = experiment.network, experiment.data
    words = [network.activation, f"{network.depth} × {network.width}", network.init]
    if network.gain != 1:
        words.append(f"gain {network.gain:.3g}")
    if network.bias_std:
        words.append(f"bias {network.bias_std:.3g}")
    words.append(f"{network.residual.removesuffix('_activation').replace('none', 'no')} skip")
    if network.residual_scale != "one":
        words.append(network.residual_scale)
    words.append("no norm" if network.norm == "none" else f"{network.norm} norm")
    if network.norm_position != "pre":
        words[-1] += " after φ"
    words += [data.dataset, f"seed {data.seed}"]
    defaults = Experiment()
    if data.batch_size != defaults.data.batch_size:
        words.append(f"batch {data.batch_size}")
    if experiment.training.loss != defaults.training.loss:
        words.append(experiment.training.loss)
    if network.dtype != defaults.network.dtype:
        words.append(network.dtype)
    return words + _training_words(experiment.training)


def _training_words(training: Training) -> list[str]:
    """What differs from plain gradient descent, briefly."""
    words = []
    if training.optimizer != "sgd":
        words.append(training.optimizer)
    if training.momentum != Training().momentum:
        words.append(f"momentum {training.momentum:.3g}")
    if training.learning_rate != Training().learning_rate:
        words.append(f"rate {training.learning_rate:.3g}")
    if training.weight_decay:
        words.append(f"decay {training.weight_decay:.3g}")
    if training.schedule != "constant":
        words.append(f"{training.schedule} to {training.schedule_steps}")
    if training.warmup:
        words.append(f"warm-up {training.warmup}")
    if training.clip_value:
        words.append(f"clip {training.clip_value:.3g} each")
    if training.clip_norm:
        words.append(f"clip norm {training.clip_norm:.3g}")
    return words


def differences(pinned: Trace, shown: Trace) -> list[tuple[str, str, str]]:
    """What differs between two runs: (setting, its pinned value, its value now)."""
    before = {**pinned.experiment.settings(), "step": pinned.step}
    after = {**shown.experiment.settings(), "step": shown.step}
    return [
        (name, number(before[name]), number(after[name]))
        for name in before
        if before[name] != after[name]
    ]


def decades_between(value: float, pinned: float) -> str:
    """How many powers of ten a value is above the pinned run's; empty where that is no number."""
    if not (value > 0 and pinned > 0 and math.isfinite(value) and math.isfinite(pinned)):
        return ""
    apart = round(math.log10(value) - math.log10(pinned), 1)
    return f"{apart:+.1f}" if apart else "0.0"
