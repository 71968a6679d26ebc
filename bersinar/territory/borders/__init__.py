"""Borders from files of others: read in a limited process, repaired, led to villages."""

# Nothing is imported here: the limited process must stay without Django and without arrays.
