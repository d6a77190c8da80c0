"""How much of the gradient that leaves the read-out lies along the signal that made it."""

import numpy as np

from engine.catalogue.losses import LOSSES, Targets

SAMPLES = 512


def coherence(loss: str, outputs: int, square: float) -> float:
    """E (f.dL/df)^2 over its value if f and dL/df were unrelated, for read-outs f ~ N(0, square).

    1 for probe; above it where the loss looks at f: wrong logits are pushed down, so that h.g =
    f.dL/df is not of random sign. Labels are uniform, regression targets N(0, 1).
    """
    random = np.random.default_rng(0)
    f = np.sqrt(square) * random.standard_normal((SAMPLES, outputs))
    labels = np.arange(SAMPLES) % outputs
    draws = random.standard_normal((2, SAMPLES, outputs))
    gradient = np.empty_like(f)
    with np.errstate(all="ignore"):
        LOSSES[loss].evaluate(f, Targets(labels, lambda: draws[0], lambda: draws[1]), gradient)
        # scaled, because both may be very large
        gradient /= np.abs(gradient).max()
        along = ((f / np.sqrt(square) * gradient).sum(axis=1) ** 2).sum()
        ratio = float(along / (gradient**2).sum())
    return ratio if np.isfinite(ratio) else 1.0
