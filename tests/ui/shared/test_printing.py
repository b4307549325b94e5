"""The table that paper shows beside each of Streamlit's: every cell as text, as people read it."""

from __future__ import annotations

import gc
import re
from html import unescape

import numpy as np
import pandas as pd
import pytest

from biocarto.ui.shared import data_table, printing


def written(frame: pd.DataFrame, *unprinted: str) -> str:
    """The twin of a frame, French typography apart."""
    return printing._find_twin(frame, "Sites", unprinted).replace("\u202f", " ")


def test_cells_are_written_as_people_read_them() -> None:
    """Numbers in the language of the page, an address by its site, an unknown as a dash; left out what paper has no room for."""
    frame = pd.DataFrame(
        {
            "Nom": ["Altar"],
            "Taux": [np.float64(4.139)],
            "Population": [np.int64(2103778)],
            "Lien": ["https://www.e.org/a?b"],
            "Étape": [pd.NA],
            "Site": ["x"],
        }
    )
    html = written(frame, "Site")
    assert re.findall("<th scope='col'>(.*?)</th>", html) == ["Nom", "Taux", "Population", "Lien", "Étape"]
    assert re.findall("<td>(.*?)</td>", html) == ["Altar", "4,139", "2 103 778", "e.org", "—"]
    assert "<caption>Sites</caption>" in html


def test_a_name_is_text_on_paper() -> None:
    """Whatever stands in a table or in its header."""
    assert "<script>" not in written(pd.DataFrame({"<script>": ["<script>alert(1)</script>"]}))


def test_a_long_table_says_how_many_rows_are_not_printed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Never cut in silence."""
    monkeypatch.setattr(printing, "MOST_PRINTED", 2)
    html = written(pd.DataFrame({"Nom": list("abcde")}))
    assert html.count("<td>") == 2
    assert "3 lignes de plus" in html
    assert "1 ligne de plus : les fichiers l'ont." in unescape(written(pd.DataFrame({"Nom": list("abc")})).replace("\u00a0", " "))


@pytest.mark.parametrize("value", [4.1387, -0.5, 2103778.0, 12.0])
def test_paper_and_screen_write_the_same_number(value: float) -> None:
    """One place formats what both show."""
    shown = data_table.write_cells(pd.DataFrame({"Taux": [value]}), "fr")
    (on_screen,) = re.findall("<td[^>]*>(.*?)</td>", shown.hide(axis="index").to_html())
    assert re.findall("<td>(.*?)</td>", printing._find_twin(shown, "Taux", ())) == [on_screen]


def test_a_table_is_written_once_and_forgotten_with_its_frame() -> None:
    """As long as a page shows the frame, its twin is made; afterwards nothing of it stays."""
    frame = pd.DataFrame({"Nom": ["a"]})
    key = (id(frame), "fr")
    assert printing._find_twin(frame, "Noms", ()) is printing._find_twin(frame, "Noms", ())
    del frame
    gc.collect()
    assert key not in printing._twins
