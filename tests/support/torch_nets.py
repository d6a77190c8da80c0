"""Small PyTorch networks, and the truth of their gradients: the same pass once more in float64."""

import copy
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

Model = Any
Tensor = Any
Batch = tuple[Tensor, Tensor]

SAMPLES, CLASSES = 12, 5


def mlp(tied: bool = False) -> Model:
    """Four layers, of which the two in the middle may be one."""
    from torch import nn

    model = nn.Sequential(
        *(nn.Linear(64, 16), nn.Tanh(), nn.Linear(16, 16), nn.Tanh()),
        *(nn.Linear(16, 16), nn.Tanh(), nn.Linear(16, CLASSES)),
    )
    if tied:
        model[4].weight = model[2].weight
    return model


def cnn(tied: bool = False) -> Model:
    """Convolutions, batch norm and a read-out; the convolutions in the middle may be one."""
    from torch import nn

    model = nn.Sequential(
        *(nn.Unflatten(1, (1, 8, 8)), nn.Conv2d(1, 4, 3, padding=1), nn.BatchNorm2d(4), nn.ReLU()),
        *(nn.Conv2d(4, 4, 3, padding=1), nn.ReLU(), nn.Conv2d(4, 4, 3, padding=1), nn.GELU()),
        *(nn.AvgPool2d(4), nn.Flatten(), nn.Linear(16, CLASSES)),
    )
    if tied:
        model[6].weight = model[4].weight
    return model


def transformer(tied: bool = False) -> Model:
    """Two encoder blocks on the pixels as tokens; the read-out may be the embedding."""
    import torch
    from torch import nn

    class Transformer(nn.Module):  # type: ignore[misc]
        def __init__(self) -> None:
            super().__init__()
            self.embedding = nn.Embedding(CLASSES, 16)
            self.position = nn.Parameter(0.1 * torch.randn(8, 16))
            block = nn.TransformerEncoderLayer(16, 2, 32, dropout=0.0, batch_first=True)
            self.blocks = nn.TransformerEncoder(block, 2, enable_nested_tensor=False)
            self.head = nn.Linear(16, CLASSES, bias=False)
            if tied:
                self.head.weight = self.embedding.weight

        def forward(self, x: Tensor) -> Tensor:
            tokens = (x[:, :8].abs() * 3).long() % CLASSES
            return self.head(self.blocks(self.embedding(tokens) + self.position).mean(1))

    return Transformer()


NETS = {"mlp": mlp, "cnn": cnn, "transformer": transformer}


def batch(step: int) -> Batch:
    """The samples and labels of a step."""
    import torch

    source = torch.Generator().manual_seed(step)
    x = torch.randn(SAMPLES, 64, generator=source)
    return x, torch.randint(0, CLASSES, (SAMPLES,), generator=source)


def parts(whole: Batch, count: int) -> list[Batch]:
    """The micro-batches of a batch."""
    return [*zip(whole[0].chunk(count), whole[1].chunk(count), strict=True)]


def loss_of(model: Model, part: Batch) -> Tensor:
    """Cross-entropy, in the precision of the weights up to the logits."""
    from torch.nn import functional

    x, labels = part
    return functional.cross_entropy(model(x.to(next(model.parameters()).dtype)).double(), labels)


class Outputs:
    """Every module's outputs of its calls, kept with their gradients."""

    def __init__(self, model: Model) -> None:
        self._kept: dict[str, list[Tensor]] = {}
        for name, module in model.named_modules():
            module.register_forward_hook(self._hook(name))

    def _hook(self, name: str) -> Any:
        def keep(_: object, __: object, output: Tensor) -> None:
            output = output[0] if isinstance(output, tuple) else output
            if output.requires_grad:
                output.retain_grad()
                self._kept.setdefault(name, []).append(output)

        return keep

    def take(self, scale: float = 1.0) -> dict[str, float]:
        """The norms of dL/d(output), over all calls since the last time."""
        kept, self._kept = self._kept, {}
        return {
            name: norm_of([each.grad for each in outputs if each.grad is not None]) / scale
            for name, outputs in kept.items()
        }


class Exact:
    """A step of a copy of that model in float64, on several micro-batches, the loss times that."""

    def __init__(self, model: Model, micro_batches: Sequence[Batch], factor: float = 1) -> None:
        self._model = copy.deepcopy(model).double()
        outputs = Outputs(self._model)
        for part in micro_batches:
            (loss_of(self._model, part) * factor / len(micro_batches)).backward()
        self.outputs = outputs.take()

    def gradients(self, clip: float | None = None) -> dict[str, Tensor]:
        """Of the parameters that have one, their norm together clipped."""
        named = self._model.named_parameters()
        found = {name: p.grad for name, p in named if p.grad is not None}
        total = norm_of([*found.values()])
        factor = 1.0 if clip is None else min(1.0, clip / (total + 1e-6))
        return {name: grad * factor for name, grad in found.items()}


@dataclass(frozen=True)
class Truth:
    """Of a step: the gradients that were used, none where it was skipped, and g by module."""

    gradients: dict[str, Tensor]
    outputs: dict[str, float]
    total: float | None


def norm_of(tensors: Sequence[Tensor]) -> float:
    """Of several tensors as one, in float64."""
    import torch

    flat = [torch.zeros(1, dtype=torch.float64), *(each.double().flatten() for each in tensors)]
    return float(torch.cat(flat).norm())
