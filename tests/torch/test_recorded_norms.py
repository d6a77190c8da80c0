"""Every norm that the recorder for PyTorch writes down, against float64."""

import copy
import json
import math
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import product
from pathlib import Path
from typing import Any

import jsonschema
import numpy as np
import pytest

from engine.logs.schema import SCHEMA, Header, LoggedStep
from engine.pytorch.gradient_log import GradientLog
from tests.support.run_logs import read_header, steps_of
from tests.support.torch_nets import NETS, Exact, Outputs, Truth, batch, loss_of, norm_of, parts

pytestmark = pytest.mark.heavy

Tensor = Any
STEPS, EVERY = 5, 2
CLOSE = 1e-5


@dataclass(frozen=True)
class Case:
    """How a network is trained."""

    optimizer: str = "SGD"
    options: Mapping[str, Any] = field(default_factory=dict)
    autocast: bool = False
    scaled: bool = False
    micro_batches: int = 1
    clip: float | None = None
    backend: str | None = None
    frozen: bool = False
    tied: bool = False
    infinite: int | None = None
    gain: float = 1.0
    dtype: str = "float32"

    @property
    def is_exact(self) -> bool:
        """Whether float32's own error is the only one."""
        return self.dtype == "float32" and not self.autocast and self.gain == 1.0


CASES = {
    "plain": Case(),
    "autocast": Case(autocast=True, scaled=True),
    "accumulation": Case(micro_batches=3),
    "clipping": Case(clip=0.1),
    "all of these": Case(autocast=True, scaled=True, micro_batches=2, clip=0.1),
    "compile": Case(backend="aot_eager"),
    "frozen": Case(frozen=True),
    "tied": Case(tied=True),
    "fused": Case("AdamW", {"fused": True}, scaled=True),
    "fused and clipping": Case("AdamW", {"fused": True}, scaled=True, clip=0.1),
    "foreach": Case("Adam", {"foreach": True}),
    "infinite, scaled": Case(scaled=True, infinite=2),
    "infinite, fused": Case("Adam", {"fused": True}, scaled=True, infinite=2),
    "infinite": Case(infinite=STEPS - 1),
    "vanishing": Case(gain=1e-8),
    "bfloat16": Case(dtype="bfloat16"),
}


def trained(case: Case, model: Tensor, path: Path) -> list[Truth]:
    """Train with a log, and look at each step in another way."""
    import torch

    options = {"lr": 1e-3, **case.options}
    optimizer = getattr(torch.optim, case.optimizer)(model.parameters(), **options)
    scaler = torch.amp.GradScaler("cpu", init_scale=2.0**10, enabled=case.scaled)
    run = torch.compile(model, backend=case.backend) if case.backend else model
    watched = None if case.is_exact else Outputs(model)
    used: dict[str, Tensor] = {}

    def after(*_: object) -> None:
        # a fused optimizer has unscaled them by now
        named = model.named_parameters()
        used.update({name: p.grad.clone() for name, p in named if p.grad is not None})

    optimizer.register_step_post_hook(after)
    truths = []
    with GradientLog(run, optimizer, path, every=EVERY) as log:
        for step in range(STEPS):
            pieces = parts(batch(step), case.micro_batches)
            factor = math.inf if step == case.infinite else 1.0
            exact = Exact(model, pieces, factor) if case.is_exact else None
            optimizer.zero_grad()
            used.clear()
            total, scale, before = None, scaler.get_scale(), copy.deepcopy(model.state_dict())
            for piece in pieces:
                with torch.autocast("cpu", torch.bfloat16, enabled=case.autocast):
                    loss = loss_of(run, piece) / len(pieces)
                scaler.scale(loss * factor).backward()
            if case.clip is not None:
                scaler.unscale_(optimizer)
                total = torch.nn.utils.clip_grad_norm_(model.parameters(), case.clip)
            scaler.step(optimizer)
            scaler.update()
            log.write(loss * len(pieces), total)
            moved = any(not torch.equal(before[n], p) for n, p in model.named_parameters())
            gradients = exact.gradients(case.clip) if exact else used
            outputs = exact.outputs if exact else watched.take(scale) if watched else {}
            truths.append(Truth({**gradients} if moved else {}, outputs, total))
    return truths


