"""What meets PyTorch; the only folder that may import it, and only inside functions."""
