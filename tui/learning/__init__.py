"""The pictures of the training view, each a function of frozen values."""
