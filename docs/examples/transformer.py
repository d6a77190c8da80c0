"""Trains a small transformer on sonnets of Shakespeare's, letter by letter, and keeps a log of it.

python docs/examples/transformer.py LOG [STEPS], and beside it: chainrule watch LOG
"""

import sys
from pathlib import Path

import torch
from torch import nn
from torch.nn import functional

from engine.pytorch.gradient_log import GradientLog

WIDTH, HEADS, CONTEXT, BATCH = 64, 4, 48, 12


class Block(nn.Module):
    """Attention and an MLP, each after a norm and beside a skip."""

    def __init__(self) -> None:
        super().__init__()
        self.norm1, self.norm2 = nn.LayerNorm(WIDTH), nn.LayerNorm(WIDTH)
        self.attention, self.project = nn.Linear(WIDTH, 3 * WIDTH), nn.Linear(WIDTH, WIDTH)
        self.up, self.down = nn.Linear(WIDTH, 4 * WIDTH), nn.Linear(4 * WIDTH, WIDTH)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        """(batch, context, width) to the same."""
        heads = self.attention(self.norm1(x)).unflatten(2, (3, HEADS, -1)).permute(2, 0, 3, 1, 4)
        mixed = functional.scaled_dot_product_attention(*heads, is_causal=True)
        x = x + self.project(mixed.transpose(1, 2).flatten(2))
        return x + self.down(functional.gelu(self.up(self.norm2(x))))


class Transformer(nn.Module):
    """Which letter comes next."""

    def __init__(self, letters: int, depth: int = 2) -> None:
        super().__init__()
        self.letter, self.place = nn.Embedding(letters, WIDTH), nn.Embedding(CONTEXT, WIDTH)
        self.blocks = nn.ModuleList(Block() for _ in range(depth))
        self.norm, self.head = nn.LayerNorm(WIDTH), nn.Linear(WIDTH, letters)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        """Letters (batch, context) to logits (batch, context, letters)."""
        h = self.letter(x) + self.place(torch.arange(x.shape[1]))
        for block in self.blocks:
            h = block(h)
        return self.head(self.norm(h))


def main(path: str, steps: int = 150) -> None:
    """Train, and keep a log."""
    torch.manual_seed(0)
    text = Path(__file__).with_name("sonnets.txt").read_text()
    letters = sorted(set(text))
    codes = torch.tensor([letters.index(letter) for letter in text])
    model = Transformer(len(letters))
    optimizer = torch.optim.AdamW(model.parameters(), lr=1e-3)
    with GradientLog(model, optimizer, path, every=5) as log:
        for _ in range(steps):
            starts = torch.randint(len(codes) - CONTEXT, (BATCH, 1))
            batch = codes[starts + torch.arange(CONTEXT + 1)]
            loss = functional.cross_entropy(model(batch[:, :-1]).mT, batch[:, 1:])
            optimizer.zero_grad()
            loss.backward()
            norm = nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimizer.step()
            log.write(loss, norm)


if __name__ == "__main__":
    main(sys.argv[1], *map(int, sys.argv[2:]))
