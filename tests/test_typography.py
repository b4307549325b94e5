"""The reader of slips finds each kind, and lets what is right pass."""

import csv
import re
from pathlib import Path

import pytest

from tests.support.typography import find_slips


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("fr", "Excel, 1 lignes"),
        ("fr", "1\u202fsites affichés"),
        ("fr", "0 sites"),
        ("en", "1 rows"),
        ("fr", "<td>4.14</td>"),
        ("en", "<td>4,14</td>"),
        ("fr", "2103778 habitants"),
        ("en", "2103778 people"),
        ("fr", "le 2021-06-08"),
        ("en", "in 2021-06"),
        ("fr", "Paris, Paris"),
        ("en", "Évry-Courcouronnes, Évry-Courcouronnes"),
    ],
)
def test_each_kind_is_found(lang: str, text: str) -> None:
    """One slip, one finding."""
    assert len(find_slips(text, lang)) == 1


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("fr", "11 sites, 1 site, 21 lignes, 2\u202f103\u202f778 habitants, 4,14 et 10"),
        ("en", "11 sites, 1 site, 0 sites, 2,103,778 people, 4.14, 48.85° N"),
        ("fr", "Commune 91228, EPCI 200059228, en 2021-2023, n° 909"),
        ("fr", "<code>1 lignes 4.14 2021-06-08</code> https://example.org/2021-06-08/4.14"),
        ("fr", "<td>Paris</td><td>Paris</td><td>Paris, Parisot</td>"),
        ("fr", "actors.csv 2030, Licence Ouverte 2.0"),
    ],
)
def test_what_is_right_passes(lang: str, text: str) -> None:
    """Codes, addresses, files and numbers of the page's language."""
    assert find_slips(text, lang) == []


@pytest.mark.parametrize("table", sorted(Path(__file__).parents[1].glob("data/*.csv")), ids=lambda path: path.stem)
def test_french_cells_have_the_space_that_french_asks_for(table: Path) -> None:
    """Before a semicolon: on screen it becomes a narrow no-break space, and where there is none, none can."""
    with table.open(encoding="utf-8-sig", newline="") as lines:
        cells = [cell for row in csv.DictReader(lines) for name, cell in row.items() if str(name).endswith("_fr")]
    assert [cell for cell in cells if re.search(r"\S;", cell)] == []
