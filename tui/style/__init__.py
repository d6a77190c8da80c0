"""What everything looks like: glyphs, colours, themes as data."""
