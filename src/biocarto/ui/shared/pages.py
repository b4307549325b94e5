"""Where each page stands: the one module that knows the files and the addresses of the pages."""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st
from streamlit.navigation.page import StreamlitPage

from biocarto import addresses, config
from biocarto.i18n import Locale
from biocarto.model import N_

FOLDER = config.ROOT / "pages"


@dataclass(frozen=True)
class PageEntry:
    """One page: its script in `pages/`, its address below the app's root, its name and its icon."""

    script: str
    address: str
    title: str
    icon: str

    @property
    def path(self) -> str:
        """What `st.page_link` and `st.switch_page` take."""
        return str(FOLDER / self.script)


OVERVIEW = PageEntry("overview.py", "", N_("Vue d'ensemble"), "hub")
REGION = PageEntry("ile_de_france.py", addresses.REGION, N_("Île-de-France"), "map")
COVERAGE = PageEntry("coverage.py", addresses.COVERAGE, N_("Couverture"), "query_stats")
DIRECTORY = PageEntry("directory.py", addresses.DIRECTORY, N_("Annuaire"), "search")
TOUR = PageEntry("bioproduction_tour.py", addresses.TOUR, N_("Bioproduction Tour"), "route")
NETWORKS = PageEntry("networks.py", addresses.NETWORKS, N_("Réseaux"), "account_tree")
SOURCES = PageEntry("sources.py", addresses.SOURCES, N_("Sources"), "library_books")
BOOTH = PageEntry("booth.py", "stand", N_("Stand"), "touch_app")
DESK = PageEntry("desk.py", addresses.DESK, N_("Atelier"), "edit_note")

LEGAL = PageEntry("legal_notice.py", "mentions-legales", N_("Mentions légales"), "gavel")
ACCESSIBILITY = PageEntry("accessibility.py", addresses.ACCESSIBILITY, N_("Accessibilité"), "accessibility_new")

ENTRIES = (OVERVIEW, REGION, COVERAGE, DIRECTORY, TOUR, NETWORKS, SOURCES, BOOTH, DESK, LEGAL, ACCESSIBILITY)
"""In the order of the navigation."""


def build_navigation(t: Locale, has_booth: bool, has_desk: bool) -> list[StreamlitPage]:
    """The pages as `st.navigation` takes them, named in the language of the run; a stand or a desk that is closed here is in no menu.

    Nor are the legal notice and the declaration of accessibility, which every foot leads to.
    """
    hidden = {LEGAL, ACCESSIBILITY} | {entry for entry, is_open in ((BOOTH, has_booth), (DESK, has_desk)) if not is_open}
    return [
        st.Page(
            entry.path,
            title=t(entry.title),
            icon=f":material/{entry.icon}:",
            url_path=entry.address or None,
            default=not entry.address,
            visibility="hidden" if entry in hidden else "visible",
        )
        for entry in ENTRIES
    ]
