"""What takes time or remembers, without a screen."""
