"""A calendar of days by RFC 5545: escaped, folded at 75 octets, every line ended as it asks."""

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, timedelta
from typing import NamedTuple

WIDTH = 75
ESCAPED = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n", "\r": None})


class Entry(NamedTuple):
    """One whole day. `uid` stays the same however often, and to whatever day, it is told."""

    uid: str
    on: date
    summary: str
    url: str


def calendar(name: str, entries: Iterable[Entry], at: datetime) -> str:
    lines = [
        "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//rectification//deadlines//ZH",
        "CALSCALE:GREGORIAN", "METHOD:PUBLISH", f"X-WR-CALNAME:{escaped(name)}",
        "REFRESH-INTERVAL;VALUE=DURATION:PT6H",
    ]  # fmt: skip
    stamp = f"{at.astimezone(UTC):%Y%m%dT%H%M%SZ}"
    for entry in entries:
        lines.extend(_event(entry, stamp))
    lines.append("END:VCALENDAR")
    return "".join(f"{folded(line)}\r\n" for line in lines)


def _event(entry: Entry, stamp: str) -> Iterator[str]:
    yield "BEGIN:VEVENT"
    yield f"UID:{escaped(entry.uid)}"
    yield f"DTSTAMP:{stamp}"
    yield f"DTSTART;VALUE=DATE:{entry.on:%Y%m%d}"
    yield f"DTEND;VALUE=DATE:{entry.on + timedelta(days=1):%Y%m%d}"
    yield f"SUMMARY:{escaped(entry.summary)}"
    yield f"URL:{entry.url}"
    yield "TRANSP:TRANSPARENT"
    yield "END:VEVENT"


def escaped(text: str) -> str:
    return text.translate(ESCAPED)


def folded(line: str) -> str:
    """No line is longer than 75 octets, and no character is cut in two."""
    parts, width = [""], 0
    for sign in line:
        size = len(sign.encode())
        if width + size > WIDTH:
            parts.append(" ")
            width = 1
        parts[-1] += sign
        width += size
    return "\r\n".join(parts)
