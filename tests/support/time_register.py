"""A register of fifteen actors that were founded, closed, moved and bought, or of which nobody knows when; and by hand what was when."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from biocarto.register import catalogue as joins
from biocarto.register import changes
from biocarto.register import tables as reader
from biocarto.register.catalogue import Catalogue
from biocarto.register.changes import Change
from tests.builders import Row, a_claim, an_actor, write_tables
from tests.support.register import layers

EDITION = "2026-11-28"


def _actor(key: str, **cells: object) -> Row:
    return an_actor(**{"id": key, "name": key.capitalize(), "organisation": key.capitalize(), **cells})


ACTORS = (
    _actor("ancient", founded=1887, kind="research_centre", category=""),
    _actor("plain", founded=1998),
    _actor("recent", founded=2016, category="techproviders"),
    _actor("young", founded=2024),
    _actor("undated"),
    _actor("closed", founded=2005, status="former", as_of=2016),
    _actor("faded", founded=2001, status="former", as_of=2020),
    _actor("lost", status="former", as_of=2011),
    _actor("unsure", founded=2008, status="unknown", as_of=2018),
    _actor("old-page", founded=1990, as_of=2012),
    _actor("announced", founded=1995, status="planned", as_of=2021),
    _actor("moved", founded=2003, ownership="part_of", owner="Beta", owner_since=2019),
    _actor("logged", founded=2010, status="former", as_of=2022),
    _actor("newborn", founded=2026, as_of=2026),
    _actor("undated-old-page", as_of=2010),
)
CLAIMS = (
    a_claim(actor_id="closed", value="former", as_of=2016, valid_from="2015-06"),
    a_claim(actor_id="faded", value="former", as_of=2020),
    a_claim(actor_id="faded", value="present", as_of=2012),
    a_claim(actor_id="lost", value="former", as_of=2011, valid_from="2010"),
    a_claim(actor_id="moved", field="commune_code", value="91228", as_of=2018, valid_from="2018-03"),
    a_claim(actor_id="moved", field="commune_code", value="75113", as_of=2010),
    a_claim(actor_id="moved", field="name", value="Moved", as_of=2021, valid_from="2020"),
    a_claim(actor_id="moved", field="owner", value="Beta", as_of=2019),
)


def _change(key: str, change: str, cell: tuple[str, str, str], valid_from: str) -> Change:
    """A line about a column, before and after."""
    told = "2022-03-01", "2022-03-01", "actors", key, key.capitalize(), change, *cell
    return Change(*told, valid_from, "2022", "https://example.org/log", "Example – a log (2022)")


LOG = (
    _change("logged", "closed", ("status", "present", "former"), "2021-11-30"),
    _change("moved", "changed", ("commune_code", "75113", "91228"), "2018-03-15"),
    _change("plain", "changed", ("commune_code", "75101", "91228"), ""),
)
"""A closing that no claim dates, a move that a claim dates less precisely, and a correction, which is no event."""

BY_HAND = (
    (1900, 1989, 1, 3),
    (1990, 1997, 2, 3),
    (1998, 2000, 3, 3),
    (2001, 2002, 4, 3),
    (2003, 2004, 5, 3),
    (2005, 2007, 6, 3),
    (2008, 2009, 6, 4),
    (2010, 2012, 7, 3),
    (2013, 2014, 5, 5),
    (2015, 2015, 4, 5),
    (2016, 2019, 5, 5),
    (2020, 2020, 5, 4),
    (2021, 2023, 4, 4),
    (2024, 2025, 5, 4),
    (2026, 2026, 7, 3),
)
"""First and last year, how many were there at the end of each, of how many no date says whether they were."""


def write_folder(folder: Path) -> Path:
    """The register as a folder of tables."""
    write_tables(folder, actors=ACTORS, evidence=CLAIMS)
    (folder / changes.FILE).write_text(changes.write("", LOG), encoding="utf-8")
    return folder


@cache
def read_register() -> Catalogue:
    """The register, read and joined as every other, and of a day that does not change."""
    with TemporaryDirectory() as folder:
        found = reader.read(write_folder(Path(folder)))
    return replace(joins.build(found, layers()), edition=EDITION)
