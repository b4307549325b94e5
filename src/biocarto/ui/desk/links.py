"""What the rooms of the desk share: the tables by their titles, links from one room to another, the id of a click."""

from __future__ import annotations

from urllib.parse import urlencode
from uuid import uuid4

import streamlit as st
from markupsafe import Markup, escape

from biocarto.desk import description
from biocarto.desk.acts import Desk
from biocarto.ui.shared.language import build_language_params, get_language

_REQUEST = "desk_request_{}"


def list_titles(desk: Desk) -> dict[str, str]:
    """Table -> its title in the language of the page; raises StoreError, DataError."""
    with desk.store.read() as transaction:
        package = description.read_package(transaction)
    return {name: str(resource.about[f"title_{get_language()}"]) for name, resource in package.items()}


def render_row_link(room: str, table: str, row_id: str, label: str, *, aside: bool = False) -> Markup:
    """A link to the form or to the history of a row (`room` of the address), in the same tab, or `aside` in one of its own."""
    query = {"vue": room, "table": table, "ligne": row_id, **build_language_params()}
    target = Markup('target="_blank" rel="noopener"') if aside else Markup('target="_self"')
    return Markup('<a href="?{}" {}>{}</a>').format(urlencode(query), target, label)


def render_room_link(room: str, label: str, **more: str) -> Markup:
    """A link to another room of the desk; `more` is what else the address says there."""
    return Markup('<a href="?{}" target="_self">{}</a>').format(urlencode({"vue": room, **more, **build_language_params()}), label)


def render_list(items: list[Markup] | list[str]) -> Markup:
    """Sentences one below the other."""
    return Markup("<ul class='bc-acts'>{}</ul>").format(Markup().join(Markup("<li>{}</li>").format(escape(item)) for item in items))


def find_request(name: str) -> str:
    """The id that a click keeps each time it is sent, until `forget_request`."""
    return str(st.session_state.setdefault(_REQUEST.format(name), uuid4().hex))


def forget_request(name: str) -> None:
    """The next click is another one."""
    st.session_state.pop(_REQUEST.format(name), None)
