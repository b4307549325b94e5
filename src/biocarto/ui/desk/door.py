"""The door of the desk: closed, to be signed in at, closed to who was not invited, or open to a member."""

from __future__ import annotations

from functools import partial

import streamlit as st

from biocarto.addresses import OUTCOME, SignInOutcome
from biocarto.desk.identity import Identity, recognise
from biocarto.desk.mail import LONGEST_NAME
from biocarto.desk.members import VISITOR, Member, is_laptop_editor
from biocarto.desk.rights import ROLE_LABELS
from biocarto.desk.team import choose_name
from biocarto.errors import AppError, SettingError
from biocarto.model import N_
from biocarto.ui.desk import acts
from biocarto.ui.shared import address, identity, sign_in
from biocarto.ui.shared.language import get_locale
from biocarto.ui.shared.messages import escape_markdown
from biocarto.ui.shared.sign_in import DEFAULT_PROVIDER, SignInSettings

OUTCOMES = {
    SignInOutcome.REFUSED: N_(
        "Le fournisseur d'identité n'a pas accepté la connexion, ou vous y avez renoncé. Rien n'a été modifié. Vous pouvez réessayer."
    ),
    SignInOutcome.FAILED: N_(
        "La connexion n'a pas abouti : délai dépassé, page rouverte par « précédent », fournisseur qui ne répond plus ou horloge du "
        "serveur déréglée. Rien n'a été modifié. Réessayez ; si cela revient, dites-le à l'exploitant, dont le journal en dit plus."
    ),
}
_NAMES = {"proconnect": "ProConnect", "keycloak": "Keycloak", "google": "Google", "microsoft": "Microsoft"}


def show() -> Member | None:
    """Say who is there; the member where there is one."""
    if editor := identity.find_laptop_editor():
        _show_bar(editor)
        return editor
    try:
        settings = sign_in.read_sign_in()
    except SettingError as error:
        _show_closed()
        acts.show_refusal(error)
        return None
    if settings is None:
        _show_closed()
        return None
    account = identity.read_account(settings)
    if account is None:
        _show_sign_in(settings)
        return None
    address.clear([OUTCOME])
    return _let_in(account)


def _let_in(account: Identity) -> Member | None:
    """The member of an account; who is none reads why, and can leave by another account."""
    try:
        member = recognise(identity.open_desk_store(), account)
    except AppError as error:
        acts.show_refusal(error)
        _show_sign_out()
        return None
    if member is VISITOR:
        _show_not_invited(account)
        return None
    _show_bar(member)
    return member


def _show_closed() -> None:
    t = get_locale()
    st.info(
        t(
            "L'atelier est fermé sur ce serveur. Toutes les autres pages répondent. Un exploitant l'ouvre en nommant un fournisseur "
            "d'identité ou, sur un poste isolé, par le réglage BIOCARTO_DESK_EDITOR : docs/atelier.md dit comment."
        ),
        icon=":material/lock:",
    )


def _show_sign_in(settings: SignInSettings) -> None:
    t = get_locale()
    if outcome := address.read_value(OUTCOME, set(SignInOutcome)):
        st.warning(t(OUTCOMES[SignInOutcome(outcome)]), icon=":material/error:")
    st.markdown(t("L'atelier est ouvert aux membres invités. Connectez-vous par le compte de l'adresse à laquelle vous l'avez été."))
    with st.container(horizontal=True, key="desk-sign-in"):
        for name in settings.providers:
            if st.button(_label_provider(name), key=f"desk-sign-in-{name}", type="primary", icon=":material/login:"):
                st.login(name)


def _label_provider(name: str) -> str:
    t = get_locale()
    if name == DEFAULT_PROVIDER:
        return t("Se connecter")
    return t("Se connecter par {name}").format(name=escape_markdown(_NAMES.get(name, name)))


def _show_not_invited(account: Identity) -> None:
    t = get_locale()
    st.info(
        t(
            "Vous êtes connecté sous l'adresse {mail}, qui n'est pas invitée à l'atelier. Rien de vous n'est gardé. Demandez une "
            "invitation à un administrateur, ou connectez-vous par un autre compte."
        ).format(mail=escape_markdown(account.mail)),
        icon=":material/person_off:",
    )
    _show_sign_out()


def _show_sign_out() -> None:
    if st.button(get_locale()("Se déconnecter"), key="desk-sign-out", icon=":material/logout:"):
        st.logout()


def _show_bar(member: Member) -> None:
    """Who acts, with which role, and the way out."""
    t = get_locale()
    name = escape_markdown(member.name or t("Sans nom public"))
    if is_laptop_editor(member.id):
        st.markdown(t("Poste isolé, sans connexion : tout est écrit sous le nom **{name}**.").format(name=name))
    else:
        with st.container(horizontal=True, vertical_alignment="center", key="desk-bar"):
            st.markdown(f"**{name}** · {t(ROLE_LABELS[member.role])}", width="content")
            with st.popover(t("Nom public"), icon=":material/badge:"):
                _show_name_form(member)
            _show_sign_out()
    acts.show_done()


def _show_name_form(member: Member) -> None:
    t = get_locale()
    with st.form("desk-name"):
        words = t("Le nom sous lequel l'historique public dit ce que vous avez fait ; vide, vous y êtes « un membre de l'atelier ».")
        given = st.text_input(t("Nom public"), member.name, max_chars=LONGEST_NAME, help=words)
        sent = st.form_submit_button(t("Enregistrer ce nom"))
    if sent:
        acts.run_act(partial(choose_name, identity.open_desk_store(), member, given), t("Votre nom public est enregistré."))
