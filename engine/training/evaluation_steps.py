"""At which steps a training run is held against the test set: fixed, however fast it is run."""

import math

STRIDES = (
    *((200, 10), (1000, 50), (10_000, 200)),
    *((100_000, 1000), (1_000_000, 10_000), (math.inf, 100_000)),
)
"""Up to a step, every so manyth step, so that a long run has few; the test set's size adds to it.
"""

BATCHES = 4
"""A test set of no more batches is evaluated at just these steps."""

LEAST_BATCH = 32
"""What a smaller batch counts as: its steps take hardly less time."""


def spacing(test_samples: int, batch_size: int) -> int:
    """How much farther apart the steps are, so that a large test set does not take all the time."""
    return max(test_samples // (BATCHES * max(batch_size, LEAST_BATCH)), 1)


def is_evaluated(step: int, apart: int = 1) -> bool:
    """Whether that step, from 1, is one of them."""
    stride = next(stride for end, stride in STRIDES if step <= end * apart)
    return step > 0 and step % (stride * apart) == 0
