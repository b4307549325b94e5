"""Events for a calendar (RFC 5545): whole days, without alarm or invitation."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import chain

import pandas as pd

from biocarto.analysis.networks.events import parse_day, select_dated
from biocarto.errors import ExportError
from biocarto.i18n import localise
from biocarto.rows import Row, list_rows

MOST_OCTETS = 75
"""Of a line, its break not counted."""

_ESCAPED = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n", "\r": ""})


def write_ics(events: pd.DataFrame, made: date, lang: str) -> bytes:
    """UTF-8 with CRLF; the editions among `events` (rows of the table) whose first day is known. `made` stamps them.

    Raises ExportError where none has a day: a calendar cannot hold a month.
    """
    rows = list_rows(select_dated(events))
    if not rows:
        raise ExportError("Aucune date au jour près : rien à mettre dans un agenda.", "No date known to the day: nothing for a calendar.")
    lines = chain.from_iterable(_event(row, made, lang) for row in rows)
    text = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//BioCarto//BioCarto//FR", *lines, "END:VCALENDAR"]
    return "".join(f"{fold_line(line)}\r\n" for line in text).encode()


def fold_line(line: str) -> str:
    """A line cut into pieces of 75 octets at most, never inside a character; each further piece begins with a space."""
    pieces, piece, size = [], "", 0
    for character in line:
        width = len(character.encode())
        if size + width > MOST_OCTETS:
            pieces.append(piece)
            piece, size = "", 1
        piece += character
        size += width
    return "\r\n ".join([*pieces, piece])


def _event(row: Row, made: date, lang: str) -> list[str]:
    first = date.fromisoformat(row["start"])  # a day, as `events.select_dated` says
    after = (parse_day(row["end"]) or first) + timedelta(days=1)  # the end of a whole day is the day after
    told = [localise(row, "notes", lang), row["source_title"]]
    fields = {
        "UID": f"{row['id']}@biocarto",
        "DTSTAMP": f"{made:%Y%m%d}T000000Z",
        "DTSTART;VALUE=DATE": f"{first:%Y%m%d}",
        "DTEND;VALUE=DATE": f"{after:%Y%m%d}",
        "SUMMARY": _text(localise(row, "title", lang)),
        "LOCATION": _text(localise(row, "place", lang)),
        "DESCRIPTION": _text("\n".join(filter(None, told))),
        "URL": row["source_url"] if row["source_url"].startswith("http") else "",
    }
    return ["BEGIN:VEVENT", *(f"{name}:{value}" for name, value in fields.items() if value), "END:VEVENT"]


def _text(value: str) -> str:
    return value.translate(_ESCAPED)
