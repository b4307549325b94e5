"""A commune by what an editor types."""

from __future__ import annotations

import pytest

from biocarto.desk import communes
from tests.support.register import joined, layers


@pytest.mark.parametrize(
    ("typed", "codes"),
    [
        ("Évry-Courcouronnes", ("91228",)),
        ("evry courcouronnes", ("91228",)),
        ("91228", ("91228",)),
        ("91000", ("91228",)),
        ("Paris", ("75056",)),
        ("paris 13e", ("75113",)),
        ("75013", ("75113",)),
        ("75116", ("75116",)),
        ("Marolles-en-Brie", ("77278", "94048")),
        ("Marolles-en-Brie (94)", ("94048",)),
        ("marolles en brie 77", ("77278",)),
        ("Lyon", ("69123",)),
        ("Évry", ("91228",)),
        ("Fourqueux", ("78551",)),
        ("Kremlin-Bicêtre", ("94043",)),
        ("Rocquencourt", ("78158",)),
        ("Nulle-Part-sur-Rien", ()),
        ("<script>", ()),
        ("", ()),
        ("x" * 100_000, ()),
    ],
)
def test_what_is_typed_is_a_commune(typed: str, codes: tuple[str, ...]) -> None:
    """A name however it is written, a department after it, a post code, a code; homonyms are all named."""
    assert communes.find_communes(layers(), typed, in_region=True) == codes


def test_homonyms_of_all_of_france_are_asked_where_the_region_is_not_meant() -> None:
    """Saint-Denis is a commune of Réunion as well."""
    assert communes.find_communes(layers(), "Saint-Denis", in_region=True) == ("93066",)
    everywhere = communes.find_communes(layers(), "Saint-Denis")
    assert everywhere[0] == "93066"
    assert "97411" in everywhere


def test_a_name_of_before_a_merger_is_that_of_today() -> None:
    """Beside the communes of France that are called so today."""
    assert communes.find_communes(layers(), "Évry") == ("91228", "89162")
    assert communes.list_named(layers(), "Évry") == (("89162",), ("91228",))
    assert communes.find_today(layers(), "91182") == "91228"
    assert communes.find_today(layers(), "99999") == ""


def test_the_label_of_a_commune_leads_back_to_it() -> None:
    """Each code of the register, so that a field that nobody has touched says what it said."""
    codes = set(joined().actors["commune_code"]) | set(joined().national_sites["commune_code"]) - {""}
    labels = {code: communes.label_commune(layers(), code) for code in codes}
    assert {code: found for code, label in labels.items() if (found := communes.find_communes(layers(), label)) != (code,)} == {}


def test_an_arrondissement_is_written_as_paris() -> None:
    """The code tells which one."""
    assert communes.write_commune(layers(), "75113") == "Paris"
    assert communes.write_commune(layers(), "94076") == "Villejuif"
    assert communes.label_commune(layers(), "99999") == "99999"
