"""The marks at small sizes: passes and steps beside PyTorch eager and another checkout's engine.

A pass is forward, backward of a given output cotangent, and the norm of each layer's weight
gradient; a step of training is a mini-batch, forward, cross entropy, backward, adam. One thread
each, processor time, the least of turns taken one after the other.

    pip install torch==2.13.0 && python -m tests.benchmarks.small [OLD_CHECKOUT] [--quick]
"""

import os
import sys

from tui.config.blas_kernels import choose_kernels

# one thread each, decided before any of them is imported; the kernels as the program chooses them
choose_kernels()
os.environ.update(OPENBLAS_NUM_THREADS="1", OMP_NUM_THREADS="1")

import platform  # noqa: E402
from collections.abc import Callable, Mapping  # noqa: E402
from pathlib import Path  # noqa: E402
from typing import Any  # noqa: E402

from threadpoolctl import threadpool_info  # noqa: E402

from engine import Experiment  # noqa: E402
from tests.benchmarks.checkouts import (  # noqa: E402
    PASS,
    STEPS,
    TRACE,
    TRAINING,
    Checkout,
    by_turns,
    timed,
)
from tests.benchmarks.engine import NETWORKS, gemm_step, geometric_mean, torch_step  # noqa: E402
from tests.benchmarks.training import MARKS, torch_steps  # noqa: E402

SHAPES = ((10, 32, 64), (20, 16, 64), (50, 64, 128), (100, 64, 64))
"""(depth, width, batch)."""

DTYPES = ("float32", "float64")

PASS_MARKS = {
    "plain": (("tanh", "relu"), {"float32": 0.42, "float64": 0.52}),
    "BatchNorm": (("relu+bn",), {"float32": 0.58, "float64": 0.65}),
}
"""The networks of a mark, and the mark: our time over PyTorch's."""

TRACE_MARK = 1.15

Run = Callable[[int], float]


def machine() -> str:
    """The processor, and the libraries that multiply."""
    import numpy as np
    import torch

    names = [
        line.partition(":")[2].strip()
        for line in Path("/proc/cpuinfo").read_text().splitlines()
        if line.startswith("model name")
    ]
    blas = [
        f"{found['internal_api']} {found['architecture']}"
        for found in threadpool_info()
        if found["user_api"] == "blas"
    ]
    mkl = "with MKL" if torch.backends.mkl.is_available() else "without MKL"
    return (
        f"{names[0] if names else platform.processor()}; numpy {np.__version__}, {', '.join(blas)};"
        f" PyTorch {torch.__version__} {mkl}, {torch.backends.cpu.get_cpu_capability()}"
    )


def settings_for(network: str, shape: tuple[int, int, int], dtype: str) -> dict[str, Any]:
    """A network on gaussian data as wide as itself."""
    sizes = dict(zip(("depth", "width", "batch_size"), shape, strict=True))
    return {**NETWORKS[network], **sizes, "dtype": dtype, "dataset": "gaussian"}


def ours(engines: Mapping[str, Checkout], kind: str, settings: dict[str, Any]) -> dict[str, Run]:
    """That work in each checkout."""
    return {name: engine.work(kind, **settings) for name, engine in engines.items()}


def row(name: str, ratios: Mapping[str, float], note: str = "") -> None:
    """One line of numbers."""
    cells = "  ".join(f"{key} {ratio:5.2f}" for key, ratio in ratios.items())
    print(f"{name:32} {cells}  {note}", flush=True)


def summed_up(title: str, rows: list[dict[str, float]], marks: Mapping[str, float]) -> None:
    """The geometric mean of each column, with the marks there are."""
    means = {key: geometric_mean([ratios[key] for ratios in rows]) for key in rows[0]}
    told = ", ".join(f"{key} {mark}" for key, mark in marks.items())
    row(f"{title}: geometric mean", means, f"(mark: {told})")


def passes(engines: Mapping[str, Checkout], rounds: int) -> None:
    """Each network, shape and number type."""
    print("\nour pass / PyTorch's, / the other checkout's; bare GEMM / our pass")
    for title, (networks, marks) in PASS_MARKS.items():
        for dtype in DTYPES:
            rows = []
            for network in networks:
                for shape in SHAPES:
                    settings = settings_for(network, shape, dtype)
                    experiment = Experiment().with_settings(**settings)
                    found = by_turns(
                        {
                            **ours(engines, PASS, settings),
                            "torch": timed(torch_step(experiment)),
                            "gemm": timed(gemm_step(experiment)),
                        },
                        rounds,
                    )
                    rows.append(over(found, "new", ("torch", "old")))
                    rows[-1]["gemm"] = found["gemm"] / found["new"]
                    name = f"{dtype} {network} {shape[0]}x{shape[1]},{shape[2]}"
                    row(name, rows[-1], f"{found['new'] * 1e3:7.3f} ms")
            summed_up(f"{dtype} {title}", rows, {"torch": marks[dtype]})


def over(found: Mapping[str, float], own: str, others: tuple[str, ...]) -> dict[str, float]:
    """Our time over each of the others that was taken."""
    return {name: found[own] / found[name] for name in others if name in found}


def adam(engines: Mapping[str, Checkout], rounds: int) -> None:
    """A step of training with each implementation of PyTorch's."""
    print(f"\nour step with adam (one of {STEPS} measured) / PyTorch's, / the other checkout's")
    kinds: dict[str, dict[str, bool]] = {
        "default": {},
        "foreach": {"foreach": True},
        "fused": {"fused": True},
    }
    for dtype in DTYPES:
        rows = []
        for shape in SHAPES:
            settings = settings_for("relu", shape, dtype)
            settings |= {"optimizer": "adam", "learning_rate": 1e-4}
            experiment = Experiment().with_settings(**settings)
            peers = {kind: timed(torch_steps(experiment, **how)) for kind, how in kinds.items()}
            found = by_turns({**ours(engines, TRAINING, settings), **peers}, rounds)
            rows.append(over(found, "new", (*kinds, "old")))
            name = f"{dtype} {shape[0]}x{shape[1]},{shape[2]}"
            row(name, rows[-1], f"{found['new'] / STEPS * 1e3:7.3f} ms a step")
        summed_up(dtype, rows, {kind: MARKS[kind][dtype] for kind in kinds})


def trace(engines: Mapping[str, Checkout], rounds: int) -> None:
    """A pass with its Trace over the bare one, depth 50, width 64, batch 128."""
    print(f"\na pass with its Trace / the bare pass (mark {TRACE_MARK})")
    for dtype in DTYPES:
        for network in ("tanh", "relu"):
            settings = settings_for(network, (50, 64, 128), dtype)
            ratios = {}
            for name, engine in engines.items():
                runs = {kind: engine.work(kind, **settings) for kind in (PASS, TRACE)}
                found = by_turns(runs, 3 * rounds)
                ratios[name] = found[TRACE] / found[PASS]
            row(f"{dtype} {network}", ratios)


def main() -> None:
    """Everything, or with --quick fewer rounds."""
    rounds = 5 if "--quick" in sys.argv else 15
    old = [Path(argument) for argument in sys.argv[1:] if not argument.startswith("--")]
    engines = {
        name: Checkout(root) for name, root in zip(("new", "old"), [Path(), *old], strict=False)
    }
    print(machine())
    try:
        passes(engines, rounds)
        adam(engines, rounds)
        trace(engines, rounds)
    finally:
        for engine in engines.values():
            engine.close()


if __name__ == "__main__":
    main()
