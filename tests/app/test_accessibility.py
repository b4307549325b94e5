"""The declaration of accessibility says what the grid counts and what the operator has given, and nothing else."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from biocarto.analysis import conformity
from biocarto.analysis.conformity import CONFORMITY_LABELS, CriterionState, read_grid
from biocarto.clock import read_today
from biocarto.config import Settings
from biocarto.errors import DataError
from biocarto.i18n import Locale
from biocarto.render import accessibility_statement
from biocarto.ui.accessibility import declaration
from biocarto.ui.shared import cache, frame
from tests.support.pages import opened, said, words

GIVEN = Settings(
    publisher="Pôle <b>Exemple</b>",
    contact="acces@pole.example",
    accessibility_scheme="https://pole.example/schema",
    public_url="https://carte.example",
)


def plain(text: str) -> str:
    """With the spaces and the apostrophe of a keyboard."""
    return text.replace("\u202f", " ").replace("\u00a0", " ").replace("’", "'")


def read_part(title: str, lang: str, settings: Settings = GIVEN) -> str:
    """The words of one part of the declaration."""
    t = Locale(lang)
    parts = {part.title: part.body for part in accessibility_statement.render_declaration(read_grid(), settings, read_today(), t)}
    return str(parts[t(title)].striptags()).replace("\u202f", " ").replace("\u00a0", " ")


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_its_rates_are_those_of_the_grid(lang: str) -> None:
    """Both rates, each count of each theme, the state in the law's words; a criterion that fails or waits is named with its reason."""
    grid, t = read_grid(), Locale(lang)
    state = read_part("État de conformité", lang)
    for rate in (grid.rate, grid.judged_rate):
        assert t.percent(rate, 1).replace("\u202f", " ").replace("\u00a0", " ") in state
    assert t(CONFORMITY_LABELS[grid.tell_conformity(read_today())]) in state
    html = next(part.body for part in accessibility_statement.render_declaration(grid, GIVEN, read_today(), t) if "bc-table" in part.body)
    cells = [int(cell) for cell in re.findall(r"<td>(\d+)</td>", html.split("<details>")[0])]
    assert cells == [grid.count(found, theme) for theme in range(1, 14) for found in conformity.STATE_LABELS]
    assert html.count("<th scope='row'>") == 13 + 106
    told = read_part("Contenus non accessibles", lang)
    waits = [*grid.list_in_state(CriterionState.NOT_CONFORM), *grid.list_in_state(CriterionState.NOT_JUDGED)]
    assert [
        row.criterion for row in waits if f"{row.criterion} {row.name_fr if lang == 'fr' else row.name_en} (" not in told.replace("’", "'")
    ] == []


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_the_page_has_what_the_law_asks_for(lang: str) -> None:
    """Its headings in order, and for what the operator has not said, how to say it."""
    app = opened("accessibility", lang=lang)
    assert not app.exception
    t = Locale(lang)
    parts = ("Engagement", "État de conformité", "Contenus non accessibles", "Établissement de cette déclaration")
    assert [header.value for header in app.header] == [
        t(title) for title in (*parts, "Retour d'information et contact", "Voies de recours")
    ]
    text = said(app)
    assert [name for name in ("PUBLISHER", "CONTACT", "ACCESSIBILITY_SCHEME") if f"BIOCARTO_{name}" not in text] == []
    for needed in ("2005-102", "2019-768", "RGAA", conformity.VERSION, "Libre réponse 71120", "axe-core", "NVDA"):
        assert needed in text
    assert [label for _, label in accessibility_statement.SAMPLE.values() if plain(t(label)) not in plain(text)] == []


def test_what_the_operator_has_said_is_shown_as_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    """Text stays text; contact and plan are links."""
    monkeypatch.setattr(cache, "settings", lambda: GIVEN)
    app = opened("accessibility")
    html = words(app)
    assert "&lt;b&gt;Exemple" in html
    assert 'href="https://pole.example/schema"' in html.replace("'", '"')
    assert "mailto:acces@pole.example" in html
    assert "BIOCARTO_" not in said(app)
    assert "https://carte.example/annuaire" in said(app)


def test_without_a_valid_grid_nothing_conforms(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Missing, too old or unreadable: the law's words are then that the site does not conform, on every page, and the page says why."""
    old = conformity.CriteriaGrid(tuple(replace(row, date=date(2020, 1, 1)) for row in read_grid().criteria))
    for grid in (conformity.CriteriaGrid(()), old):
        monkeypatch.setattr(frame, "read_grid", lambda grid=grid: grid)
        monkeypatch.setattr(declaration, "read_grid", lambda grid=grid: grid)
        text = said(opened("accessibility"))
        assert "Ce site est non conforme au référentiel" in text
        assert "Accessibilité : non conforme" in text
        assert "Aucun résultat d'évaluation en cours de validité" in text

    def fail() -> conformity.CriteriaGrid:
        raise DataError("rgaa.csv, ligne 3", "rgaa.csv, line 3")

    monkeypatch.setattr(frame, "read_grid", fail)
    monkeypatch.setattr(declaration, "read_grid", fail)
    app = opened("accessibility")
    assert "rgaa.csv, ligne 3" in words(app)
    assert "Accessibilité : non conforme" in said(app)
