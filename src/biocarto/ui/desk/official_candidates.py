"""Candidates: who official files know in the region and the register lacks; seen here alone until a person says what they do."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import streamlit as st

from biocarto.desk.acts import Desk, Intent
from biocarto.desk.members import Member
from biocarto.desk.official.candidates import refuse_candidates
from biocarto.desk.official.files import DATASETS, OfficialKind
from biocarto.desk.official.newcomers import Newcomer, list_newcomers
from biocarto.desk.official.register_look import RegisterLook
from biocarto.desk.rules import LONGEST_WHY
from biocarto.errors import AppError
from biocarto.model import N_
from biocarto.ui.desk import acts, candidate_prefill, fields, links, official_cache, official_list
from biocarto.ui.desk.official_words import tell_establishment
from biocarto.ui.shared import address, filter_bar
from biocarto.ui.shared.language import get_locale
from biocarto.ui.shared.messages import escape_markdown

SOURCE = "source"
"""Which file they are of, in the address."""
SOURCES = {
    "sirene": (N_("Établissements"), OfficialKind.ESTABLISHMENTS),
    "rnsr": (N_("Unités de recherche"), OfficialKind.STRUCTURES),
    "laureats": (N_("Lauréats"), OfficialKind.I_NOV),
}
_TOLD, _ERROR, _REASON = "official-candidates-told", "official-candidates-error", "official-not-ours"


def show(desk: Desk, member: Member, look: RegisterLook) -> None:
    """Those of one source, fifty at a time."""
    t = get_locale()
    labels = {key: t(label) for key, (label, _) in SOURCES.items()}
    filter_bar.choose_one(SOURCE, labels, "sirene", t("D'où viennent les candidats"), resets=(official_list.PAGE,))
    kind = SOURCES[address.read_value(SOURCE, labels, "sirene")][1]
    fields.show_note(
        t(
            "Un code d'activité ou un prix n'est pas une preuve de biothérapie : personne ne les voit, sauf ici, tant que quelqu'un n'a "
            "pas dit ce qu'ils font, d'après une page. Ni personne physique, ni établissement masqué."
        )
    )
    if told := st.session_state.pop(_TOLD, ""):
        st.success(escape_markdown(told), icon=":material/check:")
    if (error := st.session_state.pop(_ERROR, None)) is not None:
        acts.show_refusal(error)
    found = official_cache.keep_list(desk, look, f"newcomers-{kind.value}", lambda: list_newcomers(look, kind))
    if not found:
        _say_none(look, kind)
        return
    fields.show_note(t.write_count(len(found), "{n} candidat", "{n} candidats"))
    official_list.show_pages(f"candidates-{kind.value}", found, partial(_show_page, desk, member))


def _say_none(look: RegisterLook, kind: OfficialKind) -> None:
    t = get_locale()
    needed = (kind, OfficialKind.LEGAL_UNITS) if kind is OfficialKind.ESTABLISHMENTS else (kind,)
    missing = [DATASETS[one].name for one in needed if look.folder.find(one) is None]
    if missing:
        st.info(t("Il manque au dossier : {names}.").format(names=", ".join(missing)))
    else:
        st.info(t("Aucun candidat : tous sont dans le registre, ou décidés."), icon=":material/check:")


def _show_page(desk: Desk, member: Member, shown: Sequence[Newcomer]) -> None:
    """Each with the way to its form, and beneath, those that are not ours, with a reason."""
    t = get_locale()
    st.text_input(t("Pourquoi ils ne sont pas du domaine"), key=_REASON, max_chars=LONGEST_WHY // 2)
    for one in shown:
        with st.container(horizontal=True, vertical_alignment="center", key=f"official-candidate-{one.subject}", gap="small"):
            st.markdown(f"**{escape_markdown(one.name)}**  \n:small[{escape_markdown(tell_establishment(one.told, t))}]")
            st.button(
                t("Dire ce qu'il fait"),
                key=f"official-take-{one.subject}",
                icon=":material/add:",
                on_click=candidate_prefill.open_form,
                args=(one,),
            )
            st.button(
                t("Pas du domaine"),
                key=f"official-drop-{one.subject}",
                icon=":material/block:",
                on_click=_refuse,
                args=(desk, member, one),
            )


def _refuse(desk: Desk, member: Member, one: Newcomer) -> None:
    """Callback: it is not shown again."""
    name, reason = f"candidate-{one.subject}", str(st.session_state.get(_REASON, ""))
    try:
        refuse_candidates(desk, Intent(member, reason, links.find_request(name)), [one.subject])
    except AppError as error:
        st.session_state[_ERROR] = error
        return
    links.forget_request(name)
    st.session_state[_TOLD] = get_locale()("{name} ne sera plus proposé.").format(name=one.name)
