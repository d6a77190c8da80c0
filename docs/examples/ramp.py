"""Trains a residual MLP at a learning rate that grows until it diverges, and keeps a log of it.

python docs/examples/ramp.py LOG [SECONDS A STEP], and beside it: chainrule watch LOG
"""

import sys
import time

import torch
from torch import nn
from torch.nn import functional

from engine.pytorch.gradient_log import GradientLog

WIDTH, DEPTH, BATCH = 64, 16, 128


class Block(nn.Module):
    """A layer beside a skip."""

    def __init__(self) -> None:
        super().__init__()
        self.layer = nn.Linear(WIDTH, WIDTH)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        """(batch, width) to the same."""
        return x + torch.tanh(self.layer(x))


def main(path: str, pause: float = 0.0) -> None:
    """Train until the loss is out of bounds."""
    torch.manual_seed(0)
    model = nn.Sequential(*(Block() for _ in range(DEPTH)), nn.Linear(WIDTH, 10))
    teacher = nn.Linear(WIDTH, 10)
    optimizer = torch.optim.SGD(model.parameters(), lr=0.01)
    ramp = torch.optim.lr_scheduler.ExponentialLR(optimizer, 1.05)
    loss = torch.zeros(())
    with GradientLog(model, optimizer, path, every=2) as log:
        while loss < 1e6:
            x = torch.randn(BATCH, WIDTH)
            loss = functional.mse_loss(model(x), teacher(x).detach())
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            log.write(loss)
            ramp.step()
            time.sleep(pause)


if __name__ == "__main__":
    main(sys.argv[1], *map(float, sys.argv[2:]))
