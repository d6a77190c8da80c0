"""Training steps of small PyTorch networks that are recorded."""

from pathlib import Path
from typing import Any

from engine.logs.schema import LoggedStep
from engine.pytorch.gradient_log import GradientLog
from tests.support.run_logs import steps_of
from tests.support.torch_nets import batch, loss_of

Model = Any


def sgd(model: Model) -> Any:
    """A plain optimizer."""
    import torch

    return torch.optim.SGD(model.parameters(), lr=0.01)


def run(model: Model, log: GradientLog, optimizer: Any, steps: int = 1) -> None:
    """Train on the usual batches."""
    for step in range(steps):
        optimizer.zero_grad()
        loss = loss_of(model, batch(step))
        loss.backward()
        optimizer.step()
        log.write(loss)


def closed(path: Path) -> list[LoggedStep]:
    """The steps of a log whose last line says that nothing follows."""
    *steps, end = steps_of(path)
    assert end.last
    assert not any(step.last for step in steps)
    return steps
