"""What there is to say where a layer's distributions are not known."""

from __future__ import annotations

INSPECTING = "looking closer …"
NOT_INSPECTED = "no distributions at this step"


def without_inspection(is_possible: bool) -> str:
    """What to say in place of a layer's distributions, which will come or not."""
    return INSPECTING if is_possible else NOT_INSPECTED
