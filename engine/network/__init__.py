"""A network: parameters, operations, the passes, and what they take in memory, time and threads."""
