"""Who sits at this session: the laptop's editor, the member of the account that has signed in, or nobody that the desk knows.

The cookie of an account lives for thirty days: who it is to the desk is asked of the store in every run and at every write.
"""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from biocarto.desk.desk_error import DeskError
from biocarto.desk.identity import Identity, recognise
from biocarto.desk.members import VISITOR, Member, name_laptop_editor
from biocarto.errors import SettingError
from biocarto.store.database import Store, open_store
from biocarto.ui.shared import cache, sign_in
from biocarto.ui.shared.sign_in import SignInSettings


def is_desk_open() -> bool:
    """Whether somebody can work at the desk here: on a laptop with a named editor, or where there is a sign-in."""
    return bool(cache.settings().desk_editor) or sign_in.can_sign_in()


def open_desk_store() -> Store:
    """The store that the settings name; nothing is opened yet."""
    return open_store(cache.settings().store)


def find_laptop_editor() -> Member | None:
    """The named editor of a machine that nobody else reaches: an administrator, or nothing could be published there."""
    settings = cache.settings()
    if not settings.desk_editor or settings.public_url:
        return None
    return name_laptop_editor(settings.desk_editor)


def read_account(settings: SignInSettings) -> Identity | None:
    """The account that has signed in, by the claims that count; None for nobody, and for one of a provider that is gone."""
    claims = st.user.to_dict()
    if claims.get("is_logged_in") is not True or claims.get("provider") not in settings.providers:
        return None
    issuer, subject, mail, name = (_read_text(claims, key) for key in ("iss", "sub", "email", "name"))
    return Identity(issuer, subject, mail, _is_confirmed(claims, issuer in settings.trusted_issuers), name)


def find_account() -> Identity | None:
    """The account that has signed in, where accounts count: not beside a laptop's editor, nor where the sign-in is set up wrongly."""
    try:
        settings = None if cache.settings().desk_editor else sign_in.read_sign_in()
    except SettingError:
        return None
    return read_account(settings) if settings else None


def find_proposer() -> Member:
    """The member that has signed in; whoever else is there proposes as a visitor, as without an account. Raises StoreError."""
    account = find_account()
    try:
        return recognise(open_desk_store(), account) if account else VISITOR
    except DeskError:  # an address that nobody has confirmed: no member, but no less than a visitor
        return VISITOR


def _read_text(claims: Mapping[str, object], key: str) -> str:
    value = claims.get(key)
    return value if isinstance(value, str) else ""


def _is_confirmed(claims: Mapping[str, object], trusted: bool) -> bool:
    """What the provider says of the address; where it says nothing, whether the operator trusts it. A clear no is a no."""
    said = claims.get("email_verified")
    return trusted if said is None else said is True or said == "true"
