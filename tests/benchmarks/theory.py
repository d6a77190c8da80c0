"""How long theory takes: a prediction beside the pass that it predicts, and the whole diagnosis.

python -m tests.benchmarks.theory
"""

import subprocess
import sys
import time
from functools import partial
from pathlib import Path

from engine import Experiment, run
from engine.theory.prediction import predict
from tests.benchmarks.timing import interleaved

SETTINGS: dict[str, dict[str, object]] = {
    "plain": {"activation": "tanh"},
    "rms norm": {"activation": "gelu", "norm": "rms"},
    "batch norm": {"activation": "relu", "norm": "batch"},
    "pre-activation skips": {"activation": "relu", "residual": "pre_activation", "norm": "batch"},
    "post-activation skips": {"activation": "relu", "residual": "post_activation"},
}


def main() -> None:
    """Print the table."""
    print("depth 50, width 64, batch 128; mark: a prediction in 3 ms after the first")
    for name, settings in SETTINGS.items():
        experiment = Experiment().with_settings(depth=50, **settings)  # type: ignore[arg-type]
        start = time.perf_counter()
        predict(experiment)
        first = time.perf_counter() - start
        seconds = interleaved(
            {"again": partial(predict, experiment), "run": partial(run, experiment)}, rounds=30
        )
        print(
            f"  {name:<22} first {first * 1e3:5.1f} ms, again {seconds['again'] * 1e3:4.1f} ms, "
            f"{seconds['again'] / seconds['run']:.2f} of the run it predicts"
        )
    print("chainrule doctor --depth 50, process and all; mark: 0.7 s")
    command = [str(Path(sys.executable).with_name("chainrule")), "doctor", "--depth", "50"]
    call = partial(subprocess.run, command, stdout=subprocess.DEVNULL, check=False)
    print(f"  {interleaved({'doctor': call}, rounds=9)['doctor']:.2f} s")


if __name__ == "__main__":
    main()
