"""A cell before and after, in words."""

from __future__ import annotations

import pytest

from biocarto.i18n import Locale
from biocarto.render.changes import tell_cell


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ("75056", "75113", "Commune : « Paris 13e », auparavant « Paris »"),
        ("", "75101", "Commune : « Paris 1er »"),
        ("91228", "94048", "Code de la commune : « 94048 », auparavant « 91228 »"),
    ],
)
def test_an_arrondissement_is_told_by_its_name(before: str, after: str, told: str) -> None:
    """A reader knows Paris 13e, not 75113; elsewhere the name of the commune changes too."""
    said = tell_cell("actors", "commune_code", (before, after), Locale("fr"))
    assert said.replace("\u202f", " ").replace("\xa0", " ").replace("\u2060", "") == told
