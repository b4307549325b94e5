"""« Citer » at the foot of pages, and the fixed addresses that the page of sources leads to."""

from __future__ import annotations

import pytest
from pybtex.database import parse_string
from streamlit.testing.v1 import AppTest

from biocarto.config import Settings
from biocarto.errors import DataError
from biocarto.ui.shared import cache
from tests.support.pages import opened, words

EDITION = "2026-11-28"


def labels(app: AppTest) -> list[str]:
    """What the buttons say that open something."""
    return [found.proto.popover.label for found in app.get("popover")]


@pytest.mark.parametrize(("lang", "label", "title"), [("fr", "Citer cette page", "Annuaire"), ("en", "Cite this page", "Directory")])
def test_a_view_is_cited_with_its_edition_and_address(monkeypatch: pytest.MonkeyPatch, lang: str, label: str, title: str) -> None:
    """The sentence and the entry name the view, its filters by its address, the edition at its own address, publisher and DOI."""
    named = Settings(store=cache.settings().store, public_url="https://carte.example", publisher="Un pôle", doi="10.5281/zenodo.1")
    monkeypatch.setattr(cache, "settings", lambda: named)
    app = opened("directory", category="biotherapies", lang=lang)
    assert labels(app).count(label) == 1
    assert app.code == []
    app.session_state["cite"] = True
    sentence, entry = (block.value for block in app.run().code)
    assert all(part in sentence for part in (title, EDITION, "Un pôle", "https://doi.org/10.5281/zenodo.1", "category=biotherapies"))
    (found,) = parse_string(entry, "bibtex").entries.values()
    assert (found.fields["version"], found.fields["doi"], found.fields["year"]) == (EDITION, "10.5281/zenodo.1", "2026")
    assert found.fields["url"].startswith("https://carte.example")


def test_without_a_public_address_no_address_is_given(monkeypatch: pytest.MonkeyPatch) -> None:
    """One of this machine would open nothing elsewhere: the sentence says that it is a copy."""
    app = opened("coverage", lang="fr")
    app.session_state["cite"] = True
    sentence = app.run().code[0].value
    assert "http" not in sentence
    assert "copie locale" in sentence
    assert f"Édition {EDITION}" in sentence


@pytest.mark.parametrize("view", ["booth", "desk"])
def test_a_stand_and_the_desk_are_not_cited(view: str) -> None:
    """Nothing leads away from a stand, and a desk is no page of the register."""
    assert not {"Citer cette page", "Cite this page"} & set(labels(opened(view, lang="fr")))


def test_a_register_that_cannot_be_read_is_not_cited(monkeypatch: pytest.MonkeyPatch) -> None:
    """The page says what is wrong, once."""

    def fail() -> None:
        raise DataError("illisible", "unreadable")

    monkeypatch.setattr(cache, "load_catalogue", fail)
    assert "Citer cette page" not in labels(opened("legal_notice", lang="fr"))


def test_the_page_of_sources_leads_to_the_fixed_addresses() -> None:
    """The edition that it shows, its codebook, what editions have changed, and all of them."""
    told = words(opened("sources", lang="fr"))
    for address in (
        f"./data/{EDITION}/?lang=fr",
        f"./data/{EDITION}/codebook?lang=fr",
        f"./data/{EDITION}/changes?lang=fr",
        "./data/?lang=fr",
    ):
        assert f"href='{address}'" in told
