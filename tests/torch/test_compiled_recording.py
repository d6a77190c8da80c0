"""The recorder for PyTorch beside torch.compile."""

import warnings
from pathlib import Path

import pytest

from engine.pytorch.gradient_log import GradientLog
from tests.support.run_logs import read_header
from tests.support.torch_nets import mlp
from tests.support.torch_recording import closed, run, sgd

pytestmark = pytest.mark.heavy


def test_names_are_those_of_the_model_itself(tmp_path: Path) -> None:
    """Whatever was wrapped: all of it, a part, or a layer that computes its weight."""
    import torch
    from torch.nn.utils.parametrizations import weight_norm

    model = torch.nn.Sequential(
        torch.compile(torch.nn.Linear(64, 8), backend="eager"), weight_norm(torch.nn.Linear(8, 5))
    )
    whole = torch.compile(model, backend="eager")
    optimizer = sgd(whole)
    with warnings.catch_warnings():
        warnings.simplefilter("error", UserWarning)
        with GradientLog(whole, optimizer, tmp_path / "log", every=2) as log:
            run(whole, log, optimizer, 3)
    header = read_header(tmp_path / "log")
    assert header.layers == ("0", "1")
    assert [(row.name, row.layer) for row in header.parameters] == [
        ("0.weight", 1),
        ("1.parametrizations.weight.original0", 2),
        ("1.parametrizations.weight.original1", 2),
    ]
    assert ["output_grad_norm" in step.arrays for step in closed(tmp_path / "log")] == [1, 0, 1]


def test_compiled_code_has_no_graph_breaks_for_it(tmp_path: Path) -> None:
    """It is compiled once, and once only, and runs whole."""
    import torch
    from torch._dynamo.testing import CompileCounter

    counter, model = CompileCounter(), mlp()
    compiled = torch.compile(model, backend=counter, fullgraph=True)
    optimizer = sgd(model)
    with GradientLog(compiled, optimizer, tmp_path / "log", every=2) as log:
        run(compiled, log, optimizer, 6)
    assert counter.frame_count == 1
    assert len(closed(tmp_path / "log")) == 6


def test_two_logs_at_once(tmp_path: Path) -> None:
    """Of two compiled models that are trained in turn: none of them meets the other's hook."""
    import torch
    from torch._dynamo import eval_frame

    models = [torch.compile(mlp(), backend="eager", fullgraph=True) for _ in "ab"]
    optimizers = [sgd(model) for model in models]
    stance = eval_frame._stance
    with (
        GradientLog(models[0], optimizers[0], tmp_path / "0", every=2) as first,
        GradientLog(models[1], optimizers[1], tmp_path / "1", every=3) as second,
    ):
        for _ in range(7):
            for model, log, optimizer in zip(models, (first, second), optimizers, strict=True):
                run(model, log, optimizer)
    assert eval_frame._stance == stance
    for name, every in (("0", 2), ("1", 3)):
        due = ["output_grad_norm" in step.arrays for step in closed(tmp_path / name)]
        assert due == [step % every == 0 for step in range(7)]
