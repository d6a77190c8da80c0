"""Training: the Trainer, its updates and snapshots, displacement, inspections on the way."""
