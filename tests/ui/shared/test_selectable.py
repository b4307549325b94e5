"""Tables on screen: no cell is a formula, numbers and dates are written in the language of the page and sorted by what they are worth."""

import ast
from pathlib import Path

import pandas as pd
import pytest
from pandas.io.formats.style import Styler
from pandas.io.formats.style_render import StylerRenderer
from streamlit.elements.lib.pandas_styler_utils import marshall_styler
from streamlit.proto.ArrowData_pb2 import ArrowData

from biocarto.config import ROOT
from biocarto.ui.shared import data_table, selectable

PAGES = sorted([*(ROOT / "src" / "biocarto" / "ui").rglob("*.py"), *(ROOT / "pages").glob("*.py")])
ROWS = pd.DataFrame(
    {
        "Nom": ["=1+1", "Altar", "Bio"],
        "Population": pd.array([2103778, 987, None], dtype="Int64"),
        "Taux": [4.14, 10.0, float("nan")],
        "Date": ["2021-06-08", "2021", ""],
        "Fragile": [True, False, False],
    },
    index=["a", "a", "b"],
)


def calls_of(path: Path, method: str) -> list[ast.Call]:
    """Where a module calls a method of this name; `printing.show_dataframe` goes through `data_table` itself."""
    calls = (node for node in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(node, ast.Call))
    found = [call for call in calls if isinstance(call.func, ast.Attribute) and call.func.attr == method]
    return [call for call in found if ast.unparse(call.func) != "printing.show_dataframe"]


def written(lang: str) -> Styler:
    """The rows as a page shows them."""
    made = data_table.write_cells(ROWS, lang, dates=["Date"])
    assert isinstance(made, Styler)
    return made


def cells(table: Styler) -> list[list[str]]:
    """The texts of a table, row by row."""
    return [[cell["display_value"] for cell in row if cell["type"] == "td"] for row in vars(table)["_translate"](False, False)["body"]]


def test_one_place_shows_every_table() -> None:
    """Streamlit's own tables follow the language of the browser: only `data_table` asks for one, and what it gives is written."""
    shown = [(path.stem, call) for path in PAGES for call in calls_of(path, "dataframe")]
    assert [(name, ast.unparse(call.args[0].func)) for name, call in shown if isinstance(call.args[0], ast.Call)] == [
        ("data_table", "write_cells")
    ]
    assert len(shown) == 1
    texts = [path.read_text("utf-8") for path in PAGES]
    assert sum("data_table.show(" in text or "printing.show_dataframe(" in text for text in texts) >= 6


@pytest.mark.parametrize(
    ("lang", "expected"),
    [
        ("fr", [["2\u202f103\u202f778", "4,14", "8 juin 2021"], ["987", "10", "2021"], ["—", "—", "—"]]),
        ("en", [["2,103,778", "4.14", "8 June 2021"], ["987", "10", "2021"], ["—", "—", "—"]]),
    ],
)
def test_numbers_and_dates_are_written_in_the_language_of_the_page(lang: str, expected: list[list[str]]) -> None:
    """Narrow spaces and commas in French, commas and points in English; what is missing is a dash."""
    assert [row[1:4] for row in cells(written(lang))] == expected


def test_a_table_sorts_by_value() -> None:
    """The data beside the texts are numbers and ISO days, as Streamlit's own sort and search need them."""
    data = vars(written("fr"))["data"]
    assert data["Population"].dtype == "Int64"
    assert data["Taux"].dtype == float
    assert data["Date"].tolist() == ["2021-06-08", "2021", ""]


def test_a_written_table_is_translated_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """A kept table costs nothing at the next run, and Streamlit still takes it."""
    table, proto = written("fr"), ArrowData()
    monkeypatch.delattr(StylerRenderer, "_translate")
    marshall_styler(proto, table, "x")
    assert b"8 juin 2021" in proto.styler.display_values
    assert data_table.write_cells(table, "fr") is table


def test_a_hostile_row_is_text(monkeypatch: pytest.MonkeyPatch) -> None:
    """A name that begins like a formula gets its apostrophe; numbers stay numbers."""
    given = []
    monkeypatch.setattr("streamlit.dataframe", lambda table, **_: given.append(table.data))
    selectable.show("names", pd.DataFrame({"Nom": ["=1+1", "Altar"], "Sites": [1, -2]}, index=["a", "b"]), "actor", alt="Sites")
    assert given[0]["Nom"].tolist() == ["'=1+1", "Altar"]
    assert given[0]["Sites"].tolist() == [1, -2]
