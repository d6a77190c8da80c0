"""The engine beside PyTorch, XLA and the bare matrix products: one thread, the same work each.

Work: forward, backward of a given output cotangent, norm of each layer's weight gradient.

    pip install torch==2.13.0 jax && python -m tests.benchmarks.engine [--quick]
"""

import os
import sys

from tui.config.blas_kernels import choose_kernels

# one thread each, decided before any of them is imported; the kernels as the program chooses them
choose_kernels()
os.environ.update(
    OPENBLAS_NUM_THREADS="1",
    OMP_NUM_THREADS="1",
    XLA_FLAGS="--xla_cpu_multi_thread_eigen=false intra_op_parallelism_threads=1",
    JAX_ENABLE_X64="1",
    JAX_PLATFORMS="cpu",
)

import math  # noqa: E402
import statistics  # noqa: E402
import tracemalloc  # noqa: E402
from collections.abc import Callable  # noqa: E402
from typing import Any  # noqa: E402

import numpy as np  # noqa: E402

from engine import Experiment  # noqa: E402
from engine.measure.meter import Meter  # noqa: E402
from engine.network.network import NetworkState  # noqa: E402
from engine.numerics.norms import norm  # noqa: E402
from tests.benchmarks.timing import interleaved  # noqa: E402

SHAPES = (
    (10, 32, 64),
    (50, 64, 128),
    (50, 128, 128),
    (100, 64, 64),
    (20, 256, 256),
    (200, 128, 256),
)
"""(depth, width, batch)."""

NETWORKS: dict[str, dict[str, str]] = {
    "tanh": {"activation": "tanh"},
    "relu": {"activation": "relu", "init": "he_normal"},
    "relu+bn": {"activation": "relu", "init": "he_normal", "norm": "batch"},
    "relu+skip": {"activation": "relu", "init": "he_normal", "residual": "pre_activation"},
}

Step = Callable[[], object]


def experiment_for(network: str, shape: tuple[int, int, int], dtype: str) -> Experiment:
    """The benchmark's network on gaussian data as wide as itself."""
    depth, width, batch = shape
    return Experiment().with_settings(
        **NETWORKS[network],
        depth=depth,
        width=width,
        batch_size=batch,
        dtype=dtype,
        dataset="gaussian",
    )


def inputs(experiment: Experiment) -> tuple[np.ndarray, np.ndarray]:
    """A batch and an output cotangent."""
    random, dtype = np.random.default_rng(0), experiment.network.dtype
    batch = experiment.data.batch_size
    x = random.standard_normal((batch, experiment.features)).astype(dtype)
    return x, random.standard_normal((batch, experiment.outputs)).astype(dtype)


def engine_step(experiment: Experiment) -> Step:
    """This engine."""
    state = NetworkState(experiment)
    x, cotangent = inputs(experiment)

    def step() -> object:
        state.forward(x)
        state.backward(cotangent)
        return [norm(gradient) for gradient in state.gradients.weights]

    return step


def torch_step(experiment: Experiment) -> Step:
    """PyTorch eager with autograd."""
    import torch
    from torch.nn import functional

    torch.set_num_threads(1)
    state = NetworkState(experiment)
    x, cotangent = (torch.from_numpy(array) for array in inputs(experiment))
    parameters = state.parameters

    def learned(arrays: list[Any]) -> list[Any]:
        return [torch.from_numpy(array.copy()).requires_grad_() for array in arrays]

    weights, biases = learned(parameters.weights), learned(parameters.biases)
    gammas, betas = learned(parameters.gammas), learned(parameters.betas)
    readout = learned([parameters.readout_weight, parameters.readout_bias])
    every = [*weights, *biases, *gammas, *betas, *readout]
    phi = torch.tanh if experiment.network.activation == "tanh" else torch.relu
    skips = experiment.network.residual == "pre_activation"

    def step() -> object:
        for parameter in every:
            parameter.grad = None
        h = x
        for i, weight in enumerate(weights):
            if skips:
                h = h + functional.linear(phi(h), weight, biases[i])
                continue
            z = functional.linear(h, weight, biases[i])
            if gammas:
                z = functional.batch_norm(z, None, None, gammas[i], betas[i], training=True)
            h = phi(z)
        functional.linear(h, *readout).backward(cotangent)
        return torch._foreach_norm([weight.grad for weight in weights])

    return step


