"""The terminal app: keys and flags in, cells and text out."""
