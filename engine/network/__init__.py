"""A network's parameters, and its forward and backward pass."""
