"""What is not there: territories without a link, the nearest site that has it, and the people who live far from one."""

from __future__ import annotations

import pandas as pd
import streamlit as st
from markupsafe import Markup, escape

from biocarto.analysis.coverage.absences import ABSENCES, DISTANCE_NOTE, LIMITS
from biocarto.analysis.coverage.roles import ROLE_DEFINITIONS, ROLE_LABELS, ChainLink
from biocarto.model import ILE_DE_FRANCE, LEVEL_LABELS, Level
from biocarto.render import html
from biocarto.rows import Row, list_rows
from biocarto.ui.coverage import behind, pictures, pieces
from biocarto.ui.coverage.pieces import render_cell
from biocarto.ui.coverage.state import CoverageState
from biocarto.ui.shared import address, data_table, filter_bar
from biocarto.ui.shared.choropleths import format_value
from biocarto.ui.shared.language import build_link_params, get_language, get_locale
from biocarto.ui.shared.markup import show_html

FIRST = 15
"""Rows of the list that are shown at once."""


def _lacking(asked: CoverageState) -> Markup:
    """How many territories, and people, are without each role."""
    t = get_locale()
    table = asked.data.count_lacking(asked.level)
    whole = t("{count} sur {total}")
    rows = [
        (
            t(ROLE_LABELS[ChainLink(str(role))]),
            [
                render_cell(
                    _open_territories(
                        asked,
                        ChainLink(str(role)),
                        whole.format(count=format_value(line["territories"], 0), total=format_value(line["of"], 0)),
                    )
                ),
                render_cell(escape(format_value(line["population"], 0))),
            ],
        )
        for role, line in table.iterrows()
    ]
    head = [t("Sans…"), t("Territoires : {level}").format(level=t(LEVEL_LABELS[asked.level])), t("Habitants")]
    return pieces.render_table(t("Territoires sans aucun site, et leur population"), head, rows)


def _open_territories(asked: CoverageState, role: ChainLink, said: str) -> Markup:
    """The territories of a level without a role, by name; of many the most populated."""
    found = asked.data.list_absent(asked.level, role, ILE_DE_FRANCE)
    return behind.render_list(said, list(found["name"]))


def _reach(asked: CoverageState) -> Markup:
    t, rows = get_locale(), []
    for role, table in asked.data.measure_reach().items():
        cells = [render_cell(_people(line)) for line in list_rows(table.loc[list(LIMITS)])]
        rows.append((t(ROLE_LABELS[role]), cells))
    head = [t("Le plus proche…"), *(t("à plus de {km} km").format(km=km) for km in LIMITS)]
    return pieces.render_table(t("Habitants d'Île-de-France qui vivent loin du plus proche"), head, rows)


def _people(line: Row) -> Markup:
    """How many people, which opens as the communes where they live, and their share beneath."""
    part: str = "—" if pd.isna(line["share"]) else get_locale().percent(float(line["share"]), 1)
    return Markup("{}<small>{}</small>").format(behind.render_list(format_value(line["population"], 0), line["names"]), part)


def _nearest(line: Row) -> Markup:
    """The nearest actor as a link to its sheet; of a territory larger than a commune there is none."""
    t = get_locale()
    if not line["actor_id"]:
        return Markup("<td>{}</td>").format(t("aucun dans le répertoire") if pd.isna(line["most_km"]) else t("selon la commune"))
    name = html.render_inner_link("annuaire", build_link_params("actor", str(line["actor_id"])), str(line["actor_name"]))
    return Markup("<td>{} · {}</td>").format(name, str(line["actor_commune"]))


def _far(line: Row) -> str:
    """Whole kilometres from a commune; from a larger territory, those of its nearest and of its farthest commune."""
    least, most = (format_value(line[end], 0) for end in ("least_km", "most_km"))
    return least if least == most else get_locale()("{least} à {most}").format(least=least, most=most)


def _list(asked: CoverageState, found: pd.DataFrame) -> Markup:
    t = get_locale()
    rows = [
        (
            str(line["name"]),
            [render_cell(pieces.render_number(line["population"], 0)), _nearest(line), render_cell(escape(_far(line)))],
        )
        for line in list_rows(found)
    ]
    head = [t(LEVEL_LABELS[asked.level]), t("Habitants"), t("Le plus proche"), t("environ, km à vol d'oiseau")]
    return pieces.render_table(t("Du plus peuplé au moins peuplé"), head, rows, words=[2])


def _show_territories(asked: CoverageState, role: ChainLink) -> None:
    """The territories without a role, those of the chosen territory where it holds any; itself first."""
    found = asked.data.list_absent(asked.level, role, asked.territory)
    if asked.own is not Level.REGION:
        own = asked.data.list_absent(asked.own, role, ILE_DE_FRANCE)
        own = own[own.index == asked.territory]
        found = pd.concat([own, found.drop(index=own.index, errors="ignore")])
    show_html(asked.get_or_make(lambda: _nearest_of_all(asked, role, found), "absences", role))
    if len(found) > FIRST:
        _rest(asked, found)


def _nearest_of_all(asked: CoverageState, role: ChainLink, found: pd.DataFrame) -> Markup:
    """How many, in words, and the first of them with the nearest site."""
    t = get_locale()
    every, inside = asked.data.list_inside(asked.level, asked.territory), asked.data.list_absent(asked.level, role, asked.territory)
    words = get_locale().write_count(
        len(inside),
        "{place} : {n} territoire sur {total} sans « {role} » ({definition}).",
        "{place} : {n} territoires sur {total} sans « {role} » ({definition}).",
        place=asked.data.name_container(asked.level, asked.territory),
        total=format_value(len(every), 0),
        role=t(ROLE_LABELS[role]),
        definition=t(ROLE_DEFINITIONS[role]),
    )
    return Markup("<p>{}</p>{}").format(words, _list(asked, found.head(FIRST)) if len(found) else Markup())


def _rest(asked: CoverageState, found: pd.DataFrame) -> None:
    t = get_locale()
    box = st.expander(
        t("Les {count} territoires de la liste").format(count=format_value(len(found), 0)),
        icon=":material/table:",
        key="coverage-absent",
        on_change="rerun",
    )
    if box.open:
        columns = {
            t(LEVEL_LABELS[asked.level]): found["name"],
            t("Code"): found.index,
            t("Habitants"): found["population"],
            t("Le plus proche"): found["actor_name"],
            t("Commune"): found["actor_commune"],
            t("environ, km à vol d'oiseau"): [_far(line) for line in list_rows(found)],
        }
        data_table.show(pd.DataFrame(columns), box, alt=t("Territoires sans site, et le plus proche"))


def show(asked: CoverageState) -> None:
    """Numbers first, then the list of one role, then the distances."""
    t = get_locale()
    st.header(t("Ce qui manque, et où est le plus proche"), anchor=False)
    counts, far = st.columns(2)
    with counts:
        show_html(asked.data.get_or_make(lambda: _lacking(asked), "lacking table", asked.level, get_language()))
        pictures.show("absences", asked)
    with far:
        show_html(asked.data.get_or_make(lambda: _reach(asked), "reach table", get_language()))
    role = ChainLink(address.read_value("absence", [role.value for role in ABSENCES], ChainLink.INCUBATION))
    filter_bar.choose_one(
        "absence", {role.value: t(ROLE_LABELS[role]) for role in ABSENCES}, ChainLink.INCUBATION.value, t("Ce qui manque")
    )
    _show_territories(asked, role)
    show_html(pieces.render_more(t("Comment les distances sont mesurées"), Markup("<p>{}</p>").format(t(DISTANCE_NOTE))))
