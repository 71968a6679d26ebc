"""It keeps 7 days, 5 weeks and 12 months, the last three before an upgrade, and never removes the last that counts."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from bersinar.upkeep.backup.copies import Copy, name_of
from bersinar.upkeep.backup.retention import to_remove
from bersinar.upkeep.backup.vocabulary import Reason

NOON = datetime(2026, 11, 25, 5, 30, tzinfo=UTC)


def copy(days_ago, reason=Reason.DAILY, *, counts=True, hours=0):
    at = NOON - timedelta(days=days_ago, hours=hours)
    return Copy(Path("/c") / name_of(at, reason), at, reason, at if counts else None)


def kept(copies):
    gone = set(to_remove(copies))
    return [one for one in copies if one not in gone]


def test_two_years_of_days_become_a_handful():
    """What one office sees after two years of running it each day."""
    held = []
    for day in range(730):
        held = kept([copy(730 - day), *held])
    ages = sorted((NOON - one.made_at).days for one in held)
    assert ages[:7] == [1, 2, 3, 4, 5, 6, 7]
    assert len([age for age in ages if age <= 35]) >= 10
    assert 18 <= len(held) <= 24 and max(ages) > 300


def test_the_last_that_counts_stays_whatever_came_after():
    good = copy(400)
    later = [copy(day, counts=False) for day in range(10)]
    assert good in kept([good, *later])


def test_nothing_is_removed_where_nothing_counts():
    copies = [copy(day, counts=False) for day in range(30)]
    assert to_remove(copies) == []


def test_what_does_not_count_goes_once_a_newer_one_counts():
    bad, good, making = copy(3, counts=False), copy(1), copy(0, counts=False)
    assert to_remove([bad, good, making]) == [bad]


def test_the_last_three_before_an_upgrade_stay_a_long_time():
    upgrades = [copy(day, Reason.UPGRADE) for day in (800, 700, 600, 500)]
    held = kept([*upgrades, *(copy(day) for day in range(430))])
    assert upgrades[0] not in held and all(one in held for one in upgrades[1:])


def test_of_one_day_the_newest_five_stay_and_of_the_day_before_one():
    today = [copy(0, hours=hours) for hours in range(7)]
    yesterday = [copy(1, hours=hours) for hours in range(4)]
    assert kept([*today, *yesterday]) == [*today[:5], yesterday[0]]
