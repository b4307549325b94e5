"""What every page stands in: look, title, language, source line at the foot."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import quote

import streamlit as st
from markupsafe import Markup
from streamlit.delta_generator import DeltaGenerator

from biocarto import __version__, scripts
from biocarto.analysis.conformity import CriteriaGrid, read_grid
from biocarto.clock import read_today
from biocarto.errors import DataError
from biocarto.maps.texts import CREDIT
from biocarto.render import accessibility_statement, html
from biocarto.ui.shared import accessibility, cache, language, messages, pages, printing
from biocarto.ui.shared.markup import show_html, show_style

_STYLE = "\n".join(map(scripts.read_style, (Path(__file__).with_name("style.css"), *html.STYLES)))
ICON = Path(__file__).with_name("favicon.svg")
ABOUT = f"BioCarto {__version__} · la carte des biothérapies et de la bioproduction · the map of biotherapies and biomanufacturing"


_VISITED = "frame_visited"
"""Whether the last run of this session was in a room of the stand."""


def open_page(title: str, is_stand: bool = False) -> DeltaGenerator:
    """Style sheet, language of the document, language switch; returns the place for notices, at the top."""
    _look_for_edition(is_stand)
    with st.container(key="frame"):
        show_style(_STYLE)
        language.tell_browser(f"{title} · BioCarto")
        language.show_switch()
        printing.prepare()
        accessibility.prepare()
    return st.empty()


def _look_for_edition(is_stand: bool) -> None:
    """Show the newest edition, and say so once to whoever was shown another; a visitor of the stand keeps theirs to the end."""
    in_room = is_stand and "door" in st.query_params
    is_newer = cache.look_again(keep=in_room and st.session_state.get(_VISITED, False))
    st.session_state[_VISITED] = in_room
    if is_newer and not is_stand:
        messages.tell_new_edition()


def show_heading(title: str, lead: str = "") -> None:
    """The title of a page and the sentence that says what it answers."""
    st.title(title, anchor=False)
    if lead:
        st.markdown(lead)


def show_foot(has_links: bool) -> None:
    """Where the data come from and who answers for them, on every page; on a stand nothing leads away."""
    t = language.get_locale()
    contact = cache.settings().contact if has_links else ""
    link = Markup(" {} <a href='mailto:{}'>{}</a>").format(t("Contact :"), quote(contact, safe="@"), contact) if contact else ""
    ways = [(pages.LEGAL, t(pages.LEGAL.title)), (pages.ACCESSIBILITY, _tell_accessibility())] if has_links else []
    links = (html.render_inner_link(entry.address, language.build_language_params(), label) for entry, label in ways)
    show_html(
        Markup("<footer class='bc-foot'><h2 class='bc-unseen'>{}</h2>BioCarto {} · {}. {}{}{}</footer>").format(
            t("Pied de page"),
            __version__,
            t(CREDIT),
            t("Chaque chiffre porte sa source."),
            link,
            Markup().join(map(Markup(" · {}").format, links)),
        )
    )
    printing.show_foot()


def _tell_accessibility() -> str:
    """The state of conformity in the law's words: without a grid that can be read there is no valid result, and nothing conforms."""
    try:
        grid = read_grid()
    except DataError:  # the page of the declaration says what is wrong with it
        grid = CriteriaGrid(())
    return accessibility_statement.write_state(grid, read_today(), language.get_locale())
