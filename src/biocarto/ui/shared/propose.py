"""« Proposer un acteur »: what the register does not have yet, where there is a desk that reads it."""

from __future__ import annotations

import streamlit as st

from biocarto.desk import proposals
from biocarto.desk.proposal_texts import LONGEST_CELL, LONGEST_CONTACT, LONGEST_LINK
from biocarto.model import N_
from biocarto.ui.shared import cache
from biocarto.ui.shared import proposal_form as forms
from biocarto.ui.shared.language import get_locale
from biocarto.ui.shared.proposal_form import ProposalForm

TITLE = N_("Proposer un acteur")
CELLS = {"name": "name", "activity": "activity_{lang}", "commune": "commune", "website": "website"}
"""Field of the form -> column of actors."""
FORM = ProposalForm("propose", (*CELLS, "contact"))


def show() -> None:
    """A button that opens the form; nothing where nobody would read it."""
    if forms.find_desk() is None:
        return
    box = st.popover(get_locale()(TITLE), icon=":material/add_business:", key="open-propose", on_change="rerun")
    if box.open:
        with box:
            _show_form()


@st.fragment
def _show_form() -> None:
    t = get_locale()
    forms.show_text_field(FORM, "name", forms.mark_required(t("Son nom")), LONGEST_CELL)
    activity = forms.mark_required(t("Ce qu'il fait"))
    st.text_area(activity, key=FORM.name_key("activity"), max_chars=LONGEST_CELL, height=80, persist_state="page")
    forms.show_text_field(FORM, "commune", t("Sa commune"), LONGEST_CELL)
    forms.show_text_field(FORM, "website", t("Sa page web"), LONGEST_LINK, purpose="url")
    forms.show_text_field(FORM, "contact", t("Votre adresse (e-mail ou téléphone)"), LONGEST_CONTACT, purpose="email")
    forms.show_who_sends()
    st.button(t("Envoyer"), key="propose-send", type="primary", icon=":material/send:", on_click=send, args=(FORM,))
    FORM.show_result(t(forms.WHAT_FOLLOWS))


def send(form: ProposalForm) -> None:
    """Store the actor that a form holds."""
    lang, actors = get_locale().language, cache.load_schema()["actors"]
    cells = forms.drop_empty((column.format(lang=lang), form.read(field)) for field, column in CELLS.items())
    form.send(cells, lambda store, who, draft: proposals.propose_actor(store, who, actors, draft))