def jax_step(experiment: Experiment) -> Step:
    """XLA, the whole step compiled."""
    import jax
    import jax.numpy as jnp

    x, cotangent = inputs(experiment)
    state = NetworkState(experiment)
    p = state.parameters
    parameters = {
        "weights": [jnp.asarray(w) for w in p.weights],
        "biases": [jnp.asarray(b) for b in p.biases],
        "gammas": [jnp.asarray(g) for g in p.gammas],
        "betas": [jnp.asarray(b) for b in p.betas],
        "readout": [jnp.asarray(p.readout_weight), jnp.asarray(p.readout_bias)],
    }
    phi = jnp.tanh if experiment.network.activation == "tanh" else jax.nn.relu
    skips = experiment.network.residual == "pre_activation"

    def objective(learned: Any, x: Any) -> Any:
        h = x
        for i, weight in enumerate(learned["weights"]):
            if skips:
                h = h + phi(h) @ weight.T + learned["biases"][i]
                continue
            z = h @ weight.T + learned["biases"][i]
            if learned["gammas"]:
                centred = z - z.mean(axis=0)
                spread = jnp.sqrt((centred**2).mean(axis=0) + 1e-5)
                z = learned["gammas"][i] * centred / spread + learned["betas"][i]
            h = phi(z)
        readout_weight, readout_bias = learned["readout"]
        return jnp.vdot(h @ readout_weight.T + readout_bias, cotangent)

    def compiled(learned: Any, x: Any) -> Any:
        gradients = jax.grad(objective)(learned, x)
        return gradients, [jnp.linalg.norm(g) for g in gradients["weights"]]

    x = jnp.asarray(x)
    run = jax.jit(compiled)
    return lambda: jax.block_until_ready(run(parameters, x))


def gemm_step(experiment: Experiment) -> Step:
    """The three matrix products of each layer and nothing else."""
    depth, width = experiment.network.depth, experiment.network.width
    batch, dtype = experiment.data.batch_size, experiment.network.dtype
    random = np.random.default_rng(0)
    weights = random.standard_normal((depth, width, width)).astype(dtype)
    gradients = np.empty_like(weights)
    signals = random.standard_normal((depth, batch, width)).astype(dtype)
    out = np.empty((batch, width), dtype)

    def step() -> None:
        for i in range(depth):
            np.matmul(signals[i], weights[i].T, out=out)
        for i in range(depth):
            np.matmul(out.T, signals[i], out=gradients[i])
            np.matmul(signals[i], weights[i], out=out)

    return step


def geometric_mean(values: list[float]) -> float:
    """Of ratios."""
    return math.exp(statistics.fmean(math.log(value) for value in values))


def compare(dtype: str, rounds: int) -> None:
    """All networks and shapes in one number type."""
    print(f"\n{dtype}: ours / PyTorch, ours / XLA, bare GEMM / ours (and ours in ms)")
    against_xla: list[float] = []
    for network in NETWORKS:
        for shape in SHAPES:
            experiment = experiment_for(network, shape, dtype)
            medians = interleaved(
                {
                    "ours": engine_step(experiment),
                    "torch": torch_step(experiment),
                    "xla": jax_step(experiment),
                    "gemm": gemm_step(experiment),
                },
                rounds,
                repeats=5 if shape[0] * shape[1] < 4000 else 1,
            )
            ours = medians["ours"]
            against_xla.append(ours / medians["xla"])
            name = f"{shape[0]}x{shape[1]},{shape[2]}"
            print(
                f"{network:10} {name:12} {ours / medians['torch']:5.2f} {against_xla[-1]:5.2f} "
                f"{medians['gemm'] / ours:5.2f}   {ours * 1e3:7.2f} ms",
                flush=True,
            )
    print(f"geometric mean against XLA: {geometric_mean(against_xla):.2f} (mark 1.0)")


def cost_of_depth() -> None:
    """A layer's cost in a net of 1000 over one of 50."""
    steps = {
        str(depth): engine_step(experiment_for("tanh", (depth, 64, 128), "float64"))
        for depth in (50, 1000)
    }
    medians = interleaved(steps, rounds=9)
    ratio = medians["1000"] / 1000 / (medians["50"] / 50)
    print(f"\ncost per layer, depth 1000 over depth 50: {ratio:.2f} (mark 1.2)")


def peak_memory() -> None:
    """Beside parameters, gradients, one array a layer and three batch buffers."""
    experiment = experiment_for("tanh", (1000, 64, 128), "float64")
    tracemalloc.start()
    step = engine_step(experiment)
    step()
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    state = NetworkState(experiment)
    signal = 128 * 64 * 8
    least = 2 * state.parameters.flat.nbytes + 1000 * signal + 3 * signal
    print(f"peak memory over the least there can be: {peak / least:.2f} (mark 1.3)")


def trace_overhead() -> None:
    """A pass with its Trace over the bare step, depth 50, width 64, batch 128."""
    for dtype in ("float64", "float32"):
        experiment = experiment_for("tanh", (50, 64, 128), dtype)
        state = NetworkState(experiment)
        x, cotangent = inputs(experiment)

        def traced(
            state: NetworkState = state,
            experiment: Experiment = experiment,
            x: np.ndarray = x,
            cotangent: np.ndarray = cotangent,
        ) -> None:
            meter = Meter(state, experiment)
            state.forward(x, meter)
            state.backward(cotangent, meter)
            meter.trace(0, 0.0, None)

        medians = interleaved({"bare": engine_step(experiment), "traced": traced}, rounds=80)
        print(f"Trace over the bare step, {dtype}: {medians['traced'] / medians['bare']:.2f}")


def main() -> None:
    """Everything, or with --quick fewer rounds."""
    if "--trace" in sys.argv:
        trace_overhead()
        return
    cost_of_depth()
    peak_memory()
    trace_overhead()
    rounds = 7 if "--quick" in sys.argv else 25
    for dtype in ("float32", "float64"):
        compare(dtype, rounds)


if __name__ == "__main__":
    main()
