"""What the page of networks shows, as its address says it: a sheet, the networks on the map, and the links that lead there."""

from __future__ import annotations

from collections.abc import Iterable

import streamlit as st

from biocarto.analysis.networks import organisations as organisation_lists
from biocarto.register import vocabulary
from biocarto.register.catalogue import Catalogue
from biocarto.ui.shared import accessibility, address, cache, organisations
from biocarto.ui.shared.language import build_link_params, get_locale
from biocarto.ui.shared.messages import escape_markdown
from biocarto.ui.shared.organisations import OpenSheet

_SCALE, _DRAWN, _SEARCH = "networks_scale", "networks_drawn", "networks_search"


def show_link(label: str, kind: str, key: str, more: str = "", *, where: str) -> None:
    """Open a sheet of this page; `more` stands after the name, `where` parts the links to one sheet from each other.

    A button, because a link of Streamlit to its own page changes what is shown and leaves the address as it was.
    """
    show_markdown_link(organisations.label(label, more), kind, key, where=where)


def show_markdown_link(label: str, kind: str, key: str, *, where: str) -> None:
    """The same, with a label that is Markdown already."""
    st.button(label, key=f"go:{where}:{kind}={key}", type="tertiary", on_click=_open, args=(kind, key))


def _open(kind: str, key: str) -> None:
    address.replace_params(organisations.STATE, {kind: key})


def show_organisation_link(catalogue: Catalogue, key: str, more: str = "", *, where: str) -> None:
    """Open the sheet of a body or of a member, on this page."""
    name, kind = organisations.list_names(catalogue)[key]
    show_link(name, kind, key, more, where=where)


def describe_link(catalogue: Catalogue, key: str, more: str) -> tuple[str, str, str]:
    """Label, kind and key of such a link: what `written` takes."""
    name, kind = organisations.list_names(catalogue)[key]
    return organisations.label(name, more), kind, key


def build_href(kind: str, key: str) -> str:
    """The address of a sheet for a link inside a table; keys of our tables need no quoting."""
    return "?" + "&".join(f"{name}={value}" for name, value in build_link_params(kind, key).items())


def close() -> None:
    """Leave the sheet."""
    address.replace_params(organisations.STATE, {})


def _to_scale() -> None:
    if address.has_widget(_SCALE):
        level = st.session_state[_SCALE]
        address.replace_params(organisations.STATE, {"scale": "" if level == "european" else level})


def _to_organisation() -> None:
    key = st.session_state.get(_SEARCH)
    if key:
        _open(str(organisations.load_graph(cache.load_catalogue()).nodes.at[key, "table"]) or "member", key)


def show_bar(catalogue: Catalogue, shown: OpenSheet, level: str, here: Iterable[str]) -> None:
    """One row above the map: the scale, the networks on the map, and a box that finds anyone by name."""
    t = get_locale()
    with st.container(horizontal=True, vertical_alignment="center", key="networks-bar"):
        st.session_state[_SCALE] = level
        st.segmented_control(
            t("Échelle"),
            organisation_lists.SCALES,
            key=_SCALE,
            format_func=lambda scale: t(vocabulary.BODY_SCALES[scale]),
            required=True,
            on_change=_to_scale,
            label_visibility="collapsed",
        )
        _choice(catalogue, list(here))
        accessibility.announce("count", t("Réseaux sur la carte : {n}").format(n=len(list(here))))
        _search(catalogue, shown)


def _choice(catalogue: Catalogue, here: list[str]) -> None:
    t = get_locale()
    known = cache.make_once(
        "names of networks", lambda: {key: escape_markdown(str(name)) for key, name in catalogue.networks["name"].items()}
    )
    key = address.build_key(_DRAWN, here)
    st.session_state[key] = here
    with st.popover(t("Réseaux sur la carte : {n}").format(n=len(here)), icon=":material/lan:"):
        st.pills(
            t("Réseaux sur la carte"),
            organisations.list_with_members(catalogue),
            key=key,
            selection_mode="multi",
            format_func=known.__getitem__,
            on_change=address.write_widget,
            args=("net", key),
        )


def _search(catalogue: Catalogue, shown: OpenSheet) -> None:
    """Everyone by name: bodies first, then members that have no row of their own."""
    t, known = get_locale(), organisations.list_names(catalogue)
    st.session_state[_SEARCH] = shown.key if shown.key in known else None
    st.selectbox(
        t("Qui cherchez-vous ?"),
        list(known),
        key=_SEARCH,
        index=None,
        format_func=lambda key: known[key][0],
        placeholder=t("Qui cherchez-vous ? Un pôle, un réseau, un programme, un membre…"),
        on_change=_to_organisation,
        width="stretch",
        label_visibility="collapsed",
    )
