"""What mean-field theory says of signals and gradients at initialisation."""
