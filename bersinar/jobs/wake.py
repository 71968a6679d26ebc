"""Tells the worker thread of this process that something waits; other processes look by themselves."""

from __future__ import annotations

import threading

_bell = threading.Event()


def now() -> None:
    _bell.set()


def wait(seconds: float) -> None:
    """Until somebody calls now(), at most this long."""
    _bell.wait(seconds)
    _bell.clear()
