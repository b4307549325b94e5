"""A register of a few rows in a store below a test's own folder, and what its people do there."""

from __future__ import annotations

from itertools import count
from pathlib import Path

from biocarto.desk import seed
from biocarto.desk.acts import Desk, Intent
from biocarto.desk.facts import Evidence
from biocarto.desk.members import OPERATOR, Member
from biocarto.store.database import open_store
from tests import builders
from tests.support import register

TODAY = "2026-11-30"
ECHOS = Evidence("https://example.org/echos", "Les Echos – fermeture (2025)", "2025", "2025-03", "")
"""A page that says that a site has closed."""
_requests = count(1)


def make_desk(folder: Path, data: Path | None = None) -> Desk:
    """A desk whose register is made of `data`, or of one valid row in each table."""
    store = open_store(str(folder / "register.sqlite"))
    seed.seed(store, data or builders.write_tables(folder / "data"))
    return Desk(store, register.layers(), lambda: TODAY)


def intend(why: str, who: Member = OPERATOR) -> Intent:
    """What somebody is about to do, by a click of its own."""
    return Intent(who, why, f"test-{next(_requests)}")
