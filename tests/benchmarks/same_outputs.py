"""Whether two checkouts print the same bytes: `python -m tests.benchmarks.same_outputs OLD [NEW]`.

The commands are drawn from a seed: `run` as JSON of 300 varied experiments (CSV and text of some,
trained ones among them), and `doctor` as text and JSON of 75. Output, error line and exit code are
compared byte by byte; each checkout runs in one process of its own, with this interpreter.
"""

import json
import os
import subprocess
import sys
from collections import Counter
from pathlib import Path
from random import Random

RUNS, DOCTORS = 300, 75

CHOICES: dict[str, tuple[str, ...]] = {
    "--activation": (
        *("sigmoid", "linear", "hard_sigmoid", "tanh", "hard_tanh", "softsign", "arctan", "sin"),
        *("relu", "leaky_relu", "elu", "selu", "gelu", "silu", "mish", "softplus"),
    ),
    "--init": (
        *("xavier_normal", "xavier_uniform", "he_normal", "he_uniform", "lecun_normal"),
        *("lecun_uniform", "pytorch_default", "orthogonal", "lsuv", "critical", "small_normal"),
        *("unit_normal", "zeros"),
    ),
    "--depth": ("1", "2", "3", "5", "10", "20", "20", "50", "100"),
    "--width": ("4", "16", "32", "64", "64", "128"),
    "--residual": ("none", "none", "post_activation", "pre_activation"),
    "--norm": ("none", "none", "batch", "layer", "rms"),
    "--dataset": ("digits", "digits", "circle", "spiral", "moons", "gaussian"),
}
"""Settings that every experiment draws."""

SOMETIMES: dict[str, tuple[str, ...]] = {
    "--residual-scale": ("sqrt_depth", "sqrt_two", "rezero"),
    "--norm-position": ("post",),
    "--gain": ("0.5", "1.5", "2"),
    "--bias-std": ("0.1", "0.5"),
    "--negative-slope": ("0.2",),
    "--dtype": ("float32",),
    "--loss": ("mse", "probe"),
    "--batch-size": ("4", "32", "256"),
    "--seed": ("1", "7"),
    "--noise": ("0.1",),
    "--test-fraction": ("0", "0.5"),
    "--optimizer": ("momentum", "nesterov", "rmsprop", "adam", "adamw"),
    "--learning-rate": ("0.01", "1", "100"),
    "--schedule": ("cosine",),
    "--clip-norm": ("1",),
}
"""Settings that one experiment in six draws."""

_WORKER = """
import contextlib, io, json, os, sys
sys.path.insert(0, os.getcwd())
from tui.__main__ import main
for line in sys.stdin:
    sys.argv = ["chainrule", *json.loads(line)]
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        code = main()
    print(json.dumps([code, out.getvalue(), err.getvalue()]), flush=True)
"""


def drawn(random: Random) -> list[str]:
    """The flags of one experiment; some combinations are errors, which are compared as well."""
    flags = [part for name, values in CHOICES.items() for part in (name, random.choice(values))]
    for name, values in SOMETIMES.items():
        if random.random() < 1 / 6:
            flags += [name, random.choice(values)]
    return flags


def commands(random: Random) -> list[list[str]]:
    """Every command that is compared."""
    found = []
    for number in range(RUNS):
        kind = "csv" if number % 20 == 18 else "text" if number % 20 == 19 else "json"
        steps = ["--steps", str(random.choice((1, 5, 20)))] if number % 5 == 4 else []
        found.append(["run", "--format", kind, *steps, *drawn(random)])
    for number in range(DOCTORS):
        found.append(["doctor", "--format", "json" if number % 2 else "text", *drawn(random)])
    return [*found, ["list"], *(["list", kind] for kind in ("settings", "keys", "presets"))]


def outputs(checkout: Path, asked: list[list[str]]) -> list[list[object]]:
    """Exit code, standard output and standard error of each command in that checkout."""
    environment = {**os.environ, "CHAINRULE_CONFIG": "", "COLUMNS": "80"}
    lines = "\n".join(map(json.dumps, asked))
    done = subprocess.run(
        [sys.executable, "-c", _WORKER],
        input=lines,
        capture_output=True,
        text=True,
        cwd=checkout,
        env=environment,
        check=True,
    )
    return [json.loads(line) for line in done.stdout.splitlines()]


def main(old: Path, new: Path) -> int:
    """Print what differs; 0 if nothing does."""
    asked = commands(Random(0))
    before, after = outputs(old, asked), outputs(new, asked)
    differing = [c for c, a, b in zip(asked, before, after, strict=True) if a != b]
    for command in differing:
        print("differs: chainrule", *command)
    codes = Counter((command[0], found[0]) for command, found in zip(asked, after, strict=True))
    for (name, code), count in sorted(codes.items()):
        print(f"{name}: {count} with exit code {code}")
    print(f"{len(asked) - len(differing)} of {len(asked)} outputs are byte-identical")
    return 1 if differing else 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), Path(sys.argv[2] if len(sys.argv) > 2 else ".")))
