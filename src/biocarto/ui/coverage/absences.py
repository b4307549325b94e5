"""What is not there: territories without a link, the nearest site that has it, and the people who live far from one."""

from __future__ import annotations

import pandas as pd
import streamlit as st
from markupsafe import Markup, escape

from biocarto.analysis.coverage.absences import ABSENCES, DISTANCE_NOTE, LIMITS
from biocarto.analysis.coverage.roles import ROLE_DEFINITIONS, ROLE_LABELS, Role
from biocarto.model import ILE_DE_FRANCE, LEVEL_LABELS, Level
from biocarto.render import html
from biocarto.rows import Row, each
from biocarto.ui.coverage import behind, pieces
from biocarto.ui.coverage.pieces import cell
from biocarto.ui.coverage.state import Asked
from biocarto.ui.shared import address, data_table, filter_bar
from biocarto.ui.shared.choropleths import shown
from biocarto.ui.shared.language import current, link_to, text
from biocarto.ui.shared.markup import show_html

FIRST = 15
"""Rows of the list that are shown at once."""


def _lacking(asked: Asked) -> Markup:
    """How many territories, and people, are without each role."""
    t = text()
    table = asked.data.lacking(asked.level)
    whole = t("{count} sur {total}")
    rows = [
        (
            t(ROLE_LABELS[Role(str(role))]),
            [
                cell(_opened(asked, Role(str(role)), whole.format(count=shown(line["territories"], 0), total=shown(line["of"], 0)))),
                cell(escape(shown(line["population"], 0))),
            ],
        )
        for role, line in table.iterrows()
    ]
    head = [t("Sans…"), t("Territoires : {level}").format(level=t(LEVEL_LABELS[asked.level])), t("Habitants")]
    return pieces.table(t("Territoires sans aucun site, et leur population"), head, rows)


def _opened(asked: Asked, role: Role, said: str) -> Markup:
    """The territories of a level without a role, by name; of many the most populated."""
    found = asked.data.absent(asked.level, role, ILE_DE_FRANCE)
    return behind.listed(said, list(found["name"]))


def _reach(asked: Asked) -> Markup:
    t, rows = text(), []
    for role, table in asked.data.reach().items():
        cells = [cell(_people(line)) for line in each(table.loc[list(LIMITS)])]
        rows.append((t(ROLE_LABELS[role]), cells))
    head = [t("Le plus proche…"), *(t("à plus de {km} km").format(km=km) for km in LIMITS)]
    return pieces.table(t("Habitants d'Île-de-France qui vivent loin du plus proche"), head, rows)


def _people(line: Row) -> Markup:
    """How many people, which opens as the communes where they live, and their share beneath."""
    part: str = "—" if pd.isna(line["share"]) else text().percent(float(line["share"]), 1)
    return Markup("{}<small>{}</small>").format(behind.listed(shown(line["population"], 0), line["names"]), part)


def _nearest(line: Row) -> Markup:
    """The nearest actor as a link to its sheet; of a territory larger than a commune there is none."""
    t = text()
    if not line["actor_id"]:
        return Markup("<td>{}</td>").format(t("aucun dans le répertoire") if pd.isna(line["most_km"]) else t("selon la commune"))
    name = html.inner("annuaire", link_to("actor", str(line["actor_id"])), str(line["actor_name"]))
    return Markup("<td>{} · {}</td>").format(name, str(line["actor_commune"]))


def _far(line: Row) -> str:
    """Whole kilometres from a commune; from a larger territory, those of its nearest and of its farthest commune."""
    least, most = (shown(line[end], 0) for end in ("least_km", "most_km"))
    return least if least == most else text()("{least} à {most}").format(least=least, most=most)


def _list(asked: Asked, found: pd.DataFrame) -> Markup:
    t = text()
    rows = [
        (
            str(line["name"]),
            [cell(pieces.number(line["population"], 0)), _nearest(line), cell(escape(_far(line)))],
        )
        for line in each(found)
    ]
    head = [t(LEVEL_LABELS[asked.level]), t("Habitants"), t("Le plus proche"), t("environ, km à vol d'oiseau")]
    return pieces.table(t("Du plus peuplé au moins peuplé"), head, rows, words=[2])


def _named(asked: Asked, role: Role) -> None:
    """The territories without a role, those of the chosen territory where it holds any; itself first."""
    found = asked.data.absent(asked.level, role, asked.territory)
    if asked.own is not Level.REGION:
        own = asked.data.absent(asked.own, role, ILE_DE_FRANCE)
        own = own[own.index == asked.territory]
        found = pd.concat([own, found.drop(index=own.index, errors="ignore")])
    show_html(asked.cached(lambda: _nearest_of_all(asked, role, found), "absences", role))
    if len(found) > FIRST:
        _rest(asked, found)


def _nearest_of_all(asked: Asked, role: Role, found: pd.DataFrame) -> Markup:
    """How many, in words, and the first of them with the nearest site."""
    t = text()
    every, inside = asked.data.inside(asked.level, asked.territory), asked.data.absent(asked.level, role, asked.territory)
    words = text().write_count(
        len(inside),
        "{place} : {n} territoire sur {total} sans « {role} » ({definition}).",
        "{place} : {n} territoires sur {total} sans « {role} » ({definition}).",
        place=asked.data.container(asked.level, asked.territory),
        total=shown(len(every), 0),
        role=t(ROLE_LABELS[role]),
        definition=t(ROLE_DEFINITIONS[role]),
    )
    return Markup("<p>{}</p>{}").format(words, _list(asked, found.head(FIRST)) if len(found) else Markup())


def _rest(asked: Asked, found: pd.DataFrame) -> None:
    t = text()
    box = st.expander(
        t("Les {count} territoires de la liste").format(count=shown(len(found), 0)),
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
            t("environ, km à vol d'oiseau"): [_far(line) for line in each(found)],
        }
        data_table.show(pd.DataFrame(columns), box, alt=t("Territoires sans site, et le plus proche"))


def show(asked: Asked) -> None:
    """Numbers first, then the list of one role, then the distances."""
    t = text()
    st.header(t("Ce qui manque, et où est le plus proche"), anchor=False)
    counts, far = st.columns(2)
    with counts:
        show_html(asked.data.cached(lambda: _lacking(asked), "lacking table", asked.level, current()))
    with far:
        show_html(asked.data.cached(lambda: _reach(asked), "reach table", current()))
    role = Role(address.value("absence", [role.value for role in ABSENCES], Role.INCUBATION))
    filter_bar.choice("absence", {role.value: t(ROLE_LABELS[role]) for role in ABSENCES}, Role.INCUBATION.value, t("Ce qui manque"))
    _named(asked, role)
    show_html(pieces.more(t("Comment les distances sont mesurées"), Markup("<p>{}</p>").format(t(DISTANCE_NOTE))))
