"""Numbers, days and times as Indonesians write them."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone as django_timezone

from bersinar.ui.templatetags.bersinar import angka, jam, tanggal, waktu
from bersinar.ui.writing import day, number, time_of_day

MOMENT = datetime(2023, 10, 26, 17, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("value", "places", "expected"),
    [
        (1000, None, "1.000"),
        (9.4, None, "9,4"),
        (1234567.5, 2, "1.234.567,50"),
        (-3, None, "−3"),
        (0, None, "0"),
    ],
)
def test_it_points_thousands_and_commas_decimals(value, places, expected):
    assert number(value, places) == expected


def test_it_never_makes_a_zero_out_of_nothing():
    assert angka(None) == ""
    assert angka("") == ""


def test_it_names_months_in_indonesian():
    assert day(date(2023, 10, 26)) == "26 Oktober 2023"
    assert tanggal(date(2023, 8, 1)) == "1 Agustus 2023"


@pytest.mark.parametrize(
    ("zone", "expected"),
    [("Asia/Jakarta", "00.30 WIB"), ("Asia/Makassar", "01.30 WITA"), ("Asia/Jayapura", "02.30 WIT")],
)
def test_it_names_the_three_zones(zone, expected):
    with django_timezone.override(ZoneInfo(zone)):
        assert jam(MOMENT) == expected


def test_it_moves_the_day_with_the_zone():
    with django_timezone.override(ZoneInfo("Asia/Jakarta")):
        assert waktu(MOMENT) == "27 Oktober 2023 pukul 00.30 WIB"


def test_it_does_not_call_a_foreign_zone_by_an_indonesian_name():
    assert time_of_day(MOMENT.astimezone(timezone(timedelta(hours=-3), "BRT"))) == "14.30 BRT"
