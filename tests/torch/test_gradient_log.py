"""The recorder for PyTorch: what it refuses, names, skips, and leaves as it was."""

import copy
import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from engine.pytorch.gradient_log import GradientLog
from tests.support.run_logs import read_header, steps_of
from tests.support.torch_nets import batch, loss_of, mlp, norm_of
from tests.support.torch_recording import closed, run, sgd

pytestmark = pytest.mark.heavy

Model = Any


def test_a_file_that_is_there_is_kept(tmp_path: Path) -> None:
    """Unless it is said that it is to be overwritten; nothing is there before the first step."""
    path, model = tmp_path / "log.jsonl", mlp()
    path.write_text("mine")
    with pytest.raises(FileExistsError, match=r"log\.jsonl is there already"):
        GradientLog(model, sgd(model), path)
    assert path.read_text() == "mine"
    optimizer = sgd(model)
    with GradientLog(model, optimizer, path, overwrite=True) as log:
        assert path.read_text() == "mine"
        run(model, log, optimizer)
        assert len(steps_of(path)) == 1
    late = tmp_path / "late"
    with GradientLog(model, optimizer, late) as log:
        late.write_text("mine")
        with pytest.raises(FileExistsError):
            run(model, log, optimizer)
    assert late.read_text() == "mine"


def test_a_closure_is_one_clear_error(tmp_path: Path) -> None:
    """Before the step has done anything: LBFGS needs one, others may be given one."""
    import torch

    for kind in (torch.optim.LBFGS, torch.optim.SGD):
        model = mlp()
        optimizer = kind(model.parameters(), lr=0.1)
        before = copy.deepcopy(model.state_dict())
        with (
            GradientLog(model, optimizer, tmp_path / kind.__name__),
            pytest.raises(ValueError, match="closure"),
        ):
            optimizer.step(lambda: pytest.fail("nothing may run"))
        assert all(torch.equal(before[name], p) for name, p in model.named_parameters())


def test_a_model_that_did_not_run_is_one_clear_error(tmp_path: Path) -> None:
    """Such as a copy of the one that is trained."""
    model = mlp()
    optimizer = sgd(model)
    for wrong in (mlp(), model):
        with (
            GradientLog(wrong, optimizer, tmp_path / "log") as log,
            pytest.raises(RuntimeError, match="no layer that the optimizer trains ran"),
        ):
            log.write(0.0) if wrong is model else run(model, log, optimizer)
    assert not (tmp_path / "log").exists()


def test_nothing_is_left_behind(tmp_path: Path) -> None:
    """Neither hooks, nor a stance of the compiler, nor anything in a saved or copied model."""
    import torch
    from torch._dynamo import eval_frame
    from torch.nn.modules import module

    model = mlp()
    optimizer = sgd(model)
    stance = eval_frame._stance
    log = GradientLog(model, optimizer, tmp_path / "log", every=1)
    for _ in range(2):
        copy.deepcopy(model)
        torch.save(model, io.BytesIO())
        copy.deepcopy(optimizer)
        run(model, log, optimizer)
    log.close()
    assert not module._global_forward_hooks
    assert not optimizer._optimizer_step_pre_hooks
    assert eval_frame._stance == stance
    optimizer.step()
    assert len(closed(tmp_path / "log")) == 2


def test_a_step_that_the_optimizer_does_not_take_is_skipped(tmp_path: Path) -> None:
    """It has no gradient that was used; g comes with the next one that is taken."""
    model, path = mlp(), tmp_path / "log"
    optimizer = sgd(model)
    with GradientLog(model, optimizer, path, every=3) as log:
        for taken in (False, True, True, True):
            loss = loss_of(model, batch(0))
            loss.backward()
            if taken:
                optimizer.step()
            log.write(loss)
    steps = closed(path)
    assert [step.skipped for step in steps] == [True, False, False, False]
    assert ["output_grad_norm" in step.arrays for step in steps] == [False, True, False, True]
    assert not steps[0].arrays


