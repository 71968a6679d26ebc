"""A meeting as a calendar file that phones and office programs open."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta, timezone

from icalendar import Calendar, Event, Timezone, TimezoneStandard

HOURS = {"WIB": 7, "WITA": 8, "WIT": 9}
NAMES = {"WIB": "Asia/Jakarta", "WITA": "Asia/Makassar", "WIT": "Asia/Jayapura"}


def invitation(
    *,
    uid: str,
    title: str,
    on: date,
    start: time,
    zone: str,
    place: str,
    updated_at: datetime,
    end: time | None = None,
    description: str = "",
    sequence: int = 0,
    cancelled: bool = False,
) -> bytes:
    """One event. The same uid with a higher sequence moves it in the calendars that already hold it."""
    calendar = Calendar()
    calendar.add("prodid", "-//Bersinar//id")
    calendar.add("version", "2.0")
    calendar.add("method", "CANCEL" if cancelled else "PUBLISH")
    calendar.add_component(_zone(zone))
    event = Event()
    event.add("uid", uid)
    event.add("sequence", sequence)
    # Not "now": the same meeting gives the same bytes.
    event.add("dtstamp", updated_at.astimezone(UTC))
    event.add("summary", title)
    event.add("location", place)
    begin = datetime.combine(on, start)
    finish = datetime.combine(on, end) if end else begin + timedelta(hours=2)
    for name, moment in (("dtstart", begin), ("dtend", finish)):
        event.add(name, moment, parameters={"TZID": NAMES[zone]})
    if description:
        event.add("description", description)
    event.add("status", "CANCELLED" if cancelled else "CONFIRMED")
    calendar.add_component(event)
    return bytes(calendar.to_ical())


def _zone(zone: str) -> Timezone:
    """Indonesia has no summer time, so one rule since ever is enough."""
    offset = timedelta(hours=HOURS[zone])
    standard = TimezoneStandard()
    standard.add("dtstart", datetime(1970, 1, 1, tzinfo=timezone(offset)).replace(tzinfo=None))
    standard.add("tzoffsetfrom", offset)
    standard.add("tzoffsetto", offset)
    standard.add("tzname", zone)
    component = Timezone()
    component.add("tzid", NAMES[zone])
    component.add_component(standard)
    return component
