"""Searches beside the form of a row, where an operator has turned them on: what leaves is said, what comes back is only proposed.

What is taken goes into the form, which somebody still has to save with a page of their own.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial

import streamlit as st
from markupsafe import Markup

from biocarto.desk import address_lookup, communes, company_lookup
from biocarto.desk.address_lookup import ADDRESS_KIND_LABELS, FoundAddress
from biocarto.desk.communes import is_same_place
from biocarto.desk.company_lookup import CompanyAnswer, FoundEstablishment
from biocarto.desk.forms import COMMUNE, COMMUNE_CODE, POINT, Form, write_cell
from biocarto.desk.lookup_client import LONGEST_TEXT, name_host
from biocarto.errors import AppError
from biocarto.ui.desk import acts, fields, form_state
from biocarto.ui.desk.form_state import FormState
from biocarto.ui.desk.register_view import RegisterView
from biocarto.ui.shared import cache
from biocarto.ui.shared.language import get_locale
from biocarto.ui.shared.markup import show_html
from biocarto.ui.shared.proposal_form import name_visit

_ANSWER = "desk_lookup"
"""Key of the session: the last answer, until the next one; nothing is kept longer, nor for anybody else."""


@dataclass
class LookupAnswer:
    """What a search of a form has brought, or why it brought nothing; `key` is the panel's."""

    key: str
    addresses: list[FoundAddress] = field(default_factory=list)
    companies: CompanyAnswer | None = None
    error: AppError | None = None


def show(view: RegisterView, state: FormState, form: Form) -> None:
    """A panel for each service that is on and for which the form has a field; nothing at all else."""
    settings, t = cache.settings(), get_locale()
    if settings.ban and "address" in form.fields:
        start = _read(state, "address")
        find = partial(_find_addresses, settings.ban)
        answer = _show_panel(view, state, _Panel("ban", t("Chercher l'adresse dans la BAN"), start, settings.ban), find)
        if answer is not None:
            _show_addresses(view, state, form, answer.addresses)
    if settings.recherche_entreprises and "siret" in form.fields:
        start = _read(state, "siret") or _read(state, "organisation") or _read(state, "name")
        find = partial(_find_companies, settings.recherche_entreprises)
        panel = _Panel("company", t("Chercher le SIRET dans Recherche d'entreprises"), start, settings.recherche_entreprises)
        answer = _show_panel(view, state, panel, find)
        if answer is not None and answer.companies is not None:
            _show_companies(view, state, answer.companies)


def _find_addresses(base: str, answer: LookupAnswer, typed: str, commune: str) -> None:
    answer.addresses = address_lookup.find_addresses(base, typed, commune, name_visit())


def _find_companies(base: str, answer: LookupAnswer, typed: str, commune: str) -> None:
    answer.companies = company_lookup.find_companies(base, typed, commune, name_visit())


@dataclass(frozen=True)
class _Panel:
    """A search: its name in keys, its title, what its field starts with, the address that is asked."""

    name: str
    title: str
    start: str
    address: str


def _read(state: FormState, name: str) -> str:
    """What a field of the form holds, as far as the page knows it."""
    return write_cell(state.read(name)) if state.has(name) else state.find_start(name)


def _show_panel(view: RegisterView, state: FormState, panel: _Panel, find: Callable[[LookupAnswer, str, str], None]) -> LookupAnswer | None:
    """What is asked and what leaves with it; the answer of this panel, None where there is none."""
    t = get_locale()
    key = f"desk-lookup-{panel.name}-{state.what}-{state.version}"
    held = st.session_state.get(_ANSWER)
    answer = held if isinstance(held, LookupAnswer) and held.key == key else None
    commune = _find_commune(view, state)
    with st.expander(panel.title, expanded=answer is not None), st.form(f"{key}-form", border=False):
        st.text_input(t("À chercher"), panel.start, key=key, max_chars=LONGEST_TEXT)
        where = communes.label_commune(view.desk.territory, commune)
        fields.show_note(_tell_what_leaves(name_host(panel.address), where))
        st.form_submit_button(
            t("Chercher"), key=f"{key}-send", icon=":material/travel_explore:", on_click=_search, args=(key, commune, find)
        )
    if answer is not None and answer.error is not None:
        acts.show_refusal(answer.error)
        return None
    return answer


def _find_commune(view: RegisterView, state: FormState) -> str:
    """The commune that the form names; "" where it is not clear."""
    found = communes.find_communes(view.desk.territory, _read(state, COMMUNE), in_region=True) if state.has(COMMUNE) else ()
    return found[0] if len(found) == 1 else state.find_start(COMMUNE_CODE)


