"""Benchmarks: run as `python -m tests.benchmarks.NAME`; they print, they do not assert."""
