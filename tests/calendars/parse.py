"""Reads calendar files with four parsers of other people and checks that each finds in them what the
file says, and what the standard asks beyond what parsers notice.

    python3 -m venv target/calendars && target/calendars/bin/pip install -r tests/calendars/requirements.txt
    target/calendars/bin/python tests/calendars/parse.py target/tmp/calendars/*.ics

The server's tests write the files.
"""

import datetime
import pathlib
import sys

import ics
import icalendar
import vobject
from ical.calendar_stream import IcsCalendarStream


def by_icalendar(text):
    calendar = icalendar.Calendar.from_ical(text)
    return [
        (str(event["UID"]), event.decoded("DTSTART"), event.decoded("DTEND"))
        for event in calendar.walk("VEVENT")
    ]


def by_ical(text):
    calendar = IcsCalendarStream.calendar_from_ics(text)
    return [(event.uid, event.dtstart, event.dtend) for event in calendar.events]


def by_vobject(text):
    calendar = vobject.readOne(text)
    calendar.validate(raiseException=True)
    return [
        (event.uid.value, event.dtstart.value, event.dtend.value)
        for event in calendar.vevent_list
    ]


def by_ics(text):
    # It takes the end of whole days for the last of them, and counts in moments.
    events = ics.Calendar(text).events
    return [
        (
            event.uid,
            event.begin.date() if event.all_day else event.begin.datetime,
            event.end.date() if event.all_day else event.end.datetime,
        )
        for event in events
    ]


def plain(entries):
    def one(value):
        if isinstance(value, datetime.datetime):
            return value.astimezone(datetime.timezone.utc).isoformat()
        return value.isoformat()

    return sorted((uid, one(start), one(end)) for uid, start, end in entries)


def check_file(path):
    data = path.read_bytes()
    text = data.decode()
    assert data.endswith(b"END:VCALENDAR\r\n"), "ends with the calendar"
    lines = data.split(b"\r\n")[:-1]
    for line in lines:
        assert len(line) <= 75, f"{len(line)} octets: {line!r}"
        assert b"\n" not in line and b"\r" not in line, f"a bare line end: {line!r}"
    assert not any(line.startswith(b"BEGIN:VTIMEZONE") for line in lines)
    for line in lines:
        if b";VALUE=DATE:" in line:
            value = line.split(b":")[1]
            assert len(value) == 8 and value.isdigit(), f"a day with a time: {line!r}"
    known = plain(by_icalendar(text))
    assert known, "has entries"
    assert len({uid for uid, _, _ in known}) == len(known), "each id once"
    for uid, start, end in known:
        assert start < end, f"{uid} ends before it begins"
    for parser in (by_ical, by_vobject, by_ics):
        found = plain(parser(text))
        assert found == known, f"{parser.__name__}: {found} instead of {known}"
    calendar = icalendar.Calendar.from_ical(text)
    assert str(calendar["NAME"]) == str(calendar["X-WR-CALNAME"])
    for event in calendar.walk("VEVENT"):
        for name in ("SEQUENCE", "DTSTAMP", "SUMMARY", "STATUS", "TRANSP", "URL"):
            assert name in event, f"{event['UID']} has no {name}"
    print(f"{path.name}: {len(known)} entries, read alike by four parsers")


for name in sys.argv[1:]:
    check_file(pathlib.Path(name))
assert len(sys.argv) > 1, "name some files"