def _tell_what_leaves(host: str, where: str) -> str:
    t = get_locale()
    if not where:
        return t("Ce qui part vers {host} : ce texte, rien d'autre. N'y écrivez aucun nom de personne.").format(host=host)
    return t("Ce qui part vers {host} : ce texte et la commune, {where} ; rien d'autre. N'y écrivez aucun nom de personne.").format(
        host=host, where=where
    )


def _search(key: str, commune: str, find: Callable[[LookupAnswer, str, str], None]) -> None:
    """Callback of the button."""
    answer = LookupAnswer(key)
    try:
        find(answer, write_cell(st.session_state.get(key)), commune)
    except AppError as error:
        answer.error = error
    st.session_state[_ANSWER] = answer


def _take(what: str, cells: dict[str, str]) -> None:
    """Callback: a proposal goes into the form; nothing is stored."""
    state = form_state.find(what)
    if state is None:
        return
    for name, cell in cells.items():
        state.put(name, cell)
    st.session_state.pop(_ANSWER, None)


# --- what came back ------------------------------------------------------------------------------------------------------


def _show_addresses(view: RegisterView, state: FormState, form: Form, found: list[FoundAddress]) -> None:
    t, territory, commune = get_locale(), view.desk.territory, _find_commune(view, state)
    _show_today([_read(state, "address"), _read(state, "postcode"), communes.label_commune(territory, commune)])
    if not found:
        st.info(t("La base n'a pas cette adresse. Écrivez-la autrement, ou gardez la vôtre."))
    for number, one in enumerate(found):
        told = [t("score {score}").format(score=t.number(one.score, 2)), t(ADDRESS_KIND_LABELS[one.kind])]
        if commune and not is_same_place(commune, one.commune_code):
            told.append(t("dans une autre commune : {name}").format(name=communes.label_commune(territory, one.commune_code)))
        cells = _list_address_cells(view, form, one)
        _show_found(state, f"ban-{number}", one.label, told, cells)


def _list_address_cells(view: RegisterView, form: Form, found: FoundAddress) -> dict[str, str]:
    """What an address says of the fields that the form has; a point that is only the commune's says nothing."""
    cells = {"address": found.address, "postcode": found.postcode}
    if COMMUNE in form.fields:
        cells |= {COMMUNE_CODE: found.commune_code, COMMUNE: communes.write_commune(view.desk.territory, found.commune_code)}
    if found.is_street:
        cells |= dict(zip(POINT, (f"{found.latitude:.5f}", f"{found.longitude:.5f}"), strict=True))
    return {name: cell for name, cell in cells.items() if cell and (name in form.fields or name == COMMUNE_CODE)}


def _show_companies(view: RegisterView, state: FormState, answer: CompanyAnswer) -> None:
    t = get_locale()
    _show_today([_read(state, "siret") or _read(state, "siren"), _read(state, "name")])
    if not answer.found:
        st.info(t("Aucune entreprise de ce nom. Écrivez-le autrement, ou cherchez dans une autre commune."))
    for number, one in enumerate(answer.found):
        _show_found(
            state, f"company-{number}", f"{one.name}, {one.siret}", _tell_company(view, one), {"siren": one.siren, "siret": one.siret}
        )
    if answer.hidden:
        fields.show_note(
            t.write_count(
                answer.hidden,
                "{n} résultat n'est pas montré : personne physique ou diffusion partielle.",
                "{n} résultats ne sont pas montrés : personnes physiques ou diffusion partielle.",
            )
        )
    if answer.is_saturated:
        fields.show_note(t("Le service en connaît plus de 10 000 : écrivez un nom plus précis."))


def _tell_company(view: RegisterView, found: FoundEstablishment) -> list[str]:
    """Score, state, creation, seat, address."""
    t = get_locale()
    state = {True: t("ouvert"), False: t("fermé"), None: ""}[found.is_open]
    created = t("créé le {day}").format(day=t.day(found.created)) if found.created else ""
    where = found.address or communes.label_commune(view.desk.territory, found.commune_code)
    told = (t("score {score}").format(score=t.number(found.score, 2)), state, created, t("siège") if found.is_seat else "", where)
    return [word for word in told if word]


def _show_today(cells: list[str]) -> None:
    """The person's value, beside which everything else is read."""
    told = ", ".join(cell for cell in cells if cell) or get_locale()("rien")
    fields.show_note(get_locale()("Dans le formulaire : {value}").format(value=told))


def _show_found(state: FormState, name: str, label: str, told: list[str], cells: dict[str, str]) -> None:
    t = get_locale()
    with st.container(horizontal=True, vertical_alignment="center", key=f"desk-found-{name}"):
        show_html(Markup("<p class='bc-row-facts'><strong>{}</strong> · {}</p>").format(label, " · ".join(told)))
        st.button(
            t("Prendre dans le formulaire"),
            key=f"desk-take-{name}-{state.what}",
            icon=":material/south_west:",
            disabled=not cells,
            on_click=_take,
            args=(state.what, cells),
        )
