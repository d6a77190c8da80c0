"""What is measured: the Trace of a pass, one layer looked at closely, answers and probes."""
