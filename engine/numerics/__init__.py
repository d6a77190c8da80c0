"""Numbers that can be trusted: norms, random streams, floating-point formats, the one error."""
