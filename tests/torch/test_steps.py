"""PyTorch as the judge of the optimisers: the same network, batches and settings in both."""

from typing import Any

import numpy as np
import pytest

from engine import Experiment, Trainer
from engine.data.datasets import batch
from engine.network.parameters import Parameters
from engine.training.updates import learning_rate_at
from tests.support.experiments import experiment_of

pytestmark = pytest.mark.heavy

STEPS = 50
TOLERANCE = 1e-10

OPTIMIZERS: dict[str, tuple[str, dict[str, Any]]] = {
    "sgd": ("SGD", {}),
    "momentum": ("SGD", {"momentum": 0.9}),
    "nesterov": ("SGD", {"momentum": 0.9, "nesterov": True}),
    "rmsprop": ("RMSprop", {}),
    "adam": ("Adam", {}),
    "adamw": ("AdamW", {}),
}
"""Each optimiser's class in torch.optim; what is not said is PyTorch's default."""

RATES = {"rmsprop": 1e-3, "adam": 1e-3, "adamw": 1e-3}


class TorchNetwork:
    """The engine's network of `norm`, tanh and linear layers, with the same numbers."""

    def __init__(self, experiment: Experiment, start: Parameters) -> None:
        import torch

        self.experiment = experiment
        self.readout = torch.nn.Linear(start.readout_weight.shape[1], experiment.outputs)
        self.linears = [torch.nn.Linear(w.shape[1], w.shape[0]) for w in start.weights]
        self.norms = [torch.nn.BatchNorm1d(len(gamma)) for gamma in start.gammas]
        self.modules = torch.nn.ModuleList([*self.linears, *self.norms, self.readout]).double()
        pairs = [
            *zip((m.weight for m in self.linears), start.weights, strict=True),
            *zip((m.bias for m in self.linears), start.biases, strict=True),
            (self.readout.weight, start.readout_weight),
            (self.readout.bias, start.readout_bias),
        ]
        with torch.no_grad():
            for mine, theirs in pairs:
                mine.copy_(torch.from_numpy(theirs))

    def output(self, x: np.ndarray) -> Any:
        """The read-out of a batch."""
        import torch

        h = torch.from_numpy(x)
        skips = self.experiment.network.residual == "pre_activation"
        for i, linear in enumerate(self.linears):
            if skips:
                branch = linear(torch.tanh(self.norms[i](h) if self.norms else h))
                h = h + branch if linear.in_features == linear.out_features else branch
            else:
                z = linear(h)
                h = torch.tanh(self.norms[i](z) if self.norms else z)
        return self.readout(h)

    def assert_near(self, parameters: Parameters) -> None:
        """Every parameter within the tolerance."""
        kinds = [
            ([m.weight for m in self.linears], parameters.weights),
            ([m.bias for m in self.linears], parameters.biases),
            ([m.weight for m in self.norms], parameters.gammas),
            ([m.bias for m in self.norms], parameters.betas),
            ([self.readout.weight], [parameters.readout_weight]),
            ([self.readout.bias], [parameters.readout_bias]),
        ]
        for theirs, mine in kinds:
            for one, other in zip(theirs, mine, strict=True):
                np.testing.assert_allclose(other, one.detach().numpy(), rtol=0, atol=TOLERANCE)


def train_both(experiment: Experiment) -> tuple[Trainer, TorchNetwork]:
    """Both after so many steps; PyTorch's with the pass that follows, as the engine has it."""
    import torch

    torch.set_num_threads(1)
    training = experiment.training
    trainer = Trainer(experiment)
    network = TorchNetwork(experiment, trainer.state.parameters)
    kind, options = OPTIMIZERS[training.optimizer]
    optimizer = getattr(torch.optim, kind)(
        network.modules.parameters(),
        lr=training.learning_rate,
        weight_decay=training.weight_decay,
        **options,
    )
    for step in range(STEPS + 1):
        seen = batch(trainer.split, experiment.data.batch_size, experiment.data.seed, step)
        labels = torch.from_numpy(seen.targets.labels.copy())
        loss = torch.nn.functional.cross_entropy(network.output(seen.x), labels)
        if step == STEPS:
            break
        optimizer.zero_grad()
        loss.backward()
        if training.clip_value:
            torch.nn.utils.clip_grad_value_(network.modules.parameters(), training.clip_value)
        if training.clip_norm:
            torch.nn.utils.clip_grad_norm_(network.modules.parameters(), training.clip_norm)
        for group in optimizer.param_groups:
            group["lr"] = learning_rate_at(step, training)
        optimizer.step()
    trainer.advance(STEPS)
    assert trainer.trace.loss == pytest.approx(float(loss.detach()), abs=TOLERANCE)
    return trainer, network


