"""The actors that a visitor keeps, and how much of them a code takes to a phone: a link, or a text that needs no network."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from biocarto.addresses import DIRECTORY
from biocarto.i18n import DEFAULT
from biocarto.model import NP_
from biocarto.query.filters import DroppedValue
from biocarto.register.catalogue import Catalogue
from biocarto.render.qr import LONGEST_LINK
from biocarto.render.text import clean_line
from biocarto.rows import Row, list_rows

KEEP = "keep"
"""Name in the address; repeated for each actor id, in the order of keeping."""

MOST = 20
"""Actors that a visitor may keep."""

BEYOND = NP_(
    "{n} acteur de plus ne tient pas : une liste en compte {most}.", "{n} acteurs de plus ne tiennent pas : une liste en compte {most}."
)

PAGE = f"/{DIRECTORY}"
"""Where the link leads: the address is stable, it stays on phones."""

TITLE = "BioCarto"
"""First line of the text: who says so; and a phone that looks for `WIFI:` or `tel:` at the start of a code finds nothing to do."""


@dataclass(frozen=True)
class Shortlist:
    """Ids of actors that exist, each once, in the order of keeping; ids that mean nothing; known ids beyond MOST."""

    ids: tuple[str, ...] = ()
    unknown: tuple[DroppedValue, ...] = ()
    beyond: tuple[str, ...] = ()


@dataclass(frozen=True)
class Payload:
    """What a code says, the actors that it holds and those that it has no room for, both in the order of keeping."""

    text: str
    held: tuple[str, ...]
    left: tuple[str, ...]


def read(given: Iterable[str], catalogue: Catalogue) -> Shortlist:
    """A shortlist from the values of the address; a former id leads to today's."""
    asked = dict.fromkeys(catalogue.redirects.get(value, value) for value in given)
    known = [value for value in asked if value in catalogue.actors.index]
    unknown = [DroppedValue(KEEP, value[:60]) for value in asked if value not in catalogue.actors.index]
    return Shortlist(tuple(known[:MOST]), tuple(unknown), tuple(known[MOST:]))


def build_link(base: str, ids: Iterable[str], lang: str) -> str:
    """The address that restores these actors in this language; `base` is the public site, without a slash at its end."""
    spoken = [] if lang == DEFAULT else [("lang", lang)]
    return f"{base}{PAGE}?{urlencode([*((KEEP, actor) for actor in ids), *spoken])}"


def encode_link(base: str, ids: Sequence[str], lang: str) -> Payload:
    """As many actors as a code holds in a link."""
    room = LONGEST_LINK - len(build_link(base, (), lang))
    held, left = _fitting({actor: len(urlencode([(KEEP, actor)])) + 1 for actor in ids}, room)
    return Payload(build_link(base, held, lang), held, left)


def encode_text(ids: Sequence[str], catalogue: Catalogue) -> Payload:
    """As many actors as a code holds in a text: TITLE, then `name; town; website` on a line each (UTF-8)."""
    lines = {actor["id"]: _line(actor) for actor in list_rows(catalogue.actors.loc[list(ids)])}
    held, left = _fitting({actor: len(line.encode()) + 1 for actor, line in lines.items()}, LONGEST_LINK - len(TITLE))
    return Payload("\n".join([TITLE, *(lines[actor] for actor in held)]), held, left)


def _line(actor: Row) -> str:
    """The scheme and `www.` of the website are left out: a phone finds an address without them."""
    website = actor["website"].removeprefix("https://").removeprefix("http://").removeprefix("www.").rstrip("/")
    cells = (clean_line(cell).replace(";", ",") for cell in (actor["name"], actor["commune"], website))
    return "; ".join(cell for cell in cells if cell)


def _fitting(sizes: Mapping[str, int], room: int) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The shortest first, so that one long name does not take the place of two others: what fits, what does not (sizes in bytes)."""
    held = set()
    for actor in sorted(sizes, key=lambda actor: sizes[actor]):
        room -= sizes[actor]
        if room < 0:
            break
        held.add(actor)
    return tuple(actor for actor in sizes if actor in held), tuple(actor for actor in sizes if actor not in held)
