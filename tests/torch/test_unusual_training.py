"""The recorder for PyTorch where training is not one loss, one backward pass, one line a step."""

import math
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from engine.pytorch.gradient_log import GradientLog
from tests.support.torch_nets import batch, loss_of, mlp
from tests.support.torch_recording import closed, run, sgd

pytestmark = pytest.mark.heavy


def test_numbers_of_float64_have_all_digits(tmp_path: Path) -> None:
    """Those of float32 have seven."""
    model, path = mlp().double(), tmp_path / "log"
    optimizer, used = sgd(model), []
    optimizer.register_step_pre_hook(lambda *_: used.append(float(model[0].weight.grad.norm())))
    with GradientLog(model, optimizer, path) as log:
        run(model, log, optimizer, steps=3)
    found = [step.arrays["weight_grad_norm"][0] for step in closed(path)]
    np.testing.assert_allclose(found, used, rtol=1e-15)


def test_the_norm_of_a_large_gradient(tmp_path: Path) -> None:
    """A sum of ten million squares in float32 is wrong in its fourth digit on a CPU."""
    import torch

    model, path = torch.nn.Linear(10_000_000, 1, bias=False), tmp_path / "log"
    optimizer = sgd(model)
    with GradientLog(model, optimizer, path) as log:
        model(1 + torch.randn(10_000_000)).sum().backward()
        truth = float(model.weight.grad.norm(dtype=torch.float64))
        optimizer.step()
        log.write(0.0)
    assert closed(path)[0].arrays["weight_grad_norm"][0] == pytest.approx(truth, rel=1e-5)


def test_no_closure_may_be_said(tmp_path: Path) -> None:
    """As wrappers of optimizers do; the learning rate may be a tensor that changes in place."""
    import torch

    model, path = mlp(), tmp_path / "log"
    optimizer = torch.optim.Adam(model.parameters(), lr=torch.tensor(0.5))
    with GradientLog(model, optimizer, path) as log:
        loss = loss_of(model, batch(0))
        loss.backward()
        optimizer.step(None)
        optimizer.param_groups[0]["lr"].fill_(0.25)
        log.write(loss)
    assert closed(path)[0].numbers["learning_rate"] == 0.5


def test_a_step_without_a_line_of_its_own(tmp_path: Path) -> None:
    """It gets one without a loss, and its g is no other step's."""
    model, path = mlp(), tmp_path / "log"
    optimizer, totals = sgd(model), []
    with GradientLog(model, optimizer, path, every=2) as log:
        for number in range(6):
            optimizer.zero_grad()
            loss = loss_of(model, batch(number))
            loss.backward()
            totals.append(math.hypot(*(float(p.grad.norm()) for p in model.parameters())))
            optimizer.step()
            if number % 3 == 2:
                log.write(loss)
    steps = closed(path)
    assert [step.step for step in steps] == [*range(6)]
    assert [step.numbers["gradient_norm"] for step in steps] == pytest.approx(totals, rel=1e-6)
    assert ["loss" in step.numbers for step in steps] == [False, False, True] * 2
    assert ["output_grad_norm" in step.arrays for step in steps] == [True, False, False] * 2


def test_another_network_s_loss_is_not_the_step_s(tmp_path: Path) -> None:
    """A generator's passes through a discriminator, and the gradient that a penalty is made of."""
    import torch

    model, path = mlp(), tmp_path / "log"
    optimizer, truth = sgd(model), []
    with GradientLog(model, optimizer, path, every=1) as log:
        for number in range(3):
            (100.0 * loss_of(model, batch(number + 10))).backward()
            optimizer.zero_grad()
            x = batch(number)[0].requires_grad_()
            output = model(x)
            output.retain_grad()
            slope = torch.autograd.grad(100.0 * output.sum(), x, create_graph=True)[0]
            output.grad = None
            (output.square().mean() + 0.0 * slope.sum()).backward()
            truth.append(float(output.grad.norm()))
            optimizer.step()
            log.write(0.0)
    found = [step.arrays["output_grad_norm"][-1] for step in closed(path)]
    np.testing.assert_allclose(found, truth, rtol=1e-6)


def test_a_module_whose_output_is_its_weight(tmp_path: Path) -> None:
    """What hangs on a parameter for one step does not stay there."""
    import torch

    class Position(torch.nn.Module):  # type: ignore[misc]
        def __init__(self) -> None:
            super().__init__()
            self.weight = torch.nn.Parameter(torch.zeros(64))

        def forward(self) -> Any:
            return self.weight

    class Model(torch.nn.Module):  # type: ignore[misc]
        def __init__(self) -> None:
            super().__init__()
            self.position, self.rest = Position(), mlp()

        def forward(self, x: Any) -> Any:
            return self.rest(x + self.position())

    model, path = Model(), tmp_path / "log"
    optimizer = sgd(model)
    with GradientLog(model, optimizer, path, every=2) as log:
        run(model, log, optimizer, steps=5)
    steps = closed(path)
    assert ["output_grad_norm" in step.arrays for step in steps] == [True, False] * 2 + [True]
    for step in steps[::2]:
        assert step.arrays["output_grad_norm"][0] == step.arrays["weight_grad_norm"][0]


def test_what_cannot_be_recorded_is_said_at_once(tmp_path: Path) -> None:
    """Before the first step: shards, no step with g, a folder that is not there."""
    import torch
    from torch import distributed
    from torch.distributed.device_mesh import init_device_mesh
    from torch.distributed.tensor import distribute_module

    model, path = mlp(), tmp_path / "log"
    with pytest.raises(ValueError, match="every=0"):
        GradientLog(model, sgd(model), path, every=0)
    with pytest.raises(FileNotFoundError):
        GradientLog(model, sgd(model), tmp_path / "none" / "log")
    store = distributed.FileStore(str(tmp_path / "store"), 1)
    distributed.init_process_group("gloo", store=store, rank=0, world_size=1)
    try:
        shards = distribute_module(model, init_device_mesh("cpu", (1,)))
        with pytest.raises(ValueError, match="sharded"):
            GradientLog(shards, torch.optim.SGD(shards.parameters(), lr=0.1), path)
    finally:
        distributed.destroy_process_group()
    assert not path.exists()
