"""The end of an import: the reason, one act for all of it, and what comes after: taking it back, reading it, publishing it."""

from __future__ import annotations

import streamlit as st
from markupsafe import Markup

from biocarto.desk.acts import Desk, Intent
from biocarto.desk.intake import applying
from biocarto.desk.intake.staging import Explanation
from biocarto.desk.members import Member
from biocarto.desk.rights import Right, may
from biocarto.desk.rules import LONGEST_WHY
from biocarto.errors import AppError
from biocarto.i18n import Locale
from biocarto.ui.desk import acts, import_session, links, outcomes
from biocarto.ui.shared.language import get_locale
from biocarto.ui.shared.markup import show_html

_APPLIED = "import_applied"
_SHARE = 2
"""The name of the file and its hash take the rest of a reason's length."""


def show(desk: Desk, who: Member, explained: Explanation) -> None:
    """What would be written, in one sentence, and the button; what stands in the way is said instead."""
    t = get_locale()
    st.subheader(t("Appliquer"), anchor=False)
    if not explained.new and not explained.changed:
        st.info(t("Il n'y a rien à écrire : le registre dit déjà tout cela, ou il reste à décider et à corriger."), icon=":material/info:")
        return
    if explained.needs_page:
        st.warning(_tell_missing_page(explained, t), icon=":material/link:")
    with st.form("import-apply", enter_to_submit=False):
        st.markdown(_tell_sum(explained, t("Un seul acte : {what}."), t))
        why = st.text_input(t("Raison *"), key="import-why", max_chars=LONGEST_WHY // _SHARE, placeholder=t("la liste du pôle de novembre"))
        sent = st.form_submit_button(t("Appliquer l'import"), type="primary", icon=":material/check:", disabled=bool(explained.needs_page))
    if sent:
        _apply(desk, Intent(who, why, links.find_request(_name_request(explained))), explained, t)


def _name_request(explained: Explanation) -> str:
    """Every act ends it, also one whose run was cut off by a click: it must not stand for the next file."""
    return f"import-{explained.upto}"


def _tell_sum(explained: Explanation, lead: str, t: Locale) -> str:
    """What is written, behind its lead, and what is not."""
    rows = len({cell.row_id for cell in explained.changed})
    told = [
        t.write_count(len(explained.new), "{n} ligne nouvelle", "{n} lignes nouvelles") if explained.new else "",
        t.write_count(rows, "{n} ligne modifiée", "{n} lignes modifiées") if rows else "",
    ]
    refused, doubtful = len({cell.line for cell in explained.refused}), len({one.line for one in explained.doubtful})
    left = [
        t.write_count(refused, "{n} refusée", "{n} refusées") if refused else "",
        t("{n} à décider").format(n=t.number(doubtful)) if doubtful else "",
    ]
    sentence = lead.format(what=", ".join(filter(None, told)))
    if not any(left):
        return sentence
    return sentence + " " + t("Restent de côté : {what}.").format(what=", ".join(filter(None, left)))


def _tell_missing_page(explained: Explanation, t: Locale) -> str:
    return t.write_count(
        len(explained.needs_page),
        "{n} ligne ne dit pas sur quelle page elle repose. Donnez-la sous « Ce qui vaut pour toutes les lignes » : son adresse, son titre, "
        "son année.",
        "{n} lignes ne disent pas sur quelle page elles reposent. Donnez-la sous « Ce qui vaut pour toutes les lignes » : son adresse, son "
        "titre, son année.",
    )


def _apply(desk: Desk, intent: Intent, explained: Explanation, t: Locale) -> None:
    """Do it; where it is refused, the file and all answers stay."""
    try:
        made = applying.apply_import(desk, intent, explained)
    except AppError as error:
        acts.show_refusal(error)
        return
    links.forget_request(_name_request(explained))
    if made is None:
        st.info(t("Rien n'a changé : rien n'est enregistré."), icon=":material/info:")
        return
    outcomes.remember(made, _tell_sum(explained, t("Import appliqué en un acte : {what}."), t), explained.resource, "")
    st.session_state[_APPLIED] = made.number
    import_session.end()
    st.rerun()


def show_next_step(who: Member) -> None:
    """After an import, until the next one or its undo: readers see it once it is published."""
    if not outcomes.is_told(st.session_state.get(_APPLIED)):
        st.session_state.pop(_APPLIED, None)
        return
    t = get_locale()
    if may(who.role, Right.PUBLISH):
        way = links.render_room_link("publier", t("Voir ce qui changera pour les lecteurs, et publier"))
    else:
        way = Markup("{}").format(t("Un administrateur le publie ; d'ici là, les lecteurs ne le voient pas."))
    show_html(Markup("<p>{}</p>").format(way))
