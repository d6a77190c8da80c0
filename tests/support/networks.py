"""One network of each kind whose chain differs."""

from typing import Any

NETWORKS: dict[str, dict[str, Any]] = {
    "dying": {},
    "exploding": {"activation": "tanh", "init": "unit_normal"},
    "healthy": {"activation": "relu", "init": "he_normal"},
    "residual": {"activation": "relu", "init": "he_normal", "residual": "pre_activation"},
    "batchnorm": {"norm": "batch"},
    "all": {"residual": "post_activation", "norm": "batch", "residual_scale": "sqrt_depth"},
}
