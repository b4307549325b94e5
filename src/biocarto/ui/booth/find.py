"""Who does what: modality by modality, from A to Z, or a few letters on the screen's own keys."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from biocarto import labels
from biocarto.booth.shortlist import Shortlist
from biocarto.model import N_, Modality
from biocarto.query import facets
from biocarto.query.facets import Found
from biocarto.query.filters import Filters
from biocarto.query.site_roles import SITE_ROLE_LABELS
from biocarto.register.catalogue import Catalogue
from biocarto.territory.territory import fold
from biocarto.ui.booth import actors, frame, keyboard, narrow, state
from biocarto.ui.shared import active_filters, address, beyond, cache, elsewhere_map, questions, suggestions
from biocarto.ui.shared.language import text

WAYS = {"modality": N_("Par modalité"), "letter": N_("De A à Z"), "search": N_("Chercher un mot")}


def show(catalogue: Catalogue, kept: Shortlist) -> None:
    """Tiles first; what is touched narrows the map and the list."""
    rows = actors.everyone(catalogue)
    letters = _initials(rows)
    asked, letter = questions.read(catalogue), address.value("letter", set(letters))
    if address.value("by", WAYS) == "search":
        return _search(asked, catalogue, kept)
    if asked.modality or asked.role:
        return _answer(replace(asked, q=""), catalogue, kept)
    if letter:
        shown = rows[letters.eq(letter).to_numpy()]
        return actors.show(shown, catalogue, kept, lambda: _title(letter, shown))
    return actors.show(rows, catalogue, kept, lambda: _choices(rows), listed=False)


def _answer(chosen: Filters, catalogue: Catalogue, kept: Shortlist) -> None:
    """Who does what was touched, narrowed by where."""
    found = questions.answer(chosen, catalogue)
    shown = actors.by_name(found.actors)

    def told() -> None:
        subjects = [words for name, _, words in active_filters.narrowed(chosen, found) if name in {"role", "modality"}]
        _title(" · ".join(subjects), shown)
        narrow.show_places(chosen, found)

    actors.show(
        shown,
        catalogue,
        kept,
        told,
        after=lambda: _after(chosen, found, catalogue),
        elsewhere=lambda: _draw_elsewhere(chosen, catalogue),
    )


def _draw_elsewhere(chosen: Filters, catalogue: Catalogue) -> bool:
    """The map of what answers outside the region: names stand on it, a tap leads nowhere else."""
    answer = questions.answer_beyond(chosen, catalogue)
    return elsewhere_map.draw(chosen, answer, lambda *_: None, actors.HEIGHT)


def _after(chosen: Filters, found: Found, catalogue: Catalogue) -> None:
    """What answers besides actors; where nothing does, what is near."""
    more = questions.answer_beyond(chosen, catalogue)
    if found.total == 0 and more.rows.empty:
        suggestions.show_suggestions(chosen, catalogue)
    beyond.show(chosen, more, catalogue)


def _title(title: str, rows: pd.DataFrame) -> None:
    frame.lead(title, actors.counted(len(rows)))


def _initials(rows: pd.DataFrame) -> pd.Series:
    """The first letter of each name without its accent; `0` for a digit."""
    first: pd.Series = rows["name"].map(lambda name: (fold(name) or "0")[0].upper())
    return first.where(~first.str.isdigit(), "0")


def _choices(rows: pd.DataFrame) -> None:
    return _alphabet(rows) if frame.ways(WAYS) == "letter" else _modalities(rows)


def _modalities(rows: pd.DataFrame) -> None:
    counts = rows["modalities"].explode().value_counts()
    order = sorted(counts.index, key=lambda value: (value == Modality.OTHER, -counts[value]))
    items = [(value, labels.modalities((value,), text()), actors.counted(int(counts[value]))) for value in order]
    frame.tiles("modality", items, lambda value: state.step(modality=value))
    held = questions.answer(Filters(), cache.catalogue()).counts["role"]
    roles = [(role.value, text()(label), actors.counted(held.get(role, 0))) for role, label in SITE_ROLE_LABELS.items()]
    frame.lead(text()("Ou ce que l'on y fait ?"))
    frame.tiles("role", roles, lambda value: state.step(role=value), look="modality-role")


def _alphabet(rows: pd.DataFrame) -> None:
    frame.lead(text()("La première lettre de son nom ?"))
    counts = _initials(rows).value_counts().sort_index()
    items = [(str(letter), str(letter), str(n)) for letter, n in counts.items()]
    frame.tiles("letter", items, lambda letter: state.step(letter=letter))


def _search(asked: Filters, catalogue: Catalogue, kept: Shortlist) -> None:
    """The answer stands below the keys while they are typed; a place in the words is a radius, a role comes first."""
    meant = questions.interpret(asked, catalogue)
    chosen = meant.filters
    found = questions.answer(chosen, catalogue)
    shown = facets.sort_rows(found, "distance" if found.score is None else "relevance")

    def keys() -> None:
        frame.ways(WAYS)
        keyboard.letters(text()("Un nom, une activité, une ville"))
        if asked.q:
            words = f"{actors.counted(len(shown))} · {narrow.describe(chosen, found)}"
            frame.lead(f"« {asked.q} »", words)

    def follows() -> None:
        """Below the answer: where else, and how else the words can be taken."""
        narrow.show_places(chosen, found)
        _after(chosen, found, catalogue)
        suggestions.show(meant, catalogue)

    actors.show(
        shown,
        catalogue,
        kept,
        keys,
        far=actors.far_of(found),
        listed=bool(asked.q),
        km=chosen.km,
        after=follows if asked.q else None,
        elsewhere=lambda: bool(asked.q) and _draw_elsewhere(chosen, catalogue),
    )
