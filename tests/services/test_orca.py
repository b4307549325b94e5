"""A real screen reader, Orca, hears what the accessibility tree promises: where one is, what a thing is, what it is called."""

from __future__ import annotations

from pathlib import Path

from biocarto.analysis.conformity import read_grid
from biocarto.clock import read_today
from biocarto.i18n import Locale
from biocarto.render.accessibility_statement import write_state
from tests.browser.waiting import opened
from tests.services.orca import run_orca


def test_a_screen_reader_says_where_one_is(app_url: str, tmp_path: Path) -> None:
    """Regions, headings with their level, links and fields with their names, to the state of accessibility in the foot; then a search."""
    with run_orca(tmp_path) as orca:
        opened(orca.page, f"{app_url}/mentions-legales")
        foot = write_state(read_grid(), read_today(), Locale("fr"))
        orca.hear("navigation", "Annuaire", "link", "main content", "Mentions légales", "heading level 1", "Pied de page", foot, "link")
        since = len(orca.read())
        opened(orca.page, f"{app_url}/annuaire")
        orca.hear("L'annuaire", "heading level 1", since=since)
        since = len(orca.read())
        orca.page.get_by_role("searchbox").first.focus()
        orca.hear("Chercher", "entry", since=since)
