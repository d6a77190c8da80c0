"""Kinds of array, norms, random streams, number formats, and the error for bad settings."""
