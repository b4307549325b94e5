"""The directory's answer, three views of one selection: map, list, table; and the sheet of an actor in place of the list."""

from __future__ import annotations

import math

import pandas as pd
import streamlit as st
from markupsafe import Markup

from biocarto import labels
from biocarto.analysis import whereabouts
from biocarto.model import N_, Precision
from biocarto.query.filters import Filters
from biocarto.query.select import QueryResult, list_sorts
from biocarto.query.site_roles import SITE_ROLE_LABELS, SiteRole
from biocarto.register.catalogue import Catalogue
from biocarto.render import html
from biocarto.rows import Row, get_row, list_rows
from biocarto.ui.directory import map as directory_map
from biocarto.ui.directory import sheet
from biocarto.ui.shared import accessibility, actor_sheet, address, beyond, cache, propose, room, suggestions
from biocarto.ui.shared.language import get_language, get_locale
from biocarto.ui.shared.markup import show_html
from biocarto.ui.shared.messages import escape_markdown
from biocarto.ui.shared.questions import RunAnswers

PER_PAGE = 20
_PAGES = frozenset(str(number) for number in range(1, 10_000))
SORTS = {"relevance": N_("Pertinence"), "distance": N_("Distance"), "name": N_("Nom"), "date": N_("Date de la source")}
_SORT, _PAGE = "directory_sort", "directory_page"


def read_sort(found: QueryResult) -> str:
    """The order of the list, as the address asks for it, else the first that the answer has."""
    offered = list_sorts(found)
    return address.read_value("sort", offered, offered[0])


def _choose_sort(found: QueryResult) -> None:
    """The order of the list, in the address."""
    t, offered = get_locale(), list_sorts(found)
    st.session_state[_SORT] = read_sort(found)
    st.segmented_control(
        t("Trier par"),
        offered,
        key=_SORT,
        required=True,
        format_func=lambda key: t(SORTS[key]),
        on_change=address.write_widget,
        args=("sort", _SORT, offered[0]),
        label_visibility="collapsed",
    )


def _lines(rows: pd.DataFrame, found: QueryResult) -> list[tuple[str, str, Markup]]:
    """Each actor of a page of the list: id, name as Markdown, and what it does and where as HTML."""
    return [(actor["id"], escape_markdown(str(actor["name"])), _line(actor, found)) for actor in list_rows(rows)]


def _line(actor: Row, found: QueryResult) -> Markup:
    t = get_locale()
    far = _far(actor, found)
    km = None if found.distance_km is None else beyond.find_told_km(far, found.distance_km[actor["id"]])
    where = " · ".join(filter(None, (whereabouts.name_place_and_department(actor, t), far)))
    group = actor["group"]
    head = Markup("{}{} · {}").format(html.render_mark(group), labels.label_groups(t)[group], where)
    row = beyond.mark_row(actor["id"], actor["kind"], km)
    return Markup("<p class='bc-line' {}>{}<br>{}<br>{}</p>").format(
        row, head, t.read_cell(actor, "activity"), html.render_dated_source(actor, t)
    )


def _find_divider(rows: pd.DataFrame, found: QueryResult) -> str:
    """Id of the first actor of the page that follows those with the role asked for; empty where none does, or none has it."""
    first = found.ranked_first
    others = [actor for actor in rows.index if actor not in first]
    return str(others[0]) if first and others else ""


def _far(actor: Row, found: QueryResult) -> str:
    """How far it is from where the question starts; "" where that is not asked, or nobody knows."""
    if found.distance_km is None or found.origin is None:
        return ""
    return whereabouts.describe_distance(found.distance_km[actor["id"]], actor, found.origin, get_locale())


def _page(pages: int) -> int:
    """The page of the address, or the last one where the list has become shorter since."""
    asked = address.read_value("page", _PAGES, "1")
    return min(int(asked), pages)


def _behind(chosen: Filters) -> str:
    """What those have not that follow the ones with the role."""
    t = get_locale()
    return t("Sans « {role} » dans nos sources, mais proches de la question :").format(role=t(SITE_ROLE_LABELS[SiteRole(chosen.first)]))


