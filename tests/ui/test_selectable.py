"""Tables on screen, which Streamlit offers as CSV: no cell is a formula."""

import ast
from pathlib import Path

import pandas as pd
import pytest

from biocarto.config import ROOT
from biocarto.ui import selectable

PAGES = sorted([*(ROOT / "src" / "biocarto" / "ui").glob("*.py"), *(ROOT / "pages").glob("*.py")])


def frames(path: Path) -> list[ast.expr]:
    """What a module hands to `dataframe`."""
    calls = (node for node in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(node, ast.Call))
    return [call.args[0] for call in calls if isinstance(call.func, ast.Attribute) and call.func.attr == "dataframe"]


def test_every_table_is_made_harmless_where_it_is_shown() -> None:
    """`harmless_frame(...)` is what each caller shows."""
    shown = [(path.name, frame) for path in PAGES for frame in frames(path)]
    assert len(shown) >= 6
    assert not [name for name, frame in shown if not (isinstance(frame, ast.Call) and ast.unparse(frame.func) == "harmless_frame")]


def test_a_hostile_row_is_text(monkeypatch: pytest.MonkeyPatch) -> None:
    """A name that begins like a formula gets its apostrophe; numbers stay numbers."""
    given = []
    monkeypatch.setattr(selectable.st, "dataframe", lambda frame, **_: given.append(frame))
    selectable.show("names", pd.DataFrame({"Nom": ["=1+1", "Altar"], "Sites": [1, -2]}, index=["a", "b"]), "actor")
    assert given[0]["Nom"].tolist() == ["'=1+1", "Altar"]
    assert given[0]["Sites"].tolist() == [1, -2]
