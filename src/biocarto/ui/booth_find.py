"""Who does what: modality by modality, from A to Z, or a few letters on the screen's own keys."""

from __future__ import annotations

import pandas as pd

from biocarto import labels
from biocarto.booth.shortlist import Shortlist
from biocarto.filters import Filters
from biocarto.joins import Catalogue
from biocarto.model import MODALITY_LABELS, N_, Modality
from biocarto.territory import fold
from biocarto.ui import address, booth_actors, booth_frame, booth_keys, booth_state, directory_results, directory_search, questions
from biocarto.ui.language import text

WAYS = {"modality": N_("Par modalité"), "letter": N_("De A à Z"), "search": N_("Chercher un mot")}


def show(catalogue: Catalogue, kept: Shortlist) -> None:
    """Tiles first; what is touched narrows the map and the list."""
    rows = booth_actors.everyone(catalogue)
    letters = _initials(rows)
    modality, letter = address.value("modality", set(Modality)), address.value("letter", set(letters))
    if modality:
        found = questions.answer(Filters(modality=(modality,)), catalogue).actors
        shown = booth_actors.by_name(found)
        return booth_actors.show(shown, catalogue, kept, lambda: _title(text()(MODALITY_LABELS[Modality(modality)]), shown))
    if letter:
        shown = rows[letters.eq(letter).to_numpy()]
        return booth_actors.show(shown, catalogue, kept, lambda: _title(letter, shown))
    if address.value("by", WAYS) == "search":
        return _searched(rows, catalogue, kept)
    return booth_actors.show(rows, catalogue, kept, lambda: _choices(rows), listed=False)


def _title(title: str, rows: pd.DataFrame) -> None:
    booth_frame.lead(title, booth_actors.counted(len(rows)))


def _initials(rows: pd.DataFrame) -> pd.Series:
    """The first letter of each name without its accent; `0` for a digit."""
    first: pd.Series = rows["name"].map(lambda name: (fold(name) or "0")[0].upper())
    return first.where(~first.str.isdigit(), "0")


def _choices(rows: pd.DataFrame) -> None:
    return _alphabet(rows) if booth_frame.ways(WAYS) == "letter" else _modalities(rows)


def _modalities(rows: pd.DataFrame) -> None:
    counts = rows["modalities"].explode().value_counts()
    order = sorted(counts.index, key=lambda value: (value == Modality.OTHER, -counts[value]))
    items = [(value, labels.modalities((value,), text()), booth_actors.counted(int(counts[value]))) for value in order]
    booth_frame.tiles("modality", items, lambda value: booth_state.step(modality=value))


def _alphabet(rows: pd.DataFrame) -> None:
    booth_frame.lead(text()("La première lettre de son nom ?"))
    counts = _initials(rows).value_counts().sort_index()
    items = [(str(letter), str(letter), str(n)) for letter, n in counts.items()]
    booth_frame.tiles("letter", items, lambda letter: booth_state.step(letter=letter))


def _searched(rows: pd.DataFrame, catalogue: Catalogue, kept: Shortlist) -> None:
    """The answer stands below the keys while they are typed."""
    asked = Filters(q=directory_search.read(catalogue).q)
    found = questions.answer(asked, catalogue)
    shown = directory_results.ordered(found, "relevance") if asked.q else rows

    def keys() -> None:
        booth_frame.ways(WAYS)
        booth_keys.letters(text()("Un nom, une activité, une ville"))
        if asked.q:
            _title(f"« {asked.q} »", shown)

    booth_actors.show(shown, catalogue, kept, keys, listed=bool(asked.q))
