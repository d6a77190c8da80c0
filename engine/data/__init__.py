"""The datasets: made, read from a person's file, split and cut into batches."""
