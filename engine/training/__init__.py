"""Training: the Trainer, its updates and snapshots, and how far the weights have moved."""
