"""The views of the screen's middle: each is `VIEW` of the module of its name in `tui.views`."""

from __future__ import annotations

VIEWS: dict[str, str] = {"gradients": "1", "chain": "2", "activation": "3", "training": "4"}
"""A view's key by its name."""
