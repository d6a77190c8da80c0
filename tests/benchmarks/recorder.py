"""What a log of a PyTorch model's gradients costs a step, beside one bare pass over them.

`python -m tests.benchmarks.recorder`: a GPT of two blocks and an MLP of 50 layers of 128. The log's
part of a step is set beside `_foreach_norm` and `tolist`, whole steps with g beside those without,
and norms taken by a hook on each parameter, as is usual elsewhere, beside both. Needs torch.
"""

import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import torch
from torch import nn

from engine.pytorch.gradient_log import GradientLog
from tests.benchmarks.timing import interleaved

NEVER = 10**9


class Idle(torch.optim.Optimizer):  # type: ignore[misc]
    """An optimizer whose step is its hooks."""

    def step(self, closure: None = None) -> None:
        """Move nothing."""


class Gpt(nn.Module):  # type: ignore[misc]
    """Two blocks of width 256 on 64 tokens of 2048."""

    def __init__(self) -> None:
        super().__init__()
        block = nn.TransformerEncoderLayer(
            256, 4, 1024, 0.0, "gelu", batch_first=True, norm_first=True
        )
        self.embedding, self.head = nn.Embedding(2048, 256), nn.Linear(256, 2048)
        self.blocks = nn.TransformerEncoder(block, 2, nn.LayerNorm(256), enable_nested_tensor=False)

    def forward(self, tokens: Any) -> Any:
        """To logits."""
        mask = nn.Transformer.generate_square_subsequent_mask(tokens.shape[1])
        return self.head(self.blocks(self.embedding(tokens), mask, is_causal=True))


def mlp() -> Any:
    """50 layers of 128 that do not vanish."""
    layers = [nn.Linear(128, 128) for _ in range(50)]
    for layer in layers:
        nn.init.kaiming_normal_(layer.weight, nonlinearity="relu")
    return nn.Sequential(*(each for layer in layers for each in (layer, nn.ReLU())))


MODELS: dict[str, tuple[Callable[[], Any], Callable[[], Any]]] = {
    "GPT of 2 blocks": (Gpt, lambda: torch.randint(0, 2048, (4, 64))),
    "MLP of 50 x 128": (mlp, lambda: torch.randn(64, 128)),
}


def least(candidates: Mapping[str, Callable[[], object]], rounds: int) -> dict[str, float]:
    """Seconds of one call of each at its quickest: parts of a millisecond are easily disturbed."""
    found = [interleaved(candidates, 1) for _ in range(rounds)]
    return {name: min(times[name] for times in found) for name in candidates}


def measured(build: Callable[[], Any], draw: Callable[[], Any], folder: Path) -> dict[str, float]:
    """Seconds of whole steps, and of what the log does in one."""
    torch.manual_seed(0)
    model, x = build(), draw()
    parameters = [*model.parameters()]
    optimizer, idle = torch.optim.AdamW(parameters, lr=1e-6), Idle(parameters, {"lr": 0.0})

    def step(log: GradientLog | None = None) -> None:
        loss = model(x).square().mean()
        loss.backward()
        optimizer.step()
        if log is not None:
            log.write(loss)
        optimizer.zero_grad()

    def hooked() -> None:
        norms: list[float] = []
        handles = [
            p.register_post_accumulate_grad_hook(lambda p: norms.append(p.grad.norm().item()))
            for p in parameters
        ]
        step()
        for handle in handles:
            handle.remove()

    def bare() -> None:
        torch.stack(torch._foreach_norm([p.grad for p in parameters])).tolist()

    with GradientLog(model, optimizer, folder / "a", every=1) as always:
        whole = interleaved({"step": step, "with g": lambda: step(always), "hooked": hooked}, 30)
    with GradientLog(model, idle, folder / "c", every=NEVER) as log:
        model(x).square().mean().backward()
        plain = Idle(parameters, {"lr": 0.0})

        def logged() -> None:
            idle.step()
            log.write(1.0)

        found = least({"bare": bare, "logged": logged, "idle": plain.step}, 300)
    # a step without a log costs its profiler's record, too
    return {**whole, "bare": found["bare"], "logged": found["logged"] - found["idle"]}


def main() -> None:
    """Print both models."""
    torch.set_num_threads(1)
    for name, (build, draw) in MODELS.items():
        with tempfile.TemporaryDirectory() as folder:
            found = measured(build, draw, Path(folder))
        step, bare = found["step"], found["bare"]
        print(f"{name}: a step takes {step * 1e3:.2f} ms")
        print(f"  _foreach_norm and tolist   {bare * 1e6:6.0f} us  {bare / step:6.1%} of a step")
        print(
            f"  a log's part of a step     {found['logged'] * 1e6:6.0f} us"
            f"  {found['logged'] / step:6.1%}, {found['logged'] / bare:.2f} of the bare norms"
        )
        for what in ("with g", "hooked"):
            extra = found[what] / step - 1
            print(f"  a whole step {what:<13} {found[what] * 1e6:6.0f} us  {extra:+6.1%}")


if __name__ == "__main__":
    main()
