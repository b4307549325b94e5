"""The directory's question: one search box, every facet with live counts, a place and a radius; all of it in the address."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import fields

import streamlit as st

from biocarto import filters, labels, search
from biocarto.analysis import facets, proximity
from biocarto.analysis.facets import Found
from biocarto.analysis.proximity import Origin
from biocarto.filters import FACETS, FARTHEST, KM, NAMES, NEAREST, Filters
from biocarto.i18n import number
from biocarto.joins import Catalogue
from biocarto.ui import address, cache, messages
from biocarto.ui.language import current, text

_BOX, _PLACE, _RADIUS = "directory_q", "directory_near", "directory_km"


def read(catalogue: Catalogue) -> Filters:
    """The question of the address; what means nothing is named in a notice and ignored."""
    chosen, dropped = filters.read(address.params(NAMES), _known(catalogue))
    address.note_unknown(dropped)
    return chosen


def _known(catalogue: Catalogue) -> dict[str, Collection[str]]:
    return cache.once("directory values", lambda: filters.known(cache.prepared(), catalogue))


def prepare(catalogue: Catalogue) -> None:
    """What the first question would wait for."""
    _known(catalogue)
    _every_place(catalogue)
    answer(Filters(), catalogue)


def answer(chosen: Filters, catalogue: Catalogue) -> Found:
    """The rows that the question leaves, and the counts of every facet."""
    built = cache.once("facets", lambda: facets.build(cache.prepared()))
    index = cache.once("search index", lambda: search.build(cache.prepared()))
    return cache.filtered("answer", chosen, lambda: facets.select(chosen, built, index, catalogue))


def box(chosen: Filters) -> None:
    """The one search box."""
    t = text()
    # what is being typed keeps its spaces: the box is only rewritten where it means something else than the address
    if " ".join(str(st.session_state.get(_BOX, "")).split()) != chosen.q:
        st.session_state[_BOX] = chosen.q
    st.text_input(
        t("Chercher"),
        key=_BOX,
        placeholder=t("Un nom, une activité, une ville, une modalité… fautes de frappe admises"),
        icon=":material/search:",
        max_chars=filters.LONGEST_TEXT,
        type="search",
        live=True,
        on_change=address.write_widget,
        args=("q", _BOX),
        label_visibility="collapsed",
    )


def _labels(name: str, values: Iterable[str], catalogue: Catalogue) -> dict[str, str]:
    """The values of a facet in words, as Markdown."""
    t = text()
    return {value: messages.plain(labels.option(name, value, catalogue, t)) for value in values}


def _shown(name: str, counts: Mapping[str, int], catalogue: Catalogue) -> dict[str, str]:
    """Each value with its live count, the most first; a value that would leave nothing stays, in grey."""
    known = cache.once(f"every value of {name}", lambda: _labels(name, counts, catalogue), current())
    order = sorted(counts, key=lambda value: (labels.rank(name, value), -counts[value], value))
    told = {value: f"{known[value]} · {counts[value]}" for value in order}
    return {value: words if counts[value] else f":gray[{words}]" for value, words in told.items()}


def _facet(name: str, chosen: Filters, counts: Mapping[str, int], catalogue: Catalogue) -> None:
    t, key = text(), f"directory_{name}"
    st.session_state[key] = list(getattr(chosen, name))
    label, several = t(labels.FIELD_LABELS[name]), len(getattr(chosen, name))
    shown = cache.filtered("values with counts", chosen, lambda: _shown(name, counts, catalogue), name, current())
    with st.popover(f"{label} · {several}" if several else label, type="primary" if several else "secondary"):
        st.pills(
            label,
            list(shown),
            selection_mode="multi",
            key=key,
            format_func=shown.__getitem__,
            on_change=address.write_widget,
            args=(name, key),
        )


def _every_place(catalogue: Catalogue) -> dict[str, str]:
    return cache.once("directory places", lambda: _places(catalogue))


def _places(catalogue: Catalogue) -> dict[str, str]:
    """Everything that a distance can start from: communes of Île-de-France, arrondissements, actors."""
    territory = catalogue.territory
    communes = {code: f"{name} ({code[:2]})" for code, name in territory.communes["name"].items()}
    districts = {str(code): str(name) for code, name in territory.arrondissements["name"].items()}
    return communes | districts | {str(key): str(name) for key, name in catalogue.actors["name"].items()}


def _point(latitude: float, longitude: float) -> str:
    """A point of the map in words, at three decimals: a hundred metres."""
    t, lang = text(), current()
    words = t("{latitude}° N, {longitude}° O") if longitude < 0 else t("{latitude}° N, {longitude}° E")
    return words.format(latitude=number(latitude, lang, 3), longitude=number(abs(longitude), lang, 3))


def _near(chosen: Filters, catalogue: Catalogue) -> None:
    """A commune, an actor or a point of the map, and kilometres around it."""
    t, point = text(), proximity.point(chosen.near)
    here = {chosen.near: _point(*point)} if point else {}
    known = _every_place(catalogue)
    places = here | known if here else known
    st.session_state[_PLACE] = chosen.near if chosen.near in places else None
    st.session_state[_RADIUS] = chosen.km
    label = t("Près de…")
    with st.popover(label, type="primary" if chosen.near else "secondary", icon=":material/near_me:"):
        st.selectbox(
            t("Commune, arrondissement ou acteur"),
            list(places),
            format_func=places.__getitem__,
            key=_PLACE,
            placeholder=t("Choisir un lieu"),
            on_change=address.write_widget,
            args=("near", _PLACE),
        )
        st.number_input(
            t("Rayon en kilomètres"), NEAREST, FARTHEST, step=1.0, key=_RADIUS, on_change=_write_radius, disabled=not chosen.near
        )


def _write_radius() -> None:
    address.write("km", f"{st.session_state[_RADIUS]:g}", f"{KM:g}")


def pills(chosen: Filters, found: Found, catalogue: Catalogue) -> None:
    """Every facet, each opening its values with live counts; then the place."""
    with st.container(horizontal=True, key="facets", gap="small", vertical_alignment="center"):
        for name in FACETS:
            _facet(name, chosen, found.counts[name], catalogue)
        _near(chosen, catalogue)


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
    return said


def _around(chosen: Filters, origin: Origin) -> str:
    """The circle in words; an area has none, it is asked for as a whole."""
    t = text()
    if origin.is_area:
        return str(cache.catalogue().territory.communes.at[origin.commune, "name"])
    place = _point(*origin[:2]) if proximity.point(chosen.near) else origin.label
    return t("à {km} km de {place}").format(km=f"{chosen.km:g}", place=place)


def _remove(name: str, value: str) -> None:
    address.write(name, [v for v in address.values(name) if v != value] if name in FACETS else None)


def chips(chosen: Filters, found: Found, summary: str) -> None:
    """The selection as a sentence, a chip for all that narrows it, one tap to clear."""
    t = text()
    with st.container(horizontal=True, key="chosen", gap="small", vertical_alignment="center"):
        st.markdown(f"**{summary}**", width="content")
        for name, value, shown in narrowed(chosen, found):
            st.button(
                f"{messages.plain(shown)} ✕", key=f"drop-{name}-{value}", help=t("Retirer ce filtre"), on_click=_remove, args=(name, value)
            )
        if chosen != Filters():
            st.button(t("Tout effacer"), key="clear", type="tertiary", on_click=address.clear, args=([f.name for f in fields(Filters)],))


def said(chosen: Filters, found: Found) -> list[tuple[str, str]]:
    """What narrows the selection, as pairs of field and value in words, for a file that is taken away."""
    t = text()
    names = {"q": t("Chercher"), "near": t("Près de…"), "area": t("Zone dessinée")}
    return [(names.get(name) or t(labels.FIELD_LABELS[name]), shown) for name, _, shown in narrowed(chosen, found)]
