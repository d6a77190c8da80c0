"""What a network is made of, as tables: one entry a thing."""
