"""The links that people take along: under the public address, whatever the app lives below."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest
import streamlit as st

from biocarto.config import Settings
from biocarto.ui.shared import address, cache, downloads


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
def test_the_link_of_a_page_is_below_the_public_address(
    monkeypatch: pytest.MonkeyPatch, path: str, public: str, base: str, below: str
) -> None:
    """As a visitor sees it through a proxy that strips a prefix, and as staff see it on the machine itself."""
    monkeypatch.setattr(st, "get_option", lambda _: base)
    monkeypatch.setattr(st, "query_params", {})
    monkeypatch.setattr(downloads, "build_language_params", dict)
    monkeypatch.setattr(address, "read_page", lambda: urlsplit(f"http://localhost:8501{path}"))
    monkeypatch.setattr(cache, "settings", lambda: Settings(public_url=f"https://pole.example{public}"))
    assert downloads.build_current_url() == f"https://pole.example{public}{below}"


@pytest.mark.parametrize(
    ("public", "link"),
    [
        ("", "copie locale\u00a0: /annuaire?q=arn&lang=fr"),
        ("https://biocarto.example/carte", "https://biocarto.example/carte/annuaire?q=arn&lang=fr"),
    ],
)
def test_a_file_names_the_public_address_or_says_that_there_is_none(monkeypatch: pytest.MonkeyPatch, public: str, link: str) -> None:
    """What is on screen as others can open it; never the address of this machine."""
    monkeypatch.setattr(cache, "settings", lambda: Settings(public_url=public))
    monkeypatch.setattr(address, "read_page", lambda: urlsplit("http://localhost:8501/annuaire"))
    monkeypatch.setattr(st, "query_params", FakeParams(q="arn", lang="fr"))
    assert downloads.build_file_link() == link


class FakeParams(dict):
    """The parameters of an address."""

    def get_all(self, name: str) -> list[str]:
        """Every value of one name."""
        return [self[name]]
