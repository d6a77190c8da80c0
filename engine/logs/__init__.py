"""The run log, what a training run wrote down of itself a line a step: schema, writer, reader."""
