"""Measurements of what the product promises about speed. Never part of ./test: a clock is no judge."""
