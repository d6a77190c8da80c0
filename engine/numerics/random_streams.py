"""Independent random streams, one for each purpose and layer, so that equal draws stay equal."""

from enum import IntEnum

import numpy as np


class Purpose(IntEnum):
    """What a stream is drawn for; the numbers are part of every published result."""

    WEIGHT = 0
    BIAS = 1
    READOUT = 2
    DATA = 3
    SPLIT = 4
    NOISE = 5
    BATCH = 6
    TARGET = 7
    COTANGENT = 8


def stream(seed: int, purpose: Purpose, index: int = 0) -> np.random.Generator:
    """The generator of one purpose and index (a layer, an epoch).

    Changing any setting but the seed leaves a stream's draws alone, so two experiments that
    differ in one setting share all the draws that they have in common.
    """
    return np.random.default_rng(np.random.SeedSequence(seed, spawn_key=(int(purpose), index)))
