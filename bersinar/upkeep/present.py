"""Moments and sizes as people of the office read them."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone

from bersinar.ui.writing import day, number, time_of_day


def moment(value: datetime) -> str:
    """26 Oktober 2023 pukul 08.15 WIB."""
    local = timezone.localtime(value)
    return f"{day(local)} {time_of_day(local)}"


def megabytes(value: int) -> str:
    """Rounded up, so that something is never nothing."""
    return f"{number(-(-value // (1024 * 1024)))} MB"
