"""Every sentence and every label, made from numbers and codes."""
