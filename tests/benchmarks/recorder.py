"""What recording a training run costs, beside one bare pass over the gradients in the same run.

`.venv/bin/python -m tests.benchmarks.recorder`; needs torch.
"""

from typing import Any

Tensor = Any
