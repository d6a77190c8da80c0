"""Values drawn as strips, pure functions all."""
