"""What a question finds besides actors, group by group: national sites, clusters, networks and events, each row with its source.

A row carries `data-id`, `data-kind` and, where a distance is told, `data-km`, so that a program can read the answer.
"""

from __future__ import annotations

import math

import pandas as pd
import streamlit as st
from markupsafe import Markup, escape

from biocarto import labels
from biocarto.analysis import whereabouts
from biocarto.analysis.nationwide import GROUP_LABELS, Answer, Group
from biocarto.query.filters import Filters, with_every_status
from biocarto.query.proximity import Origin
from biocarto.query.site_roles import SITE_ROLE_LABELS, SiteRole
from biocarto.register import vocabulary
from biocarto.register.catalogue import Catalogue
from biocarto.render import html
from biocarto.rows import Row, get_row, list_rows
from biocarto.ui.shared import organisations, questions
from biocarto.ui.shared.language import build_link_params, get_language, get_locale
from biocarto.ui.shared.markup import show_html
from biocarto.ui.shared.questions import RunAnswers

SHOWN = 10
"""Rows of a group that stand open; the others are one tap away."""


def mark_row(identity: str, kind: str, km: float | None) -> Markup:
    """The attributes by which a program reads a row: id, kind, kilometres with a point (none where no distance is told)."""
    far = Markup() if km is None else Markup(' data-km="{:.1f}"').format(km)
    return Markup('data-id="{}" data-kind="{}"{}').format(identity, kind, far)


def find_told_km(words: str, km: float) -> float | None:
    """The kilometres of a row whose words tell a distance; None where they name a commune, or nothing."""
    return float(km) if "km" in words else None


def _site(key: str, catalogue: Catalogue) -> tuple[Markup, list[Markup], Row]:
    t, row = get_locale(), get_row(catalogue.national_sites, key)
    region = str(row["region"])
    kind = f"{t(labels.SITE_TYPE_LABELS[row['type']])}, {t(vocabulary.PERIMETERS[row['perimeter']]).lower()}"
    status = t(labels.SITE_STATUS_LABELS[row["presence"]]) + ("" if pd.isna(row["status_year"]) else f" ({row['status_year']})")
    place = html.render_inner_link("couverture", build_link_params("region", str(row["region_code"])), f"{row['commune']}, {region}")
    return escape(row["name"]), [place, escape(kind), escape(t.read_cell(row, "modality")), escape(status)], row


def _body(key: str, catalogue: Catalogue) -> tuple[Markup, list[Markup], Row]:
    t, row = get_locale(), get_row(organisations.list_organisations(catalogue), key)
    regions = ", ".join(str(catalogue.territory.regions["name"].get(code, code)) for code in row["region_codes"])
    name = html.render_inner_link("reseaux", build_link_params(str(row["table"]), key), str(row["name"]))
    what = get_locale().read_cell(row, "description")
    return name, [escape(t(vocabulary.BODY_KINDS[row["kind"]])), escape(regions), escape(what)], row


def _event(key: str, catalogue: Catalogue) -> tuple[Markup, list[Markup], Row]:
    t, row = get_locale(), get_row(catalogue.events, key)
    name = html.render_inner_link("reseaux", build_link_params("event", key), t.read_cell(row, "title"))
    return (
        name,
        [escape(t(vocabulary.EVENT_KINDS[row["kind"]])), escape(organisations.write_event_dates(row)), escape(t.read_cell(row, "place"))],
        row,
    )


_WRITERS = {Group.NATIONAL_SITE: _site, Group.CLUSTER: _body, Group.NETWORK: _body, Group.EVENT: _event}


def _far(found: Row, origin: Origin | None) -> str:
    """How far the commune of a row is; within the commune that was asked for, its name."""
    km = float(found["distance_km"])
    if origin is None or math.isnan(km):
        return ""
    if origin.commune == found["commune_code"]:
        return whereabouts.locate_in(str(found["commune"]), get_language())
    return whereabouts.describe_about(km, get_locale())


def _row(found: Row, origin: Origin | None, catalogue: Catalogue) -> Markup:
    """One row: its name, what it is and where, how far, and its source."""
    t, group = get_locale(), Group(found["group"])
    name, told, row = _WRITERS[group](found["key"], catalogue)
    far = _far(found, origin)
    km = find_told_km(far, found["distance_km"])
    role = [escape(t(SITE_ROLE_LABELS[SiteRole.CDMO]))] if SiteRole.CDMO in found["roles"] else []
    return Markup("<li {}><strong>{}</strong><br>{}<br><small>{}</small></li>").format(
        mark_row(found["key"], group.value, km),
        name,
        Markup(" · ").join(filter(None, [escape(far), *told, *role])),
        html.render_source(row, t),
    )


def _rest(rows: list[Markup]) -> Markup:
    if not rows:
        return Markup()
    words = get_locale().write_count(len(rows), "Voir {n} autre", "Voir {n} autres")
    return Markup("<details><summary>{}</summary><ul class='bc-beyond'>{}</ul></details>").format(words, Markup().join(rows))


def _group(group: Group, rows: pd.DataFrame, origin: Origin | None, catalogue: Catalogue) -> Markup:
    title = f"{get_locale()(GROUP_LABELS[group])} · {get_locale().number(len(rows))}"
    written = [_row(row, origin, catalogue) for row in list_rows(rows)]
    return Markup("<section data-group='{}'><h3>{}</h3><ul class='bc-beyond'>{}</ul>{}</section>").format(
        group.value, title, Markup().join(written[:SHOWN]), _rest(written[SHOWN:])
    )


def _show_held_back(chosen: Filters, answer: Answer, answers: RunAnswers) -> None:
    """Sites whose status is not known to be present, one tap away; and what the place alone holds back."""
    t = get_locale()
    if answer.apart:
        words = t("Sites des autres régions annoncés, anciens ou non datés : {n}").format(n=answer.apart)
        st.button(words, key="beyond-status", type="tertiary", on_click=questions.ask, args=(with_every_status(chosen),))
    anywhere = questions.drop_place(chosen)
    if anywhere not in (chosen, Filters()) and not len(answer.select_group(Group.NATIONAL_SITE)):
        elsewhere = len(answers.find_beyond(anywhere).select_group(Group.NATIONAL_SITE))
        if elsewhere:
            words = t("Sites des autres régions, sans le lieu : {n}").format(n=elsewhere)
            st.button(words, key="beyond-place", type="tertiary", on_click=questions.ask, args=(anywhere,))


def show(chosen: Filters, answers: RunAnswers) -> None:
    """Every group that has an answer, and what is held back."""
    answer, catalogue = answers.find_beyond(chosen), answers.catalogue
    groups = [(group, rows) for group in GROUP_LABELS if len(rows := answer.select_group(group))]
    with st.container(key="beyond"):
        if groups:
            show_html(Markup().join(_group(group, rows, answer.origin, catalogue) for group, rows in groups))
        _show_held_back(chosen, answer, answers)
