"""What day it is, by clocks that are named: a date without a zone is another day for whoever reads it elsewhere."""

from __future__ import annotations

from datetime import date, datetime, tzinfo


def read_today(zone: tzinfo | None = None) -> date:
    """The day in a time zone; None for that of this machine."""
    return datetime.now().astimezone(zone).date()
