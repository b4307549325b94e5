"""What a map draws its measure with: the reader's choice, where the measure has it."""

from __future__ import annotations

import pytest

from biocarto.analysis.coverage.coverage import Indicator
from biocarto.ui.shared.encodings import SAID_BY_SYMBOLS, Encoding, list_encodings
from tests.support.pages import opened, said


def test_what_symbols_say_is_not_said_twice() -> None:
    """Symbols and areas are offered for every measure, both together for all but a number of sites or companies."""
    assert {measure for measure in Indicator if Encoding.BOTH not in list_encodings(measure)} == SAID_BY_SYMBOLS
    assert all({Encoding.SYMBOLS, Encoding.AREAS} <= set(list_encodings(measure)) for measure in Indicator)


@pytest.mark.parametrize(
    ("asked", "drawn"),
    [
        ({}, "symbols"),
        ({"map": "areas"}, "areas"),
        ({"map": "both"}, "symbols"),
        ({"measure": "rate"}, "both"),
        ({"measure": "rate", "map": "symbols"}, "symbols"),
    ],
    ids=str,
)
def test_a_choice_of_another_measure_gives_way_without_a_word(asked: dict[str, str], drawn: str) -> None:
    """A link that asks for both of a count shows the default, and no notice; every other choice is drawn."""
    app = opened("ile_de_france", **asked)
    assert not app.exception
    assert app.session_state["choice_map"] == drawn
    assert "map = " not in said(app)


def test_a_choice_that_no_map_has_is_told() -> None:
    """The test above can fail: what means nothing is named on the page."""
    assert "map = sorcery" in said(opened("ile_de_france", map="sorcery"))
