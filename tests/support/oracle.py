"""An independent reference network: its forward pass is plain autograd, its gradients autograd's.

No backward formula is written here, so agreement with it is evidence for one that was.
"""

from collections.abc import Callable
from dataclasses import dataclass
from math import pi, sqrt
from typing import Any

import autograd.numpy as np
from autograd import value_and_grad
from autograd.tracer import getval

Array = Any  # a numpy array, or autograd's box around one

EPS = 1e-5
SELU_ALPHA = 1.6732632423543772848170429916717
SELU_SCALE = 1.0507009873554804934193349852946


@dataclass
class Parameters:
    """Everything that is learned, or the gradient with respect to it; lists run over the layers."""

    weights: list[Array]  # (fan_out, fan_in)
    biases: list[Array]  # (fan_out,)
    gammas: list[Array]  # (features the norm acts on,); no entries without a norm
    betas: list[Array]
    alphas: list[Array]  # 0-d, one per layer; no entries unless the scale is rezero
    readout_weight: Array  # (outputs, width)
    readout_bias: Array  # (outputs,)


def sigmoid(x: Array) -> Array:
    """1 / (1 + e^-x) with full relative precision in both tails; beyond +-800 it is 0 or 1."""
    return np.exp(-np.logaddexp(0.0, -np.clip(x, -800.0, 800.0)))


def tanh(x: Array) -> Array:
    """Hyperbolic tangent; clipped where it is 1 because its derivative squares a cosh."""
    return np.tanh(np.clip(x, -350.0, 350.0))


def softplus(x: Array) -> Array:
    """log(1 + e^x)."""
    return np.logaddexp(0.0, x)


def softsign(x: Array) -> Array:
    """x / (1 + |x|), rewritten for large |x| so that its derivative does not cancel."""
    sign = np.where(x < 0, -1.0, 1.0)
    return np.where(np.abs(x) < 1, x / (1.0 + np.abs(x)), sign - 1.0 / (x + sign))


def elu(x: Array, alpha: float = 1.0) -> Array:
    """x above 0, alpha (e^x - 1) below; at 0 the derivative is alpha.

    The differentiated expm1 is used near 0 only: its derivative is 1 + expm1, which cancels below.
    """
    near = x > -1
    small = np.expm1(np.where(near & (x <= 0), x, 0.0))
    return np.where(x > 0, x, alpha * np.where(near, small, np.exp(np.where(near, -1.0, x)) - 1.0))


def gelu(x: Array) -> Array:
    """The tanh form, as x sigmoid(2y), which equals x (1 + tanh y) / 2 without cancelling."""
    return x * sigmoid(2.0 * sqrt(2.0 / pi) * (x + 0.044715 * x**3))


ACTIVATIONS: dict[str, Callable[[Array], Array]] = {
    "sigmoid": sigmoid,
    "linear": lambda x: x,
    "hard_sigmoid": lambda x: np.where(np.abs(x) < 3, x / 6.0 + 0.5, (np.sign(x) + 1.0) / 2.0),
    "tanh": tanh,
    "hard_tanh": lambda x: np.where(np.abs(x) < 1, x, np.sign(x)),
    "softsign": softsign,
    "arctan": np.arctan,
    "sin": np.sin,
    "relu": lambda x: np.where(x <= 0, 0.0, x),
    "elu": elu,
    "selu": lambda x: SELU_SCALE * elu(x, SELU_ALPHA),
    "gelu": gelu,
    "silu": lambda x: x * sigmoid(x),
    "mish": lambda x: x * tanh(softplus(x)),
    "softplus": softplus,
}


def activate(spec: dict[str, Any], x: Array) -> Array:
    """phi of the specification; at a kink its derivative is PyTorch's."""
    if spec["activation"] == "leaky_relu":
        return np.where(x > 0, x, spec["negative_slope"] * x)
    return ACTIVATIONS[spec["activation"]](x)


def normalize(spec: dict[str, Any], p: Parameters, index: int, x: Array) -> Array:
    """N(x) of the layer with this 0-based index, with its gamma and beta; x itself without one."""
    kind = spec["norm"]
    if kind == "none":
        return x
    axis = {"batch": 0, "layer": 1, "rms": 1}[kind]
    centred = x if kind == "rms" else x - np.mean(x, axis=axis, keepdims=True)
    scale = np.sqrt(np.mean(centred * centred, axis=axis, keepdims=True) + EPS)
    return p.gammas[index] * (centred / scale) + p.betas[index]


