"""Decisions about stages, without Django."""
