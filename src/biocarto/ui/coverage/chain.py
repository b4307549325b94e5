"""The chain from research to production: territory x link, then modality x link, the missing links marked."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd
import streamlit as st
from markupsafe import Markup, escape

from biocarto.analysis.coverage.chain import LINKS, MISSING_NOTE, MODALITY_NOTE
from biocarto.analysis.coverage.roles import CHAIN, PRESENT_NOTE, ROLE_DEFINITIONS, ROLE_LABELS
from biocarto.model import LEVEL_LABELS, MODALITY_LABELS, Level, Modality
from biocarto.query.filters import UNKNOWN, Filters
from biocarto.render import html
from biocarto.ui.coverage import behind, pictures, pieces
from biocarto.ui.coverage.state import CoverageState
from biocarto.ui.shared.language import get_language, get_locale
from biocarto.ui.shared.markup import show_html


def _cells(line: pd.Series, who: Mapping[str, pd.DataFrame]) -> list[Markup]:
    return [behind.render_cell(int(line[link]), who.get(link)) for link in LINKS]


def _row(asked: CoverageState, level: Level, code: str, line: pd.Series) -> tuple[str, list[Markup]]:
    """A territory of a level, each of its numbers with the names behind it."""
    found = behind.group_members(asked.data, level)
    return str(line["name"]), _cells(line, {link: found[code, link] for link in LINKS if (code, link) in found})


def _head(first: str) -> list[str]:
    t = get_locale()
    return [first, *(t(ROLE_LABELS[role]) for role in CHAIN)]


def _territories(asked: CoverageState) -> Markup:
    """The chosen territory, then those inside it, or all; of the communes only those with a site: a thousand others have none."""
    t = get_locale()
    matrix = asked.data.count_links(asked.level).loc[asked.data.list_inside(asked.level, asked.territory)]
    if asked.level is Level.COMMUNE:
        matrix = matrix[matrix[list(LINKS)].any(axis="columns") | matrix.index.isin([asked.territory])]
    place = asked.data.name_container(asked.level, asked.territory)
    caption = t("Sites par maillon : {level}, {place}").format(level=t(LEVEL_LABELS[asked.level]), place=place)
    own = asked.data.count_links(asked.own).loc[[asked.territory]]
    rows = [_row(asked, asked.own, str(code), line) for code, line in own.iterrows()]
    rows += [_row(asked, asked.level, str(code), line) for code, line in matrix.iterrows() if code != asked.territory]
    return pieces.render_table(caption, _head(t(LEVEL_LABELS[asked.level])), rows, first=True)


def _modalities(asked: CoverageState) -> Markup:
    t = get_locale()
    matrix = asked.data.count_modalities()
    names = {**{each.value: t(MODALITY_LABELS[each]) for each in Modality}, UNKNOWN: t("Modalité inconnue")}
    known = list(Modality)
    rows = [(names[str(code)], _cells(line, behind.group_by_modality(asked.data, str(code), known))) for code, line in matrix.iterrows()]
    return pieces.render_table(t("Sites par maillon : modalité, toute l'Île-de-France"), _head(t("Modalité")), rows)


def _definitions() -> Markup:
    t = get_locale()
    return html.render_facts((t(ROLE_LABELS[role]), escape(t(ROLE_DEFINITIONS[role]))) for role in CHAIN)


def _note_shared(asked: CoverageState) -> str:
    """What a reader must know of an intercommunality that lies in two departments."""
    by_department = asked.level is Level.EPCI and asked.data.places.levels[asked.territory] is Level.DEPARTMENT
    return get_locale()("Un EPCI ou EPT de deux départements figure en entier dans chacun.") if by_department else ""


def show(asked: CoverageState) -> None:
    """Both matrices, and how each link is decided."""
    t = get_locale()
    st.header(t("La chaîne, de la recherche à la production"), anchor=False)
    # Neither the measure nor the scheme of the map is in it: another map of the same place leaves it as it is.
    show_html(asked.data.get_or_make(lambda: _chain(asked), "chain table", asked.territory, asked.level, get_language()))
    modalities = asked.data.get_or_make(lambda: _modalities(asked), "modality table", get_language())
    show_html(Markup("<p class='bc-kicker'>{}</p>{}").format(t(MODALITY_NOTE), modalities))
    pictures.show("chain", asked)


def _chain(asked: CoverageState) -> Markup:
    t = get_locale()
    communes = t("Seules les communes qui ont un site ; les autres n'ont aucun maillon.") if asked.level is Level.COMMUNE else ""
    definitions = pieces.render_more(t("Comment chaque maillon est défini"), _definitions())
    filtered = t("Avec les filtres choisis au-dessus de la carte.") if asked.filters != Filters() else ""
    note = Markup("<p class='bc-kicker'>{}</p>").format(
        " ".join((t(MISSING_NOTE), t(PRESENT_NOTE), communes, _note_shared(asked), filtered))
    )
    return note + _territories(asked) + definitions
