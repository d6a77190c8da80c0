"""Watching a pass."""

from engine.numerics.arrays import Array


class Observer:
    """Is shown a pass; a subclass overrides what it looks at.

    Arrays are valid during the call only; i counts layers from 0.
    """

    def linear_output(self, i: int, z: Array) -> None:
        """The linear output of layer i."""

    def activation_input(self, i: int, u: Array) -> None:
        """What phi of layer i is fed: after the norm where that comes first."""

    def activation_output(self, i: int, phi: Array) -> None:
        """What phi of layer i gives."""

    def scaled(self, i: int, summand: Array) -> None:
        """Layer i's branch (forward) or skip (both ways) times its coefficient, where not 1."""

    def layer_output(self, i: int, h: Array) -> None:
        """The output of layer i, after its skip."""

    def output_gradient(self, i: int, gradient: Array) -> None:
        """dL/dh of layer i; i = -1 for dL/dx."""

    def cotangent(self, i: int, stage: int, cotangent: Array) -> None:
        """The gradient after a stage of layer i's branch: the scale (0), then each operation.

        The scale is left out where it is 1.
        """

    def slope(self, i: int, slope: Array) -> None:
        """phi' of layer i; comes right before the activation's cotangent."""
