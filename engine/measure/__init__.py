"""What is measured: Traces, the product of their factors, one layer closely, answers, probes."""
