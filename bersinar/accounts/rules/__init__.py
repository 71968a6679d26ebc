"""Decisions of accounts as plain functions."""
