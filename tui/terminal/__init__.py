"""What the terminal can, and work-rounds of Textual's defects."""
