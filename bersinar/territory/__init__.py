"""Provinces to villages with codes over time, offices, borders."""
