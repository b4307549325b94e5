"""Who does what: modality by modality, from A to Z, or a few letters on the screen's own keys."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from biocarto import labels
from biocarto.booth.shortlist import Shortlist
from biocarto.model import N_, Modality
from biocarto.names import fold
from biocarto.query.filters import Filters
from biocarto.query.select import sort_rows
from biocarto.query.site_roles import SITE_ROLE_LABELS
from biocarto.register.catalogue import Catalogue
from biocarto.ui.booth import actors, frame, keyboard, narrow, propose, state
from biocarto.ui.shared import active_filters, address, beyond, cache, elsewhere_map, questions, suggestions
from biocarto.ui.shared.language import get_locale
from biocarto.ui.shared.questions import RunAnswers

WAYS = {"modality": N_("Par modalité"), "letter": N_("De A à Z"), "search": N_("Chercher un mot")}


def show(catalogue: Catalogue, kept: Shortlist) -> None:
    """Tiles first; what is touched narrows the map and the list."""
    rows = actors.list_active_actors(catalogue)
    letters = _initials(rows)
    asked, letter = questions.read(catalogue), address.read_value("letter", set(letters))
    if address.read_value("by", WAYS) == "search":
        return _search(asked, catalogue, kept)
    if asked.modality or asked.role:
        return _answer(replace(asked, q=""), catalogue, kept)
    if letter:
        shown = rows[letters.eq(letter).to_numpy()]
        return actors.show(shown, catalogue, kept, lambda: _title(letter, shown))
    return actors.show(rows, catalogue, kept, lambda: _choices(rows), listed=False)


def _answer(chosen: Filters, catalogue: Catalogue, kept: Shortlist) -> None:
    """Who does what was touched, narrowed by where."""
    answers = RunAnswers(catalogue)
    found = answers.find(chosen)
    shown = sort_rows(found, "distance") if chosen.near else actors.sort_by_name(found.actors)

    def show_title() -> None:
        subjects = [words for name, _, words in active_filters.list_active_filters(chosen, found) if name in {"role", "modality"}]
        _title(" · ".join(subjects), shown)
        narrow.show_places(chosen, found)

    actors.show(
        shown,
        catalogue,
        kept,
        show_title,
        far=actors.find_distances(found),
        km=chosen.km,
        after=lambda: _after(chosen, answers),
        elsewhere=lambda: _draw_elsewhere(chosen, answers),
    )


def _draw_elsewhere(chosen: Filters, answers: RunAnswers) -> bool:
    """The map of what answers outside the region: names stand on it, a tap leads nowhere else."""
    return elsewhere_map.draw(chosen, answers.find_beyond(chosen), lambda *_: None, actors.HEIGHT)


def _after(chosen: Filters, answers: RunAnswers) -> None:
    """What answers besides actors; where nothing does, what is near."""
    if answers.count(chosen) == 0:
        suggestions.show_suggestions(chosen, answers)
        propose.show_new_button()
    beyond.show(chosen, answers)


def _title(title: str, rows: pd.DataFrame) -> None:
    frame.show_heading(title, actors.write_actor_count(len(rows)))


def _initials(rows: pd.DataFrame) -> pd.Series:
    """The first letter of each name without its accent; `0` for a digit."""
    first: pd.Series = rows["name"].map(lambda name: (fold(name) or "0")[0].upper())
    return first.where(~first.str.isdigit(), "0")


def _choices(rows: pd.DataFrame) -> None:
    return _alphabet(rows) if frame.show_mode_switch(WAYS) == "letter" else _modalities(rows)


def _modalities(rows: pd.DataFrame) -> None:
    counts = rows["modalities"].explode().value_counts()
    order = sorted(counts.index, key=lambda value: (value == Modality.OTHER, -counts[value]))
    items = [(value, labels.label_modalities((value,), get_locale()), actors.write_actor_count(int(counts[value]))) for value in order]
    frame.show_tiles("modality", items, lambda value: state.select(modality=value))
    held = questions.answer(Filters(), cache.load_catalogue()).counts["role"]
    roles = [(role.value, get_locale()(label), actors.write_actor_count(held.get(role, 0))) for role, label in SITE_ROLE_LABELS.items()]
    frame.show_heading(get_locale()("Ou ce que l'on y fait ?"))
    frame.show_tiles("role", roles, lambda value: state.select(role=value), look="modality-role")


def _alphabet(rows: pd.DataFrame) -> None:
    frame.show_heading(get_locale()("La première lettre de son nom ?"))
    counts = _initials(rows).value_counts().sort_index()
    items = [(str(letter), str(letter), str(n)) for letter, n in counts.items()]
    frame.show_tiles("letter", items, lambda letter: state.select(letter=letter))


def _search(asked: Filters, catalogue: Catalogue, kept: Shortlist) -> None:
    """The answer stands below the keys while they are typed; a place in the words is a radius, a role comes first."""
    meant = questions.interpret(asked, catalogue)
    chosen = meant.filters
    answers = RunAnswers(catalogue)
    found = answers.find(chosen)
    shown = sort_rows(found, "distance" if found.score is None else "relevance")

    def keys() -> None:
        frame.show_mode_switch(WAYS)
        keyboard.show_letters(get_locale()("Un nom, une activité, une ville"))
        if asked.q:
            words = f"{actors.write_actor_count(len(shown))} · {narrow.describe(chosen, found)}"
            frame.show_heading(f"« {asked.q} »", words)

    def follows() -> None:
        """Below the answer: where else, and how else the words can be taken."""
        narrow.show_places(chosen, found)
        _after(chosen, answers)
        suggestions.show(meant, answers)

    actors.show(
        shown,
        catalogue,
        kept,
        keys,
        far=actors.find_distances(found),
        listed=bool(asked.q),
        km=chosen.km,
        after=follows if asked.q else None,
        elsewhere=lambda: bool(asked.q) and _draw_elsewhere(chosen, answers),
    )