def _list(rows: pd.DataFrame, found: QueryResult, chosen: Filters) -> None:
    """One page of the list: real buttons, that a keyboard and a screen reader walk."""
    keep = not chosen.is_typed()
    pages = max(1, math.ceil(len(rows) / PER_PAGE))
    page = _page(pages)
    shown = rows.iloc[(page - 1) * PER_PAGE : page * PER_PAGE]
    parted = _find_divider(shown, found) if chosen.first and read_sort(found) == "relevance" else ""
    with st.container(key="directory-list", gap=None):
        show_html(Markup("<h2 class='bc-unseen'>{}</h2>").format(get_locale()("Résultats")))
        with st.container(key="list-results", gap=None):
            for actor, name, line in cache.make_for_rows("lines", shown, lambda: _lines(shown, found), get_language(), keep=keep):
                with st.container(key=f"entry-{actor}", gap=None):
                    if actor == parted:
                        show_html(Markup("<p class='bc-parted'>{}</p>").format(_behind(chosen)))
                    st.button(name, key=f"open-{actor}", type="tertiary", on_click=actor_sheet.open_actor, args=(actor,))
                    show_html(line)
    accessibility.announce("listed", get_locale()("Page {n} sur {all} de la liste").format(n=page, all=pages))
    if pages > 1:
        key = f"{_PAGE}-{page}-{pages}"
        with st.container(key="directory-pages"):
            st.pagination(pages, default=page, key=key, max_visible_pages=5, on_change=_to_page, args=(key,))


def _vague(found: QueryResult) -> None:
    """What a distance cannot say: from a whole city, and of sites that may or may not be near enough."""
    t = get_locale()
    if found.origin and found.origin.is_area:
        st.caption(t("Aucune distance ne part d'une ville entière : voici tous ses sites. Choisissez un arrondissement pour une distance."))
    if found.unsure:
        said = labels.label_count(
            found.unsure, t("site de Paris, arrondissement inconnu,"), t("sites de Paris, arrondissement inconnu,"), get_language()
        )
        st.caption(t("{sites} peut-être aussi dans ce rayon : non compté dans la liste.").format(sites=said))
        st.button(t("Voir ceux d'arrondissement inconnu"), key="see-vague", type="tertiary", on_click=_see_vague)


def _see_vague() -> None:
    address.replace_params(["near", "km", "page"], {"precision": Precision.AREA.value})


def _answer(rows: pd.DataFrame, found: QueryResult, chosen: Filters, answers: RunAnswers | None) -> None:
    """The list; what answers besides actors; where nothing does, what is near."""
    if answers is None:
        return _list(rows, found, chosen)
    if rows.empty and answers.find_beyond(chosen).rows.empty:
        suggestions.show_suggestions(chosen, answers)
    elif rows.empty:
        st.info(get_locale()("Aucun acteur d'Île-de-France ne répond ; d'autres répondent ci-dessous."))
    else:
        _choose_sort(found)
        _list(rows, found, chosen)
    if chosen != Filters():
        beyond.show(chosen, answers)
    propose.show()
    return None


def _to_page(key: str) -> None:
    if address.has_widget(key):
        address.write("page", str(st.session_state[key]), "1")


def _write_place(name: str, count: int) -> str:
    """The place whose list is shown, for ears, or that it is the whole list."""
    t = get_locale()
    return f"{name} : {labels.label_count(count, 'site', 'sites', t.language)}" if name else t("Toute la liste")


def show(rows: pd.DataFrame, found: QueryResult, chosen: Filters, catalogue: Catalogue, answers: RunAnswers | None = None) -> None:
    """The map, and beside it the list or the sheet of an actor; `answers` has what else answers, None where rows are no answer."""
    asked = address.read_value("actor", cache.list_actor_ids())
    actor = catalogue.redirects.get(asked, asked)
    place = address.read_value("place", cache.list_place_ids())
    here = rows[rows["place_id"].eq(place)] if place in set(rows["place_id"]) else rows
    marked = str(catalogue.actors.at[actor, "place_id"]) if actor else place
    drawing, place_beside = room.open_room()
    with drawing:
        more = answers.find_beyond(chosen) if answers and rows.empty and not actor else None
        only_elsewhere = more is not None and directory_map.show_elsewhere(chosen, more)
        if not only_elsewhere:
            directory_map.show(rows, found, chosen, marked)
    with room.open_beside(place_beside, "directory-beside", border=False):
        name = whereabouts.name_place(list_rows(here.head(1))[0], get_locale()) if len(here) < len(rows) else ""
        accessibility.announce("place", _write_place(name, len(here)))
        if name and not actor:
            st.button(
                f"{escape_markdown(name)} ✕",
                key="leave-place",
                on_click=address.clear,
                args=(["place"],),
                help=get_locale()("Revenir à toute la liste"),
            )
        if actor:
            sheet.show(get_row(catalogue.actors, actor), catalogue)
        else:
            _vague(found)
            _answer(here, found, chosen, answers)
