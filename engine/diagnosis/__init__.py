"""What a Trace says: verdict, causes, depth scale, gap to theory, formats, folklore, remedies."""
