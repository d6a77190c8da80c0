"""Frozen values: what is shown, how one looks at it, and the tables of what keys do."""
