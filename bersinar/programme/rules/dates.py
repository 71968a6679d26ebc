"""Days as exactly as they are known: what they cover, and how they are written."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta

from bersinar.programme.vocabulary import Precision
from bersinar.ui.writing import MONTHS, day

# How far "around that day" reaches: our assumption, nothing published says it.
AROUND = timedelta(days=14)


def tidy(on: date, precision: Precision) -> date:
    """The day under which an inexact date is stored: the first of its month or year."""
    if precision is Precision.BULAN:
        return on.replace(day=1)
    if precision is Precision.TAHUN:
        return on.replace(month=1, day=1)
    return on


def span(on: date, precision: Precision) -> tuple[date, date]:
    """The first and the last day it can have been."""
    match precision:
        case Precision.BULAN:
            return on.replace(day=1), on.replace(day=monthrange(on.year, on.month)[1])
        case Precision.TAHUN:
            return on.replace(month=1, day=1), on.replace(month=12, day=31)
        case Precision.SEKITAR:
            return on - AROUND, on + AROUND
        case Precision.PALING_LAMBAT:
            return date.min, on
    return on, on


def certainly_before(one: tuple[date, Precision], other: tuple[date, Precision]) -> bool:
    """Does the first lie before the second, however the inexact dates are read?"""
    return span(*one)[1] < span(*other)[0]


def words(on: date, precision: Precision) -> str:
    """26 Oktober 2023 · sekitar 28 Juli 2022 · paling lambat 25 Agustus 2022 · Oktober 2023 · 2021."""
    return {
        Precision.SEKITAR: f"sekitar {day(on)}",
        Precision.PALING_LAMBAT: f"paling lambat {day(on)}",
        Precision.BULAN: f"{MONTHS[on.month - 1]} {on.year}",
        Precision.TAHUN: str(on.year),
    }.get(precision, day(on))
