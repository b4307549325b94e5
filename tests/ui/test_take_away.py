"""The links that people take along: under the public address, whatever the app lives below."""

from __future__ import annotations

import pytest
import streamlit as st

from biocarto.ui import take_away


@pytest.mark.parametrize(
    ("path", "public", "base", "below"),
    [
        ("/annuaire", "", "", "/annuaire"),
        ("/annuaire", "/biocarto", "", "/annuaire"),
        ("/biocarto/annuaire", "/biocarto", "", "/annuaire"),
        ("/biocarto/annuaire", "/biocarto", "biocarto", "/annuaire"),
        ("/carto/annuaire", "/biocarto", "carto", "/annuaire"),
        ("/carto", "", "/carto/", ""),
        ("/cartographie", "/carto", "", "/cartographie"),
        ("/", "", "", "/"),
    ],
)
def test_the_path_below_what_the_app_lives_below(monkeypatch: pytest.MonkeyPatch, path: str, public: str, base: str, below: str) -> None:
    """As a visitor sees it through a proxy that strips a prefix, and as staff see it on the machine itself."""
    monkeypatch.setattr(st, "get_option", lambda _: base)
    assert take_away._path_below(path, public) == below
