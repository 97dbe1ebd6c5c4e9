"""Writes crates/server/tests/zones.txt: what Python's zoneinfo makes of every zone and of every day
on which clocks change from 2017 to 2040, as one digest per zone.

Run it again when the server's copy of the time zone database is of another release:

    python3 -m venv /tmp/zones && /tmp/zones/bin/pip install tzdata==2026.6
    PYTHONTZPATH= /tmp/zones/bin/python tests/zones/vectors.py

The server's test makes the same lines with its own resolver and compares the digests.
"""

import datetime
import hashlib
import pathlib
import zoneinfo

import tzdata

UTC = datetime.timezone.utc
DAY = datetime.timedelta(days=1)
HALF_HOUR = datetime.timedelta(minutes=30)
FIRST = datetime.datetime(2017, 1, 1, tzinfo=UTC)
LAST = datetime.datetime(2041, 1, 1, tzinfo=UTC)


def ahead(at, zone):
    """How far clocks are ahead of UTC at a moment."""
    return at.astimezone(zone).utcoffset()


def change_days(zone):
    """The days, in UTC, during which clocks change."""
    week = FIRST
    while week < LAST:
        following = min(week + 7 * DAY, LAST)
        if ahead(week, zone) != ahead(following, zone):
            day = week
            while day < following:
                if ahead(day, zone) != ahead(day + DAY, zone):
                    yield day
                day += DAY
        week = following


def line(civil, zone):
    """A civil time, the later of its meanings in seconds since 1970, and what clocks do."""
    first, second = (
        int(civil.replace(tzinfo=zone, fold=fold).timestamp()) for fold in (0, 1)
    )
    clocks = "once" if first == second else "skipped" if first > second else "repeated"
    return f"{civil.isoformat()} {max(first, second)} {clocks}\n"


def lines(zone):
    for day in change_days(zone):
        civil = day.replace(tzinfo=None) - 26 * HALF_HOUR
        for step in range(104):
            yield line(civil + step * HALF_HOUR, zone)
    for year in range(2017, 2041):
        for month in range(1, 13):
            yield line(datetime.datetime(year, month, 1, 12), zone)


def main():
    names = sorted(name for name in zoneinfo.available_timezones() if "/" in name)
    out = [f"# tzdata {tzdata.IANA_VERSION}\n"]
    for name in names:
        text = "".join(lines(zoneinfo.ZoneInfo(name)))
        out.append(f"{name} {hashlib.sha256(text.encode()).hexdigest()[:16]}\n")
    root = pathlib.Path(__file__).resolve().parents[2]
    (root / "crates/server/tests/zones.txt").write_text("".join(out))


main()