def test_a_pass_without_gradient_is_not_of_the_step(tmp_path: Path) -> None:
    """An evaluation between two steps, in which other parts may run first."""
    import torch

    def recorded(path: Path, between: Callable[[], object]) -> list[np.ndarray]:
        torch.manual_seed(0)
        model = mlp()
        optimizer = sgd(model)
        with GradientLog(model, optimizer, path, every=1) as log:
            for _ in range(2):
                with torch.no_grad():
                    between()
                    loss_of(model, batch(7))
                run(model, log, optimizer)
        return [step.arrays["output_grad_norm"] for step in closed(path)]

    found = [recorded(tmp_path / name, lambda: None) for name in "ab"]
    np.testing.assert_array_equal(found[0], found[1])


def test_sparse_gradients_are_added_up_first(tmp_path: Path) -> None:
    """An index that comes twice has the sum of its rows."""
    import torch

    model = torch.nn.Sequential(torch.nn.Embedding(5, 3, sparse=True), torch.nn.Flatten(0))
    optimizer = sgd(model)
    with GradientLog(model, optimizer, tmp_path / "log") as log:
        loss = model(torch.tensor([1, 1, 4])).pow(2).sum()
        loss.backward()
        optimizer.step()
        log.write(loss)
    (step,) = closed(tmp_path / "log")
    expected = norm_of([model[0].weight.grad.to_dense()])
    assert step.numbers["gradient_norm"] == pytest.approx(expected, rel=1e-6)


def test_a_layer_that_runs_in_place_or_several_times(tmp_path: Path) -> None:
    """Its g is that of its own output, and of all calls together."""
    import torch

    first, again = torch.nn.Linear(4, 4), torch.nn.Linear(4, 4)
    model = torch.nn.Sequential(first, torch.nn.ReLU(inplace=True), again, again)
    optimizer = sgd(model)
    x = torch.randn(6, 4)
    with GradientLog(model, optimizer, tmp_path / "log") as log:
        loss = model(x).pow(2).sum()
        loss.backward()
        optimizer.step()
        log.write(loss)
    (step,) = closed(tmp_path / "log")
    undone = [p + 0.01 * p.grad for p in model.parameters()]
    z = [x @ undone[0].T + undone[1]]
    z.append(torch.relu(z[0]) @ undone[2].T + undone[3])
    z.append(z[1] @ undone[2].T + undone[3])
    g = torch.autograd.grad(z[2].pow(2).sum(), z)
    np.testing.assert_allclose(
        step.arrays["output_grad_norm"], [norm_of(g[:1]), norm_of(g[1:])], rtol=1e-5
    )


def test_lines_are_whole_as_soon_as_they_are_there(tmp_path: Path) -> None:
    """The file is a log after each step; the learning rate is the one that the step had."""
    import torch

    model = mlp()
    optimizer = sgd(model)
    schedule = torch.optim.lr_scheduler.ExponentialLR(optimizer, 0.5)
    with GradientLog(model, optimizer, tmp_path / "log") as log:
        for count in range(1, 4):
            loss = loss_of(model, batch(0))
            loss.backward()
            optimizer.step()
            schedule.step()
            log.write(loss)
            lines = (tmp_path / "log").read_text().splitlines(keepends=True)
            assert len(lines) == count + 1
            assert json.loads(lines[-1])["step"] == count - 1
            assert lines[-1].endswith("\n")
    rates = [step.numbers["learning_rate"] for step in closed(tmp_path / "log")]
    assert rates == pytest.approx([0.01, 0.005, 0.0025])


@pytest.mark.parametrize("use_reentrant", [False, True])
def test_layers_that_are_run_again_count_once(use_reentrant: bool, tmp_path: Path) -> None:
    """With gradient checkpointing the log is the one without."""
    import torch
    from torch.utils.checkpoint import checkpoint

    def recorded(path: Path, wrap: Callable[[Model, Any], Any]) -> list[np.ndarray]:
        torch.manual_seed(0)
        model = mlp()
        optimizer = sgd(model)
        with GradientLog(model, optimizer, path) as log:
            loss = model[4:](wrap(model[2:4], model[:2](batch(0)[0]))).pow(2).sum()
            loss.backward()
            optimizer.step()
            log.write(loss)
        (step,) = closed(path)
        assert read_header(path).layers == ("0", "2", "4", "6")
        return [step.arrays["output_grad_norm"], step.arrays["weight_grad_norm"]]

    plain = recorded(tmp_path / "plain", lambda part, x: part(x))
    again = recorded(
        tmp_path / "again", lambda part, x: checkpoint(part, x, use_reentrant=use_reentrant)
    )
    np.testing.assert_array_equal(plain, again)
