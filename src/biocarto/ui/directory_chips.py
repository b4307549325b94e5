"""What narrows the directory, in words: a sentence, and a chip for each thing that one tap takes away."""

from __future__ import annotations

from dataclasses import fields

import streamlit as st

from biocarto import labels
from biocarto.analysis import proximity
from biocarto.analysis.facets import Found
from biocarto.analysis.interpretation import Interpretation
from biocarto.analysis.proximity import Origin
from biocarto.analysis.site_roles import SITE_ROLE_LABELS, SiteRole
from biocarto.filters import FACETS, Filters
from biocarto.territory import fold
from biocarto.ui import address, cache, directory_search, messages, questions
from biocarto.ui.language import current, text


def narrowed(chosen: Filters, found: Found) -> list[tuple[str, str, str]]:
    """(field, value, text) of all that narrows the selection, as people read it."""
    t, catalogue = text(), cache.catalogue()
    said = [(n, v, labels.option(n, v, catalogue, t)) for n in FACETS for v in getattr(chosen, n)]
    if chosen.q:
        said.append(("q", chosen.q, f"« {chosen.q} »"))
    if found.origin:
        said.append(("near", chosen.near, _around(chosen, found.origin)))
    if chosen.area:
        said.append(("area", chosen.area, t("dans la zone dessinée")))
    if chosen.first:
        said.append(("first", chosen.first, t("« {role} » d'abord").format(role=t(SITE_ROLE_LABELS[SiteRole(chosen.first)]))))
    return said


def _around(chosen: Filters, origin: Origin) -> str:
    """The circle in words; an area has none, it is asked for as a whole."""
    t = text()
    if origin.is_area:
        return str(cache.catalogue().territory.points.at[origin.commune, "name"])
    place = directory_search.write_point(*origin[:2]) if proximity.point(chosen.near) else origin.label
    words = t("à {km} km d'{place}") if current() == "fr" and fold(place)[:1] in set("aeiouy") else t("à {km} km de {place}")
    return words.format(km=f"{chosen.km:g}", place=place)


def _remove(name: str, value: str, meant: Interpretation) -> None:
    """Take one thing away; the rest of what was read from the words stays, as a choice."""
    left = meant.filters.without(name, value)
    questions.ask(left.without("km", "") if name == "near" else left)


def chips(meant: Interpretation, found: Found, summary: str) -> None:
    """The selection as a sentence, a chip for all that narrows it, one tap to clear."""
    t = text()
    with st.container(horizontal=True, key="chosen", gap="small", vertical_alignment="center"):
        st.markdown(f"**{summary}**", width="content")
        for name, value, shown in narrowed(meant.filters, found):
            label = f"{messages.plain(shown)} ✕"
            st.button(label, key=f"drop-{name}-{value}", help=t("Retirer ce filtre"), on_click=_remove, args=(name, value, meant))
        if meant.asked != Filters():
            st.button(t("Tout effacer"), key="clear", type="tertiary", on_click=address.clear, args=([f.name for f in fields(Filters)],))


def said(chosen: Filters, found: Found) -> list[tuple[str, str]]:
    """What narrows the selection, as pairs of field and value in words, for a file that is taken away."""
    t = text()
    names = {"q": t("Chercher"), "near": t("Près de…"), "area": t("Zone dessinée"), "first": t("Rôle")}
    return [(names.get(name) or t(labels.FIELD_LABELS[name]), shown) for name, _, shown in narrowed(chosen, found)]