def combine(spec: dict[str, Any], p: Parameters, index: int, stream: Array, branch: Array) -> Array:
    """The stream after the skip; the branch alone where there is none or the widths differ."""
    if spec["residual"] == "none" or stream.shape != branch.shape:
        return branch
    scale = spec["residual_scale"]
    if scale == "one":
        return stream + branch
    if scale == "sqrt_depth":
        return stream + branch / sqrt(len(p.weights))
    if scale == "sqrt_two":
        return (stream + branch) / sqrt(2.0)
    if scale == "rezero":
        return stream + p.alphas[index] * branch
    raise ValueError(f"unknown residual_scale {scale!r}")


def forward(
    spec: dict[str, Any],
    p: Parameters,
    x: Array,
    taps: list[Array] | None = None,
    sites: list[Array] | None = None,
) -> dict[str, Any]:
    """The pass: lists z, u (phi's arguments) and h (h_0 to h_L), and the read-out f.

    taps are added to the z_l and sites to the h_l, l = 0 included, before anything uses them.
    """
    residual, position = spec["residual"], spec["norm_position"]
    if residual not in ("none", "post_activation", "pre_activation"):
        raise ValueError(f"unknown residual {residual!r}")
    if position not in ("pre", "post"):
        raise ValueError(f"unknown norm_position {position!r}")
    if residual != "none" and spec["norm"] != "none" and position == "post":
        raise ValueError("a norm after phi is defined without a skip only")
    stream = x if sites is None else x + sites[0]
    zs, us, hs = [], [], [stream]
    for index in range(len(p.weights)):
        if residual == "pre_activation":
            u = normalize(spec, p, index, stream)
            source = activate(spec, u)
        else:
            source = stream
        z = source @ p.weights[index].T + p.biases[index]
        if taps is not None:
            z = z + taps[index]
        if residual == "pre_activation":
            branch = z
        elif position == "pre":
            u = normalize(spec, p, index, z)
            branch = activate(spec, u)
        else:
            u = z
            branch = normalize(spec, p, index, activate(spec, u))
        stream = combine(spec, p, index, stream, branch)
        if sites is not None:
            stream = stream + sites[index + 1]
        zs.append(z)
        us.append(u)
        hs.append(stream)
    return {"z": zs, "u": us, "h": hs, "f": stream @ p.readout_weight.T + p.readout_bias}


def loss(
    spec: dict[str, Any],
    f: Array,
    labels: Array | None = None,
    targets: Array | None = None,
    cotangent: Array | None = None,
) -> Array:
    """The scalar loss of the read-out f; each kind uses its own one of the last three arguments."""
    batch = f.shape[0]
    if spec["loss"] == "cross_entropy":
        shifted = f - np.max(getval(f), axis=1, keepdims=True)
        picked = shifted[np.arange(batch), labels]
        return np.mean(np.log(np.sum(np.exp(shifted), axis=1)) - picked)
    if spec["loss"] == "mse":
        return np.sum((f - targets) ** 2) / (2.0 * batch)
    if spec["loss"] == "probe":
        return np.sum(cotangent * f) / batch
    raise ValueError(f"unknown loss {spec['loss']!r}")


def as_arrays(values: Any) -> Any:
    """The same array, or list of arrays, in float64; 0-d ones stay arrays."""
    if isinstance(values, list):
        return [np.array(value, dtype=np.float64) for value in values]
    return np.array(values, dtype=np.float64)


def gradients(
    spec: dict[str, Any],
    p: Parameters,
    x: Array,
    labels: Array | None = None,
    targets: Array | None = None,
    cotangent: Array | None = None,
) -> tuple[float, Parameters, dict[str, list[Array]]]:
    """The loss, its gradient for every parameter, and lists delta (dL/dz_l) and g (dL/dh_l).

    delta and g are derivatives for zero arrays added to z_l and h_l, hence total derivatives.
    """
    x = as_arrays(x)
    learned = {name: as_arrays(values) for name, values in vars(p).items()}
    plain = forward(spec, Parameters(**learned), x)
    taps, sites = ([np.zeros_like(value) for value in plain[key]] for key in ("z", "h"))

    def objective(values: Any, taps: Any, sites: Any) -> Array:
        boxed = Parameters(**{name: values[name] for name in learned})
        f = forward(spec, boxed, x, taps, sites)["f"]
        return loss(spec, f, labels, targets, cotangent)

    value, (found, delta, g) = value_and_grad(objective, (0, 1, 2))(learned, taps, sites)
    found = Parameters(**{name: as_arrays(values) for name, values in found.items()})
    return float(value), found, {"delta": as_arrays(delta), "g": as_arrays(g)}
