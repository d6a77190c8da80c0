"""The one value that decides every number, what it may be, and a run of it."""
