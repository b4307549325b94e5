"""Tables on screen, which Streamlit offers as CSV: no cell is a formula."""

import ast
from pathlib import Path

import pandas as pd
import pytest

from biocarto.config import ROOT
from biocarto.ui import printing, selectable

PAGES = sorted([*(ROOT / "src" / "biocarto" / "ui").glob("*.py"), *(ROOT / "pages").glob("*.py")])


def frames(path: Path, function: str = "st.dataframe") -> list[ast.expr]:
    """What a module hands to Streamlit's tables, or as the first argument to another function."""
    calls = (node for node in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(node, ast.Call))
    return [call.args[0] for call in calls if ast.unparse(call.func) == function]


def test_every_table_is_made_harmless_where_it_is_shown() -> None:
    """`harmless_frame(...)` is what each caller shows, and `printing.dataframe` for all those who have a twin on paper."""
    shown = [(path.name, frame) for path in PAGES for frame in frames(path)]
    assert "printing.py" in [name for name, _ in shown]
    assert sum(len(frames(path, "printing.dataframe")) for path in PAGES) >= 4
    assert not [name for name, frame in shown if not (isinstance(frame, ast.Call) and ast.unparse(frame.func) == "harmless_frame")]


def test_a_hostile_row_is_text(monkeypatch: pytest.MonkeyPatch) -> None:
    """A name that begins like a formula gets its apostrophe; numbers stay numbers."""
    given = []
    monkeypatch.setattr(printing.st, "dataframe", lambda frame, **_: given.append(frame))
    selectable.show("names", pd.DataFrame({"Nom": ["=1+1", "Altar"], "Sites": [1, -2]}, index=["a", "b"]), "actor")
    assert given[0]["Nom"].tolist() == ["'=1+1", "Altar"]
    assert given[0]["Sites"].tolist() == [1, -2]
