"""The calendar file: lines that any calendar reads, whatever a title holds."""

from datetime import date

import pandas as pd
import pytest

from biocarto.errors import ExportError
from biocarto.export.ics import fold_line, write_ics
from tests.support.register import joined

MADE = date(2026, 11, 23)


def an_edition(**cells: str) -> pd.DataFrame:
    """One event of the table."""
    row = joined().events.loc[["cfb-2026"]]
    return row.assign(**cells)


def fields(data: bytes) -> dict[str, str]:
    """Unfolded lines, name -> value, the last of each."""
    text = data.decode().replace("\r\n ", "")
    return dict(line.split(":", 1) for line in text.split("\r\n") if line)


def test_a_congress_is_whole_days() -> None:
    """15 and 16 April end on the 17th, as RFC 5545 counts."""
    told = fields(write_ics(an_edition(), MADE, "fr"))
    assert (told["DTSTART;VALUE=DATE"], told["DTEND;VALUE=DATE"]) == ("20260415", "20260417")
    assert (told["UID"], told["DTSTAMP"], told["LOCATION"]) == ("cfb-2026@biocarto", "20261123T000000Z", "Tours")
    assert "Polepharma" in told["DESCRIPTION"]


def test_one_day_ends_on_the_next() -> None:
    """Also at the end of a leap February."""
    assert fields(write_ics(an_edition(start="2024-02-29", end=""), MADE, "fr"))["DTEND;VALUE=DATE"] == "20240301"


def test_text_is_escaped_and_cannot_add_lines() -> None:
    """Comma, semicolon, backslash and line breaks of a title stay in the title."""
    hostile = "a,b;c\\d\r\nATTACH:http://x.example/"
    told = fields(write_ics(an_edition(title_en=hostile), MADE, "en"))
    assert told["SUMMARY"] == "a\\,b\\;c\\\\d\\nATTACH:http://x.example/"
    assert "ATTACH" not in told


def test_the_real_calendar_is_well_formed() -> None:
    """CRLF everywhere, 75 octets at most, as many beginnings as ends, every identifier once, in both languages."""
    for lang in ("fr", "en"):
        data = write_ics(joined().events, MADE, lang)
        lines = data.split(b"\r\n")
        assert lines[-1] == b""
        assert b"\n" not in data.replace(b"\r\n", b"")
        assert max(map(len, lines)) <= 75
        assert lines.count(b"BEGIN:VEVENT") == lines.count(b"END:VEVENT") > 10
        identifiers = [line for line in lines if line.startswith(b"UID:")]
        assert len(set(identifiers)) == len(identifiers)


def test_a_line_is_never_cut_inside_a_character() -> None:
    """Accents and emoji are two to four octets."""
    line = "SUMMARY:" + "é🧬" * 60
    pieces = fold_line(line).split("\r\n ")
    assert "".join(pieces) == line
    assert all(len(piece.encode()) <= 74 for piece in pieces[1:])


def test_no_day_no_file() -> None:
    """A year, a month or a publication is refused in words."""
    for cells in ({"start": "2026"}, {"start": "2026-04"}, {"kind": "publication"}):
        with pytest.raises(ExportError, match="nothing for a calendar"):
            write_ics(an_edition(**cells), MADE, "fr")
