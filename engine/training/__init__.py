"""How the weights move: steps, optimisers at work, displacement, snapshots."""
