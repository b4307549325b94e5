"""The legal notice says what the settings give, says what they do not, and promises what the code keeps."""

from __future__ import annotations

import pytest

from biocarto.analysis.conformity import read_grid
from biocarto.booth.needs_store import LONGEST
from biocarto.clock import read_today
from biocarto.config import Settings
from biocarto.desk.duties import MEMBER_DAYS, MONTHS_UNDECIDED
from biocarto.i18n import Locale
from biocarto.render import accessibility_statement
from biocarto.ui.shared import cache
from tests.support.pages import opened, said, words

GIVEN = {
    "publisher": "Pôle <b>Exemple</b> & Cie, 1 rue du Pôle, 75001 Paris, 01 00 00 00 00",
    "director": "Camille *Exemple*",
    "host": "Hôte SAS, 2 rue du Serveur, 59000 Lille, 03 00 00 00 00",
    "contact": "registre@pole.example",
}


@pytest.fixture
def given(monkeypatch: pytest.MonkeyPatch) -> None:
    """A public server whose operator has said everything."""
    opened_doors = {"ign_tiles": True, "allow_cdn": True, "ban": "https://ban.example/search"}
    settings = Settings(**GIVEN, needs_days=90, public_url="https://biocarto.example", **opened_doors)  # type: ignore[arg-type]
    monkeypatch.setattr(cache, "settings", lambda: settings)


@pytest.mark.parametrize(("lang", "missing"), [("fr", "ne l'a pas encore dit"), ("en", "has not said it yet")])
def test_what_the_operator_has_not_said_is_told(lang: str, missing: str) -> None:
    """Publisher, director, host and contact, each with its setting; no time for needs; a laptop owes no notice."""
    text = said(opened("legal_notice", lang=lang))
    assert text.count(missing) == 4
    assert [name for name in ("PUBLISHER", "DIRECTOR", "HOST", "CONTACT", "NEEDS_DAYS") if f"BIOCARTO_{name}" not in text] == []
    assert {"fr": "propre machine", "en": "its own machine"}[lang] in text
    assert {"fr": "Tiers Aucun", "en": "Third parties None"}[lang] in text


@pytest.mark.usefixtures("given")
@pytest.mark.parametrize("lang", ["fr", "en"])
def test_what_the_operator_has_said_is_shown_as_it_is(lang: str) -> None:
    """Text stays text; the contact is a link; third parties that the operator lets in are named."""
    app = opened("legal_notice", lang=lang)
    text, html = said(app), words(app)
    assert [value for value in GIVEN.values() if value not in text] == []
    assert "<b>Exemple" not in html
    assert html.count("mailto:registre@pole.example") == 3
    assert "BIOCARTO_" not in text
    assert "data.geopf.fr" in text
    assert "ban.example" in text
    assert {"fr": "90 jours après", "en": "90 days after"}[lang] in text
    assert {"fr": "ne répond qu'à", "en": "answers its own"}[lang] not in text


def test_the_times_are_those_of_the_code() -> None:
    """A promise that the clock keeps."""
    text = said(opened("legal_notice"))
    times = ("jusqu'à la décision", f"{MONTHS_UNDECIDED} mois", f"{MEMBER_DAYS} jours", f"({LONGEST} caractères")
    assert [time for time in times if time not in text.replace("\u00a0", " ")] == []


@pytest.mark.parametrize("lang", ["fr", "en"])
@pytest.mark.parametrize("page", ["overview", "sources", "directory", "legal_notice"])
def test_every_foot_leads_to_it(page: str, lang: str) -> None:
    """In the language of the page, and to the declaration of accessibility, by the law's words; no menu has them."""
    html = words(opened(page, lang=lang))
    query = "lang=en" if lang == "en" else ""
    assert f'<a href="mentions-legales?{query}" target="_self">' in html
    state = accessibility_statement.write_state(read_grid(), read_today(), Locale(lang))
    assert f'<a href="accessibilite?{query}" target="_self">{state}</a>' in html
