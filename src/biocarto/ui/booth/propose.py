"""At the stand: an actor that is missing, or an error on a sheet; one field at a time, with the keys of the screen."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import streamlit as st
from markupsafe import Markup

from biocarto.booth.shortlist import Shortlist
from biocarto.desk import proposals
from biocarto.desk.proposal_texts import LONGEST_CELL
from biocarto.model import N_
from biocarto.register.catalogue import Catalogue
from biocarto.ui.booth import frame, keyboard, state
from biocarto.ui.shared import address, cache
from biocarto.ui.shared import proposal_form as forms
from biocarto.ui.shared import propose as shared
from biocarto.ui.shared.language import get_locale
from biocarto.ui.shared.markup import show_html
from biocarto.ui.shared.proposal_form import ProposalForm

NEW = {
    "name": N_("Son nom"),
    "activity": N_("Ce qu'il fait"),
    "commune": N_("Sa commune"),
    "website": N_("Sa page web"),
    "contact": N_("Votre contact"),
}
ERROR = {"message": N_("Ce qui est faux"), "source_url": N_("La page qui le montre"), "contact": N_("Votre contact")}
"""Field -> what its tile says."""
_REQUIRED = frozenset({"name", "activity"})
_WEB = frozenset({"website", "source_url", "contact"})


def show_new_button() -> None:
    """To the form of an actor; nothing where nobody would read it."""
    if forms.find_desk() is not None:
        st.button(
            get_locale()(shared.TITLE), key="booth-propose", icon=":material/add_business:", on_click=state.navigate, args=("propose",)
        )


def show_report_button(table: str, key: str) -> None:
    """From a sheet to the form of its errors; nothing where nobody would read it."""
    if forms.find_desk() is not None:
        label = get_locale()(state.SCREENS["report"])
        st.button(label, key="booth-report", icon=":material/flag:", on_click=state.open_report, args=(f"{table}.{key}",))


def show_new(catalogue: Catalogue, kept: Shortlist) -> None:  # noqa: ARG001 - a room like the others
    """The form of an actor that the register does not have."""
    form = ProposalForm(f"{state.PROPOSE_FORM}{state.name_visit()}", tuple(NEW), is_anonymous=True)
    _show_room(form, NEW, get_locale()("Qui manque ici ?"), lambda: shared.send(form))


def show_report(catalogue: Catalogue, kept: Shortlist) -> None:  # noqa: ARG001 - a room like the others
    """The form of an error on the sheet of the address."""
    names = cache.make_once("booth reports", lambda: _name_rows(catalogue), get_locale().language)
    about = address.read_value("about", names)
    if not about:
        frame.show_heading(get_locale()("Ouvrez d'abord une fiche"), get_locale()("Son bouton « Signaler une erreur » mène ici."))
        return
    table, _, key = about.partition(".")
    form = ProposalForm(f"{state.REPORT_FORM}{state.name_visit()}-{about}", tuple(ERROR), is_anonymous=True)
    _show_room(form, ERROR, names[about], lambda: _send_report(form, table, key))


def _name_rows(catalogue: Catalogue) -> dict[str, str]:
    """What may be reported: value of the address -> its name."""
    t = get_locale()
    named = {"actors": catalogue.actors, "clusters": catalogue.clusters, "networks": catalogue.networks}
    titled = {"tour_stages": catalogue.stages, "events": catalogue.events}
    column = f"title_{t.language}"
    names = {f"{table}.{key}": str(name) for table, rows in named.items() for key, name in zip(rows["id"], rows["name"], strict=True)}
    return names | {
        f"{table}.{key}": str(name) for table, rows in titled.items() for key, name in zip(rows["id"], rows[column], strict=True)
    }


def _show_room(form: ProposalForm, ways: Mapping[str, str], title: str, send: Callable[[], None]) -> None:
    """Where to write, with the keys; beside it what is written; below what sends it."""
    t = get_locale()
    if forms.find_desk() is None:
        frame.show_heading(t("Ce stand ne reçoit pas de propositions"), t("Dites-le à l'équipe du stand."))
        return
    form.keep()
    with st.container(key="booth-room-need"):
        with st.container(key="booth-need-what"):
            frame.show_heading(title)
            _show_field(form, ways, frame.show_mode_switch(ways))
        with st.container(key="booth-need-who"):
            frame.show_heading(t("Votre proposition"), t(forms.WHAT_FOLLOWS))
            _show_written(form, ways)
    with st.container(horizontal=True, vertical_alignment="center", key="booth-need-foot"):
        st.button(t("Envoyer"), key="booth-send", type="primary", icon=":material/send:", on_click=send)
        form.show_result()


def _show_field(form: ProposalForm, ways: Mapping[str, str], field: str) -> None:
    """The text area is the one that the keys know; each field has a key of its own in it."""
    t = get_locale()
    label = t(ways[field])
    with st.container(key="booth-need-text"):
        st.text_area(
            forms.mark_required(label) if field in _REQUIRED else label, key=form.name_key(field), max_chars=LONGEST_CELL, height=100
        )
    if field == "contact":
        show_html(Markup("<p class='bc-note'>{}</p>").format(t(forms.ABOUT_CONTACT)))
    keyboard.show_keys_into("booth-need-text", LONGEST_CELL, is_web=field in _WEB)


def _show_written(form: ProposalForm, ways: Mapping[str, str]) -> None:
    """All that will be sent, so that nothing is sent unseen."""
    t = get_locale()
    for field, label in ways.items():
        if text := form.read(field):
            show_html(Markup("<p class='bc-also'>{}{}{}</p>").format(t(label), t.colon, text))


def _send_report(form: ProposalForm, table: str, key: str) -> None:
    resource = cache.load_schema()[table]
    form.send({}, lambda store, who, draft: proposals.propose_correction(store, who, resource, key, draft))
