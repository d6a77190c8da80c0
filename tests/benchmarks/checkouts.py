"""The engine of a checkout at work in a process of its own, so that two can be timed by turns.

Run as a program it is that process: it takes one line of JSON after the other from its input, the
work that is wanted (`kind`, `settings`) or how often it is to be done, and answers with a line.
"""

import json
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

PASS, TRACE, TRAINING = "pass", "trace", "training"
STEPS = 20
"""Steps of training taken together; the app measures one of so many when it is in a hurry."""

_START = "import runpy, sys; runpy.run_path(sys.argv[1], run_name='__main__')"


class Checkout:
    """The engine that lies in `root`, with this interpreter, one BLAS thread."""

    def __init__(self, root: Path) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-c", _START, str(Path(__file__).resolve())],
            cwd=root,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def ask(self, **wanted: Any) -> Any:
        """What the process answers."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        print(json.dumps(wanted), file=self._process.stdin, flush=True)
        return json.loads(self._process.stdout.readline())

    def work(self, kind: str, **settings: Any) -> Callable[[int], float]:
        """Processor seconds of one call of that work, done so many times."""
        number = self.ask(kind=kind, settings=settings)
        return lambda repeats: float(self.ask(number=number, repeats=repeats))

    def close(self) -> None:
        """End the process."""
        self._process.communicate()


def timed(step: Callable[[], object]) -> Callable[[int], float]:
    """Processor seconds of one call of a step, done so many times."""

    def run(repeats: int) -> float:
        start = time.process_time()
        for _ in range(repeats):
            step()
        return (time.process_time() - start) / repeats

    return run


def by_turns(
    candidates: dict[str, Callable[[int], float]], rounds: int, seconds: float = 0.02
) -> dict[str, float]:
    """The least processor seconds of each, taken by turns of about so many seconds."""
    for candidate in candidates.values():
        candidate(1)
    repeats = {name: max(int(seconds / run(2)), 1) for name, run in candidates.items()}
    found = {name: float("inf") for name in candidates}
    for _ in range(rounds):
        for name, run in candidates.items():
            found[name] = min(found[name], run(repeats[name]))
    return found


def _work(kind: str, settings: dict[str, Any]) -> Callable[[], object]:
    """In the process: what is to be done once."""
    import numpy as np

    from engine import Experiment, Trainer
    from engine.measure.meter import Meter
    from engine.network.network import NetworkState
    from engine.numerics import norms

    experiment = Experiment().with_settings(**settings)
    if kind == TRAINING:
        trainer = Trainer(experiment)
        return lambda: trainer.advance(STEPS)
    state = NetworkState(experiment)
    random, dtype = np.random.default_rng(0), experiment.network.dtype
    batch = experiment.data.batch_size
    x = random.standard_normal((batch, experiment.features)).astype(dtype)
    cotangent = random.standard_normal((batch, experiment.outputs)).astype(dtype)

    def bare() -> object:
        state.forward(x)
        state.backward(cotangent)
        if hasattr(state.gradients, "norms"):
            return state.gradients.norms("weights")
        # as releases before it did
        return [norms.norm(gradient) for gradient in state.gradients.weights]

    def traced() -> object:
        meter = Meter(state, experiment)
        state.forward(x, meter)
        state.backward(cotangent, meter)
        return meter.trace(0, 0.0, None)

    return traced if kind == TRACE else bare


def _serve() -> None:
    runs: list[Callable[[int], float]] = []
    for line in sys.stdin:
        wanted = json.loads(line)
        if "kind" in wanted:
            runs.append(timed(_work(wanted["kind"], wanted["settings"])))
            print(len(runs) - 1, flush=True)
        else:
            print(runs[wanted["number"]](wanted["repeats"]), flush=True)


if __name__ == "__main__":
    _serve()
