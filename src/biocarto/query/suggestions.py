"""What to offer where a question has no answer: what is near it in meaning, place or status; each with its number."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

from biocarto.model import N_
from biocarto.query.filters import FARTHEST, Filters, with_every_status

STEPS_KM = (25.0, 50.0, 100.0, FARTHEST)
"""Radii that are offered, in kilometres: the first that finds something."""

MOST = 6
"""Offers that are shown."""


class Near(StrEnum):
    """In which way an offer is near the question."""

    ROLE = "role"
    MEANING = "meaning"
    RADIUS = "radius"
    PLACE = "place"
    WORD = "word"
    STATUS = "status"


NEAR_LABELS = {
    Near.ROLE: N_("Sans le rôle"),
    Near.MEANING: N_("Par la modalité ou la catégorie"),
    Near.RADIUS: N_("Jusqu'à {km} km"),
    Near.PLACE: N_("Sans le lieu"),
    Near.WORD: N_("Sans « {word} »"),
    Near.STATUS: N_("Tous les statuts"),
}


@dataclass(frozen=True)
class Suggestion:
    """A question near the one that was asked, how it is near, the word that it leaves out, and how many rows answer it."""

    near: Near
    filters: Filters
    rows: int
    word: str = ""


def _wider(asked: Filters) -> Iterator[Filters]:
    yield from (replace(asked, km=km) for km in STEPS_KM if km > asked.km)


def _without_words(asked: Filters) -> Iterator[tuple[str, Filters]]:
    words = asked.q.split()
    if len(words) > 1:
        yield from ((word, replace(asked, q=" ".join(w for w in words if w != word))) for word in words)


def suggest(asked: Filters, meant: Filters | None, count: Callable[[Filters], int]) -> list[Suggestion]:
    """Offers that leave something, the nearest first. `meant` reads the words as facets.

    `count` says how many rows, of whatever kind, answer a question.
    """
    found: list[Suggestion] = []

    def offer(near: Near, filters: Filters, word: str = "") -> bool:
        rows = count(filters) if filters != asked and filters != Filters() else 0
        if rows and filters not in [known.filters for known in found]:
            found.append(Suggestion(near, filters, rows, word))
        return rows > 0

    if not asked.status:
        offer(Near.STATUS, with_every_status(asked))
    if meant:
        offer(Near.MEANING, meant)
    if asked.near:
        any(offer(Near.RADIUS, wider) for wider in _wider(asked))
    if asked.role:
        offer(Near.ROLE, replace(asked, role=(), first=""))
    for word, shorter in _without_words(asked):
        offer(Near.WORD, shorter, word)
    offer(Near.PLACE, replace(asked, near="", area="", department=(), commune=(), epci=(), region=()))
    return found[:MOST]
