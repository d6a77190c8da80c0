"""What a thread meets that brings a result to an app which is no longer there."""

from __future__ import annotations

from textual.css.query import NoMatches

GONE: tuple[type[Exception], ...] = (RuntimeError, NoMatches)
"""The loop has ended, or the screen has been taken down: nobody waits for the result."""
