"""What a network is made of: tables with one entry a thing; moments and critical points of phi."""
