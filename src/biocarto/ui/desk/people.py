"""The team: who is a member, invitations, roles. For administrators."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import streamlit as st
from markupsafe import Markup

from biocarto.desk.mail import LONGEST_MAIL, LONGEST_NAME
from biocarto.desk.members import Member
from biocarto.desk.rights import ROLE_LABELS, Role
from biocarto.desk.team import MEMBER_ROLES, ListedMember, change_role, invite, list_members, remove
from biocarto.errors import AppError
from biocarto.store.database import Store
from biocarto.ui.desk import acts
from biocarto.ui.shared.identity import open_desk_store
from biocarto.ui.shared.language import get_locale
from biocarto.ui.shared.markup import show_html
from biocarto.ui.shared.messages import strip_invisible

_TURN = "desk_team_turn"


def show(member: Member) -> None:
    """Everybody, and one form for each act."""
    t, store = get_locale(), open_desk_store()
    try:
        members = list_members(store, member)
    except AppError as error:
        acts.show_refusal(error)
        return
    st.header(t("L'équipe"), anchor=False)
    _show_list(members)
    turn = st.session_state.setdefault(_TURN, 0)
    inviting, changing = st.columns(2, gap="medium")
    with inviting:
        _show_invitation(store, member, turn)
    with changing:
        if members:
            _show_roles(store, member, members, turn)
            _show_removal(store, member, members, turn)


def _show_list(members: list[ListedMember]) -> None:
    t = get_locale()
    if not members:
        st.markdown(t("Personne n'est encore invité."))
        return
    heads = (t("Nom public"), t("Adresse de messagerie"), t("Rôle"), t("Dernière connexion"))
    rows = Markup().join(
        Markup("<tr><th scope='row'>{}</th><td>{}</td><td>{}</td><td>{}</td></tr>").format(
            found.name or "–", found.mail, t(ROLE_LABELS[found.role]), t.day(found.seen_at[:10]) if found.seen_at else t("jamais")
        )
        for found in members
    )
    columns = Markup().join(Markup("<th scope='col'>{}</th>").format(head) for head in heads)
    table = Markup("<table class='bc-table'><thead><tr>{}</tr></thead><tbody>{}</tbody></table>").format(columns, rows)
    around = Markup("<div class='bc-scroll' tabindex='0' role='region' aria-label='{}'>{}</div>")
    show_html(around.format(t("Membres de l'atelier"), table))


def _show_invitation(store: Store, member: Member, turn: int) -> None:
    t = get_locale()
    st.subheader(t("Inviter"), anchor=False)
    with st.form(f"desk-invite-{turn}"):
        mail = st.text_input(t("Adresse de messagerie"), max_chars=LONGEST_MAIL)
        name = st.text_input(t("Nom public (facultatif)"), max_chars=LONGEST_NAME, help=t("Chacun peut changer le sien."))
        role = _choose_role(turn, "invite", Role.EDITOR)
        st.caption(t("Aucun message n'est envoyé : dites à la personne d'ouvrir cette page et de s'y connecter par cette adresse."))
        sent = st.form_submit_button(t("Inviter"), type="primary", icon=":material/person_add:")
    if sent:
        done = t("{mail} peut maintenant se connecter.").format(mail=strip_invisible(mail.strip()))
        acts.run_act(partial(_take_turn, partial(invite, store, member, mail, name, role)), done)


def _show_roles(store: Store, member: Member, members: list[ListedMember], turn: int) -> None:
    t = get_locale()
    st.subheader(t("Changer un rôle"), anchor=False)
    with st.form(f"desk-role-{turn}"):
        chosen = _choose_member(members, turn, "role")
        role = _choose_role(turn, "role", Role.EDITOR)
        sent = st.form_submit_button(t("Donner ce rôle"), icon=":material/badge:")
    if sent:
        done = t("{mail} a maintenant le rôle : {role}.").format(mail=chosen.mail, role=t(ROLE_LABELS[role]))
        acts.run_act(partial(_take_turn, partial(change_role, store, member, chosen.id, role)), done)


def _show_removal(store: Store, member: Member, members: list[ListedMember], turn: int) -> None:
    t = get_locale()
    st.subheader(t("Retirer un membre"), anchor=False)
    with st.form(f"desk-remove-{turn}"):
        chosen = _choose_member(members, turn, "remove")
        sure = st.checkbox(t("Son adresse et son compte sont effacés ; ce qu'il a écrit reste."), key=f"desk-remove-sure-{turn}")
        sent = st.form_submit_button(t("Retirer ce membre"), icon=":material/person_remove:")
    if sent and not sure:
        st.warning(t("Cochez la case pour confirmer. Rien n'a été modifié."), icon=":material/check_box_outline_blank:")
    elif sent:
        done = t("{mail} n'est plus membre de l'atelier.").format(mail=chosen.mail)
        acts.run_act(partial(_take_turn, partial(remove, store, member, chosen.id)), done)


def _choose_member(members: list[ListedMember], turn: int, form: str) -> ListedMember:
    """By the address: a name may stand twice."""
    known = {member.id: member for member in members}
    chosen = st.selectbox(get_locale()("Membre"), list(known), key=f"desk-{form}-who-{turn}", format_func=lambda id_: known[id_].mail)
    return known[chosen]


def _choose_role(turn: int, form: str, usual: Role) -> Role:
    t = get_locale()
    at = MEMBER_ROLES.index(usual)
    role: Role = st.selectbox(t("Rôle"), MEMBER_ROLES, at, key=f"desk-{form}-as-{turn}", format_func=lambda one: t(ROLE_LABELS[one]))
    return role


def _take_turn(act: Callable[[], object]) -> None:
    """Do it; the forms are new afterwards, and as they were where it was refused."""
    act()
    st.session_state[_TURN] += 1
