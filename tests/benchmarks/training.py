"""A training step beside PyTorch eager's: one thread, the same network, batches and optimiser.

Work: a mini-batch taken from the data, forward, cross entropy, backward, the optimiser's step.

    pip install torch==2.13.0 && python -m tests.benchmarks.training [--quick]
"""

import os
import sys

from tui.config.blas_kernels import choose_kernels

# one thread each, decided before any of them is imported; the kernels as the program chooses them
choose_kernels()
os.environ.update(OPENBLAS_NUM_THREADS="1", OMP_NUM_THREADS="1")

from collections.abc import Callable  # noqa: E402
from functools import partial  # noqa: E402
from typing import Any  # noqa: E402

from engine import Experiment, Trace, Trainer  # noqa: E402
from engine.data.datasets import batch  # noqa: E402
from engine.experiment.experiment import load_data  # noqa: E402
from engine.logs.records import step_line  # noqa: E402
from engine.network.network import NetworkState  # noqa: E402
from tests.benchmarks.timing import interleaved  # noqa: E402

STEPS = 20
"""Steps timed together; the app measures one of so many when it is in a hurry."""

MARKS: dict[str, dict[str, float]] = {
    "default": {"float32": 0.40, "float64": 0.55},
    "foreach": {"float32": 0.45, "float64": 0.62},
    "fused": {"float32": 0.62, "float64": 0.78},
}
"""Of adam, against each of PyTorch's implementations."""


def experiment_for(optimizer: str, dtype: str) -> Experiment:
    """Depth 20, width 64, batch 128 on the digits: relu, he."""
    return Experiment().with_settings(
        activation="relu",
        init="he_normal",
        optimizer=optimizer,
        learning_rate=1e-4,
        dtype=dtype,
    )


def engine_steps(experiment: Experiment, told: Callable[[Trace], object]) -> Callable[[], object]:
    """This engine, every step measured and told."""
    trainer = Trainer(experiment)

    def every() -> None:
        for _ in range(STEPS):
            told(trainer.step())

    return every


def logged(trace: Trace) -> None:
    """Write a line of a run log."""
    with open(os.devnull, "w") as file:
        file.write(step_line(trace, 0.0))


def torch_steps(experiment: Experiment, **options: bool) -> Callable[[], object]:
    """PyTorch eager; `options` choose one of its implementations of the optimiser."""
    import torch
    from torch.nn import functional

    torch.set_num_threads(1)
    parameters = NetworkState(experiment).parameters

    def learned(arrays: list[Any]) -> list[Any]:
        return [torch.from_numpy(array.copy()).requires_grad_() for array in arrays]

    weights, biases = learned(parameters.weights), learned(parameters.biases)
    readout = learned([parameters.readout_weight, parameters.readout_bias])
    kinds: dict[str, Any] = {"sgd": torch.optim.SGD, "adam": torch.optim.Adam}
    training, data = experiment.training, experiment.data
    optimizer = kinds[training.optimizer](
        [*weights, *biases, *readout], lr=training.learning_rate, **options
    )
    split = load_data(experiment)
    count = 0

    def step() -> None:
        nonlocal count
        seen = batch(split, data.batch_size, data.seed, count)
        h = torch.from_numpy(seen.x.astype(experiment.network.dtype))
        for weight, bias in zip(weights, biases, strict=True):
            h = torch.relu(functional.linear(h, weight, bias))
        labels = torch.from_numpy(seen.targets.labels)
        loss = functional.cross_entropy(functional.linear(h, *readout), labels)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        count += 1

    def steps() -> None:
        for _ in range(STEPS):
            step()

    return steps


def main() -> None:
    """Each optimiser and number type."""
    rounds = 9 if "--quick" in sys.argv else 41
    print("ours / PyTorch's default, foreach, fused; measured and logged / unmeasured")
    print(f"marks of adam: {MARKS}")
    for optimizer in ("adam", "sgd"):
        for dtype in ("float32", "float64"):
            experiment = experiment_for(optimizer, dtype)
            medians = interleaved(
                {
                    "ours": partial(Trainer(experiment).advance, STEPS),
                    "measured": engine_steps(experiment, lambda trace: None),
                    "logged": engine_steps(experiment, logged),
                    "default": torch_steps(experiment),
                    "foreach": torch_steps(experiment, foreach=True),
                    "fused": torch_steps(experiment, fused=True),
                },
                rounds,
            )
            ours = medians["ours"]
            ratios = [ours / medians[name] for name in ("default", "foreach", "fused")]
            print(
                f"{optimizer:5} {dtype} "
                + " ".join(f"{ratio:5.2f}" for ratio in ratios)
                + f" {medians['measured'] / ours:6.2f} {medians['logged'] / ours:5.2f}"
                + f"   {ours / STEPS * 1e3:.2f} ms",
                flush=True,
            )


if __name__ == "__main__":
    main()
