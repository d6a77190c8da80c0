"""What a Trace says: the verdict, its causes, depth scales, folklore, remedies that were tried."""
