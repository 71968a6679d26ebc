"""It writes a meeting phones can take, the same bytes each time."""

from datetime import UTC, date, datetime, time

from icalendar import Calendar

from bersinar.documents.calendar import invitation
from bersinar.documents.sharing import meeting_message, message

MEETING = {
    "uid": "rapat-1@bersinar",
    "title": "Rakor, Desa; Bersinar",
    "on": date(2023, 2, 13),
    "start": time(9),
    "place": "Tanjungpandan",
    "updated_at": datetime(2023, 2, 1, tzinfo=UTC),
}


def event(made):
    return Calendar.from_ical(made).walk("VEVENT")[0]


def test_it_holds_the_moment_in_the_zone_of_the_place():
    for zone, hour in (("WIB", 2), ("WITA", 1), ("WIT", 0)):
        begin = event(invitation(**MEETING, zone=zone))["DTSTART"].dt
        assert begin.astimezone(UTC) == datetime(2023, 2, 13, hour, tzinfo=UTC)


def test_it_gives_the_same_bytes_for_the_same_meeting():
    assert invitation(**MEETING, zone="WIB") == invitation(**MEETING, zone="WIB")


def test_it_cancels_under_the_same_uid():
    made = event(invitation(**MEETING, zone="WIB", sequence=1, cancelled=True))
    assert (str(made["UID"]), made["SEQUENCE"], str(made["STATUS"])) == ("rapat-1@bersinar", 1, "CANCELLED")


def test_it_keeps_signs_of_the_title():
    assert str(event(invitation(**MEETING, zone="WIB"))["SUMMARY"]) == "Rakor, Desa; Bersinar"


def test_its_message_says_when_and_where():
    made = meeting_message(
        title="Rakor", on=date(2023, 2, 13), time="09:00", zone="WIB", place="Balai", office="BNNK Belitung"
    )
    assert "13 Februari 2023, pukul 09.00 WIB" in made.text
    assert made.link.startswith("https://wa.me/?text=Selamat%20pagi")


def test_its_link_cannot_be_left_by_a_sign_in_the_text():
    made = message(greeting="A & B #c", lines=["?x=1"])
    assert not set("&#") & set(made.link.partition("?text=")[2])