NETWORKS: dict[str, dict[str, Any]] = {
    "plain": {},
    "batch norm": {"norm": "batch"},
    "remedied": {"norm": "batch", "residual": "pre_activation", "dataset": "gaussian"},
}
"""The norm of the last sees the input itself, hence its data.

Of digits' nearly constant pixels it would see gradients so small that adam's eps rules, which
magnifies their rounding by 1e8 and the tolerance with it.
"""


# no decay below a norm: a bias there has the gradient 0, and decay would magnify its rounding
CASES = [
    ("plain", 0.0),
    ("plain", 0.01),
    ("batch norm", 0.0),
    ("remedied", 0.0),
    ("remedied", 0.01),
]


@pytest.mark.parametrize(("network", "decay"), CASES)
@pytest.mark.parametrize("name", OPTIMIZERS)
def test_fifty_steps_are_pytorchs(name: str, decay: float, network: str) -> None:
    """Every parameter within 1e-10, and with a batch norm what evaluation mode answers too."""
    experiment = experiment_of(
        optimizer=name,
        weight_decay=decay,
        learning_rate=RATES.get(name, 0.1),
        activation="tanh",
        depth=5,
        width=16,
        batch_size=64,
        **NETWORKS[network],
    )
    assert_agreement(*train_both(experiment))


@pytest.mark.parametrize(
    "settings",
    [
        {"clip_norm": 0.3},
        {"clip_value": 0.003},
        {"clip_norm": 0.05, "clip_value": 0.003, "optimizer": "adam", "learning_rate": 0.001},
        {"schedule": "cosine", "schedule_steps": 45, "warmup": 5, "optimizer": "momentum"},
    ],
)
def test_fifty_clipped_and_scheduled_steps_are_pytorchs(settings: dict[str, Any]) -> None:
    """With skips and batch norms."""
    remedied = {**NETWORKS["remedied"], "activation": "tanh"}
    assert_agreement(*train_both(experiment_of(**remedied, depth=6, batch_size=64, **settings)))


def test_the_cosine_is_pytorchs() -> None:
    """CosineAnnealingLR over the steps after the warm-up."""
    import torch

    training = experiment_of(schedule="cosine", schedule_steps=40, learning_rate=0.3).training
    optimizer = torch.optim.SGD([torch.zeros(1, requires_grad=True)], lr=0.3)
    schedule = torch.optim.lr_scheduler.CosineAnnealingLR(optimizer, T_max=40)
    for step in range(40):
        assert learning_rate_at(step, training) == pytest.approx(schedule.get_last_lr()[0])
        optimizer.step()
        schedule.step()


def assert_agreement(trainer: Trainer, network: TorchNetwork) -> None:
    """Parameters, running statistics and answers in evaluation mode."""
    import torch

    network.assert_near(trainer.state.parameters)
    norm = trainer.state.batch_norm
    if norm is not None:
        means = np.concatenate([m.running_mean.numpy() for m in network.norms])
        variances = np.concatenate([m.running_var.numpy() for m in network.norms])
        np.testing.assert_allclose(norm.running, (means, variances), rtol=TOLERANCE, atol=TOLERANCE)
    network.modules.eval()
    x = trainer.split.test.x
    with torch.no_grad():
        answers = network.output(x).numpy()
    np.testing.assert_allclose(trainer.outputs(x), answers, rtol=0, atol=1e-8)
