"""Where on its way back the gradient leaves the healthy range."""

import numpy as np

from engine.diagnosis.verdict import HEALTHY_DECADES, Verdict
from engine.numerics.arrays import PerLayer


def first_bad_layer(verdict: Verdict, g: PerLayer) -> int | None:
    """The layer nearest the output of which the verdict is true; None where it is healthy.

    Of a gradient that vanishes or explodes it is the first that lies beyond HEALTHY_DECADES from
    layer L; `g` is |dL/dh_l|.
    """
    if verdict.layer is not None or verdict.kind not in ("vanishing", "exploding"):
        return verdict.layer
    decades = np.log10(g) - np.log10(g[-1])
    direction = -1.0 if verdict.kind == "vanishing" else 1.0
    return int(np.flatnonzero(direction * decades > HEALTHY_DECADES)[-1]) + 1
