"""The directory's question: one search box, every facet with live counts, a place and a radius; all of it in the address."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from biocarto import labels
from biocarto.analysis.nationwide import Answer
from biocarto.query import filters, proximity
from biocarto.query.filters import FACETS, FARTHEST, KM, NEAREST, Filters
from biocarto.query.interpretation import Interpretation
from biocarto.query.select import QueryResult
from biocarto.query.site_roles import SITE_ROLE_DEFINITIONS, SITE_ROLE_LABELS
from biocarto.register.catalogue import Catalogue
from biocarto.ui.shared import accessibility, active_filters, address, cache, filter_fold, messages, questions
from biocarto.ui.shared.language import get_language, get_locale

_BOX, _PLACE, _RADIUS = "directory_q", "directory_near", "directory_km"

OPEN = ("kind", "category", "modality", "department", "role", "status")
"""Facets with a button of their own; the others stand together behind one, so that on a phone the answer is near."""


def prepare(catalogue: Catalogue) -> None:
    """What the first question would wait for."""
    _every_place(catalogue)
    questions.prepare(catalogue)


def show_box(chosen: Filters) -> None:
    """The one search box."""
    t = get_locale()
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
        on_change=_write_question,
        label_visibility="collapsed",
    )


def _write_question() -> None:
    """Other words are understood anew."""
    address.clear(["literal", "first", "page"])
    address.write_widget("q", _BOX)


def _write_facet(name: str, key: str, meant: Interpretation) -> None:
    """A choice beside a question whose words were read: what was read becomes choices too, so that each can be taken back."""
    if meant.was_read:
        questions.ask(meant.filters)
    address.write_widget(name, key)


def _labels(name: str, values: Iterable[str], catalogue: Catalogue) -> dict[str, str]:
    """The values of a facet in words, as Markdown."""
    t = get_locale()
    return {value: messages.escape_markdown(labels.label_option(name, value, catalogue, t)) for value in values}


def _count(name: str, value: str, count: int, apart: bool) -> str:
    """How many rows a value leaves; `+ 38` where it brings rows that the page does not show before they are asked for."""
    widens = (name == "status" and value != filters.COUNTED) or (name == "source_year" and value == filters.OLD)
    return f"{'+ ' if widens and count and not apart else ''}{get_locale().number(count)}"


def _label_values(name: str, chosen: Filters, counts: Mapping[str, int], catalogue: Catalogue) -> dict[str, str]:
    """Each value with its live count, the most first; a value that would leave nothing stays, in grey.

    What was chosen and no actor has, such as a department of another region, stands last, without a number.
    """
    apart = filters.shows_apart(chosen)
    known = cache.make_once(f"every value of {name}", lambda: _labels(name, counts, catalogue), get_language())
    order = sorted(counts, key=lambda value: (labels.rank_value(name, value), -counts[value], value))
    told = {value: f"{known[value]} · {_count(name, value, counts[value], apart)}" for value in order}
    shown = {value: words if counts[value] else f":gray[{words}]" for value, words in told.items()}
    elsewhere = [value for value in getattr(chosen, name) if value not in counts]
    return shown | _labels(name, elsewhere, catalogue)


def _values(name: str, meant: Interpretation, counts: Mapping[str, int], catalogue: Catalogue) -> None:
    """Every value of a facet with its live count, those chosen marked."""
    chosen, marked = meant.filters, list(getattr(meant.filters, name))
    key = address.build_key(f"directory_{name}", marked)
    st.session_state[key] = marked
    shown = cache.make_for_filters(
        "values with counts", chosen, lambda: _label_values(name, chosen, counts, catalogue), name, get_language()
    )
    st.pills(
        get_locale()(labels.FIELD_LABELS[name]),
        list(shown),
        selection_mode="multi",
        key=key,
        format_func=shown.__getitem__,
        on_change=_write_facet,
        args=(name, key, meant),
        help=_explain_roles() if name == "role" else None,
    )


def _button(label: str, names: Iterable[str], chosen: Filters, icon: str | None = None) -> DeltaGenerator:
    """What opens some facets; it says how many of their values are chosen."""
    several = sum(len(getattr(chosen, name)) for name in names)
    return st.popover(f"{label} · {several}" if several else label, type="primary" if several else "secondary", icon=icon)


def _explain_roles() -> str:
    """How each role is decided."""
    t = get_locale()
    rules = {t(label): t(SITE_ROLE_DEFINITIONS[role]) for role, label in SITE_ROLE_LABELS.items()}
    return "\n".join(f"- **{messages.escape_markdown(label)}** : {messages.escape_markdown(rule)}" for label, rule in rules.items())


def _every_place(catalogue: Catalogue) -> dict[str, str]:
    return cache.make_once("directory places", lambda: _places(catalogue))


def _places(catalogue: Catalogue) -> dict[str, str]:
    """Everything that a distance can start from: communes of Île-de-France, arrondissements, actors."""
    territory = catalogue.territory
    communes = {code: f"{name} ({code[:2]})" for code, name in territory.communes["name"].items()}
    districts = {str(code): str(name) for code, name in territory.arrondissements["name"].items()}
    return communes | districts | {str(key): str(name) for key, name in catalogue.actors["name"].items()}


def _name_place(near: str, catalogue: Catalogue) -> str:
    """What a place is called that the list of places does not have: a point of the map, a commune of another region."""
    point, names = proximity.parse_point(near), catalogue.territory.points["name"]
    return active_filters.write_point(*point) if point else str(names.get(near, ""))


def _near(meant: Interpretation, catalogue: Catalogue) -> None:
    """A commune, an actor or a point of the map, and kilometres around it."""
    t, chosen = get_locale(), meant.filters
    name = _name_place(chosen.near, catalogue) if chosen.near not in _every_place(catalogue) else ""
    here = {chosen.near: name} if name else {}
    known = _every_place(catalogue)
    places = here | known if here else known
    shown = chosen.near if chosen.near in places else None
    place, radius = address.build_key(_PLACE, shown), address.build_key(_RADIUS, chosen.km)
    st.session_state[place], st.session_state[radius] = shown, chosen.km
    label = t("Près de…")
    with st.popover(label, type="primary" if chosen.near else "secondary", icon=":material/near_me:"):
        st.selectbox(
            t("Commune, arrondissement ou acteur"),
            list(places),
            format_func=places.__getitem__,
            key=place,
            placeholder=t("Choisir un lieu"),
            on_change=_write_facet,
            args=("near", place, meant),
        )
        st.number_input(
            t("Rayon en kilomètres"),
            NEAREST,
            FARTHEST,
            step=1.0,
            key=radius,
            on_change=_write_radius,
            args=(radius, meant),
            disabled=not chosen.near,
        )


def _write_radius(key: str, meant: Interpretation) -> None:
    if not address.has_widget(key):
        return
    if meant.was_read:
        questions.ask(meant.filters)
    address.write("km", f"{st.session_state[key]:g}", f"{KM:g}")


def show_pills(meant: Interpretation, found: QueryResult, beyond: Answer, catalogue: Catalogue) -> None:
    """Every facet with live counts: the common ones each behind a button, then the place, then all the others behind one."""
    t, rare = get_locale(), [name for name in FACETS if name not in OPEN]
    counts = {**found.counts, "region": questions.count_by_region(beyond, found, catalogue.territory.regions.index)}
    accessibility.show_filters_skip()
    filter_fold.show(t("Filtres"), meant.filters)
    with st.container(horizontal=True, key=filter_fold.ROW, gap="small", vertical_alignment="center"):
        for name in OPEN:
            with _button(t(labels.FIELD_LABELS[name]), [name], meant.filters):
                _values(name, meant, counts[name], catalogue)
        _near(meant, catalogue)
        with _button(t("Plus de filtres"), rare, meant.filters, ":material/filter_alt:"):
            for name in rare:
                _values(name, meant, counts[name], catalogue)
