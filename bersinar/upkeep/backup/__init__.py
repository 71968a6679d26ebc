"""Copies of everything an office has: made daily, sealed to a key on paper, and counted only once they were opened."""
