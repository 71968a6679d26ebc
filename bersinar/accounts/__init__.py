"""People who log in, their position, and what they may see."""
