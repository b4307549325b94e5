"""Actors with a point of their own on the pages: a place by themselves, and what their point is said in words."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from biocarto.ui.shared import cache
from tests import builders
from tests.support.pages import opened, said

STREET = {"position": "street", "latitude": "48.62317", "longitude": "2.4391"}
IN_STREET = {"position": "in_street", "latitude": "48.62413", "longitude": "2.44"}


@pytest.fixture
def _points(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Tables of three actors of one commune: two have a point of their own."""
    named = [{"id": name, "name": name.title(), "organisation": name.title()} for name in ("alpha", "beta", "gamma")]
    own: tuple[dict[str, str], ...] = (STREET, IN_STREET, {})
    actors = [builders.an_actor(**name, **point) for name, point in zip(named, own, strict=True)]
    monkeypatch.setenv("BIOCARTO_DATA", str(builders.write_tables(tmp_path / "data", actors=actors)))
    cache.forget()
    yield
    monkeypatch.undo()
    cache.forget()


@pytest.mark.usefixtures("_points")
def test_an_actor_stands_at_its_point_and_says_so() -> None:
    """Its sheet, the list of its place and the distances from it; a random point of a street is never told to the metre."""
    assert "Position connue : Adresse, au numéro" in said(opened("ile_de_france", actor="alpha"))
    place = said(opened("ile_de_france", place="in_street-4862413-244000"))
    assert "1 site d'acteur : leur point est pris au hasard dans leur rue." in place
    near = opened("directory", near="alpha", km="10")
    labels = " ".join(button.label for button in near.button)
    assert not near.exception
    assert {name for name in ("Alpha", "Beta", "Gamma") if name in labels + said(near)} == {"Alpha", "Beta", "Gamma"}
    assert "0,1 km" not in said(near) + labels
    only = opened("directory", precision="in_street")
    assert "Dans la rue, à un point au hasard" in " ".join(button.label for button in only.button)