def check(path: Path, truths: Sequence[Truth], trained: set[str]) -> None:
    """Each number of a log that was recorded, to within CLOSE of the truth."""
    lines = [json.loads(line) for line in path.read_text().splitlines()]
    for line in lines:
        jsonschema.validate(line, json.loads(SCHEMA.read_text()))
    header, (*steps, end) = read_header(path), steps_of(path)
    assert (end.step, end.last, {*end.numbers, *end.arrays}) == (len(steps), True, set())
    weights = {name for name in trained if not name.endswith("bias")}
    assert {row.name for row in header.parameters} == weights
    assert [step.step for step in steps] == [*range(len(truths))]
    due = True
    for step, truth in zip(steps, truths, strict=True):
        assert step.skipped == (not truth.gradients)
        due = due or step.step % EVERY == 0
        assert ("output_grad_norm" in step.arrays) == (due and not step.skipped)
        due = due and step.skipped
        if not step.skipped:
            compare(header, step, truth)


def compare(header: Header, step: LoggedStep, truth: Truth) -> None:
    """A step that moved the weights."""
    names = [
        [row.name for row in header.parameters if row.layer == number]
        for number in range(1, len(header.layers) + 1)
    ]
    zero = next(iter(truth.gradients.values()))[:0]
    weights = [norm_of([truth.gradients.get(n, zero) for n in inside]) for inside in names]
    used = norm_of([*truth.gradients.values()])
    expected: dict[str, Any] = {"clipped_gradient_norm": used, "weight_grad_norm": weights}
    expected["gradient_norm"] = used if truth.total is None else float(truth.total)
    if "output_grad_norm" in step.arrays:
        known = {"model": truth.outputs.get("", 0.0), **truth.outputs}
        expected["output_grad_norm"] = [known[layer] for layer in header.layers]
    for name, values in expected.items():
        found: Any = {**step.numbers, **step.arrays}[name]
        assert (name in step.nonfinite) == (not np.isfinite(values).all())
        if name not in step.nonfinite:
            np.testing.assert_allclose(found, values, rtol=CLOSE, err_msg=f"{step.step} {name}")


@pytest.mark.parametrize(("case", "net"), [*product(CASES, NETS)])
def test_every_norm_is_float64_s(case: str, net: str, tmp_path: Path) -> None:
    """Of all that is recorded, at every step; the lines are valid."""
    import torch

    torch.manual_seed(0)
    torch.set_num_threads(1)
    how = CASES[case]
    model = NETS[net](how.tied).to(getattr(torch, how.dtype))
    with torch.no_grad():
        for p in model.parameters():
            p.mul_(how.gain if p.ndim > 1 else 1.0)
    if how.frozen:
        next(iter(model.parameters())).requires_grad_(False)
    path = tmp_path / "log.jsonl"
    truths = trained(how, model, path)
    named = [name for name, p in model.named_parameters() if p.requires_grad]
    check(path, truths, {*named})


def test_of_two_processes_the_first_writes(tmp_path: Path) -> None:
    """DDP over gloo: the gradient is that of the whole batch, g that of its own half."""
    import torch

    command = [sys.executable, "-m", "tests.support.torch_ddp", str(tmp_path)]
    started = [subprocess.Popen([*command, str(rank)], stderr=subprocess.PIPE) for rank in (0, 1)]
    for process in started:
        _, errors = process.communicate(timeout=60)
        assert process.returncode == 0, errors.decode()
    assert {path.name for path in tmp_path.glob("*.jsonl")} == {f"{net}.jsonl" for net in NETS}
    for net in NETS:
        truths = torch.load(tmp_path / f"{net}.pt", weights_only=False)
        check(tmp_path / f"{net}.jsonl", truths, {*truths[0].gradients})
