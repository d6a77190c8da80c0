"""Textual's screens, panels and widgets."""
