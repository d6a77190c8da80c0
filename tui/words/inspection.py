"""What there is to say where a layer's distributions are not known."""

from __future__ import annotations

INSPECTING = "looking closer …"
NOT_INSPECTED = "no distributions at this step"
