"""PyTorch's own half and bfloat16 as the judge of what number formats do to a pass."""

import random
from collections.abc import Callable
from math import sqrt
from typing import Any

import numpy as np
import pytest

from engine import Experiment, SettingError, Trainer
from engine.diagnosis.format_limits import FLUSHED_ABOVE, IMPRECISE_ABOVE, limits
from engine.experiment.experiment import batch_at
from engine.numerics.norms import norm
from tests.support.experiments import experiment_of

pytestmark = pytest.mark.heavy

Tensor = Any
NETWORKS = 30

CREEPING = 0.15
"""How far two errors that creep over the bound may be apart where they cross it."""


SETTINGS: dict[str, tuple[Any, ...]] = {
    # not softsign and arctan, which PyTorch puts together from several rounded operations
    "activation": ("sigmoid", "tanh", "hard_tanh", "relu", "leaky_relu", "elu", "gelu", "silu"),
    "init": ("xavier_normal", "he_normal", "lecun_uniform", "orthogonal", "small_normal"),
    "gain": (0.5, 1.0, 1.0, 6.0),
    "depth": (10, 30, 50),
    "width": (32, 64),
    "norm": ("none", "none", "none", "none", "batch", "layer", "rms"),
    "residual": ("none", "none", "none", "post_activation", "pre_activation"),
    "residual_scale": ("one", "sqrt_depth", "sqrt_two"),
}


def networks() -> list[dict[str, Any]]:
    """Varied networks, and those where a rule of thumb would fail."""
    drawn, source = [{}, {"activation": "relu", "depth": 50}], random.Random(0)
    while len(drawn) < NETWORKS:
        settings = {name: source.choice(values) for name, values in SETTINGS.items()}
        if settings["residual"] == "none":
            settings["residual_scale"] = "one"
        try:
            experiment_of(**settings)
        except SettingError:
            continue
        drawn.append(settings)
    return drawn


class TorchPass:
    """One pass of the same network in a torch dtype: every operation's output is of that type."""

    def __init__(self, trainer: Trainer, dtype: Tensor) -> None:
        import torch

        self.experiment, self.parameters = trainer.experiment, trainer.state.parameters
        self.dtype = dtype
        seen = batch_at(self.experiment, trainer.split, 0)
        self.zs: list[Tensor] = []
        self.first_overflow: int | None = None
        h = self.tensor(seen.x)
        for i in range(self.experiment.network.depth):
            h = self.layer(i, h)
            signals = torch.stack([self.zs[-1].abs().max(), h.abs().max()])
            if self.first_overflow is None and not bool(torch.isfinite(signals).all()):
                self.first_overflow = i + 1
        f = self.linear(h, self.parameters.readout_weight, self.parameters.readout_bias)
        labels = torch.from_numpy(np.array(seen.targets.labels))
        torch.nn.functional.cross_entropy(f.double(), labels).backward()
        self.deltas = [z.grad.double().numpy() for z in self.zs]

    def tensor(self, values: np.ndarray) -> Tensor:
        """Those numbers, rounded."""
        import torch

        return torch.from_numpy(np.array(values)).to(self.dtype)

    def linear(self, x: Tensor, weight: np.ndarray, bias: np.ndarray) -> Tensor:
        """x W^T + b."""
        import torch

        return torch.nn.functional.linear(x, self.tensor(weight), self.tensor(bias))

    def activate(self, x: Tensor) -> Tensor:
        """phi."""
        from torch.nn import functional

        special: dict[str, Callable[[Tensor], Tensor]] = {
            "hard_tanh": functional.hardtanh,
            "gelu": lambda x: functional.gelu(x, approximate="tanh"),
        }
        name = self.experiment.network.activation
        return special.get(name, getattr(functional, name, None))(x)  # type: ignore[misc]

    def normalize(self, i: int, x: Tensor) -> Tensor:
        """N."""
        from torch.nn import functional

        kind = self.experiment.network.norm
        if kind == "none":
            return x
        gamma = self.tensor(self.parameters.gammas[i])
        beta = self.tensor(self.parameters.betas[i])
        if kind == "batch":
            return functional.batch_norm(x, None, None, gamma, beta, training=True)
        if kind == "layer":
            return functional.layer_norm(x, x.shape[-1:], gamma, beta)
        return functional.rms_norm(x, x.shape[-1:], gamma, 1e-5)

    def layer(self, i: int, h: Tensor) -> Tensor:
        """h_{l-1} to h_l."""
        network = self.experiment.network
        before = network.residual == "pre_activation"
        source = self.activate(self.normalize(i, h)) if before else h
        z = self.linear(source, self.parameters.weights[i], self.parameters.biases[i])
        _ = z.retain_grad() if z.requires_grad else z.requires_grad_(True)
        self.zs.append(z)
        branch = z if before else self.activate(self.normalize(i, z))
        if network.residual == "none" or h.shape != branch.shape:
            return branch
        if network.residual_scale == "sqrt_two":
            return h / sqrt(2) + branch / sqrt(2)
        scaled = network.residual_scale == "sqrt_depth"
        return h + (branch / sqrt(network.depth) if scaled else branch)


def met(values: np.ndarray, above: float) -> int | None:
    """The first layer on the way back where a value lies above."""
    found = np.flatnonzero(values > above)
    return int(found[-1]) + 1 if len(found) else None


def near(one: int | None, other: int | None) -> bool:
    """The same layer or its neighbour, or none in both."""
    return one == other or (one is not None and other is not None and abs(one - other) <= 1)


@pytest.mark.parametrize("settings", networks(), ids=str)
def test_formats_run_out_where_pytorch_s_do(settings: dict[str, Any]) -> None:
    """To within a layer: overflow, where precision begins to go, and where delta is lost."""
    import torch

    torch.set_num_threads(1)
    experiment: Experiment = experiment_of(**settings)
    trainer, found = (
        Trainer(experiment),
        {limit.format: limit for limit in limits(experiment) or ()},
    )
    exact = TorchPass(trainer, torch.float64).deltas
    for name, dtype in (("fp16", torch.float16), ("bf16", torch.bfloat16)):
        judge = TorchPass(trainer, dtype)
        limit = found.get(name)
        assert near(judge.first_overflow, limit.overflow_forward if limit else None)
        errors, flushed = np.zeros(len(exact)), np.zeros(len(exact))
        for i, (rounded, true) in enumerate(zip(judge.deltas, exact, strict=True)):
            errors[i] = norm(rounded - true) / (norm(true) or 1.0)
            lost = np.count_nonzero((rounded == 0) & (true != 0))
            flushed[i] = float(lost) / max(int(np.count_nonzero(true)), 1)
        mine = limit.flushed[-1].last if limit and limit.flushed else None
        assert near(met(flushed, FLUSHED_ABOVE), mine)
        imprecise = limit.imprecise if limit else None
        if not near(met(errors, IMPRECISE_ABOVE), imprecise):
            here = errors[imprecise - 1] if imprecise else errors.max()
            assert here == pytest.approx(IMPRECISE_ABOVE, rel=CREEPING)
