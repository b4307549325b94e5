"""How places and distances are told: never closer than what the register knows."""

import pytest

from biocarto.analysis import whereabouts
from biocarto.i18n import Locale
from biocarto.query.proximity import Origin
from biocarto.rows import Row

FR, EN = Locale("fr"), Locale("en")
POINT = Origin(48.8, 2.3, "48,800")
EVRY = Origin(48.6, 2.4, "Évry-Courcouronnes", "commune", "91228")
STREET = Origin(48.6, 2.4, "Alpha", "street", "91228")
GENOPOLE = Origin(48.6, 2.4, "Généthon", "campus", "91228")


def an_actor(precision: str = "commune", code: str = "91228", place: str = "Évry-Courcouronnes", department: str = "Essonne") -> Row:
    """A joined actor, as far as its place goes."""
    return {"precision": precision, "commune_code": code, "place_name": place, "department_name": department}


@pytest.mark.parametrize(
    ("km", "actor", "origin", "expected"),
    [
        (0.0, an_actor(), EVRY, "à Évry-Courcouronnes"),
        (5.14, an_actor(code="91174"), EVRY, "environ 5 km"),
        (0.4, an_actor(code="91174"), EVRY, "moins de 1 km"),
        (1.26, an_actor("campus"), EVRY, "environ 1 km"),
        (1.26, an_actor(), GENOPOLE, "environ 1 km"),
        (1.26, an_actor("campus"), GENOPOLE, "1,3 km"),
        (1.26, an_actor("campus"), POINT, "1,3 km"),
        (1.26, an_actor(), POINT, "environ 1 km"),
        (1.26, an_actor("street"), POINT, "1,3 km"),
        (1.26, an_actor("in_street"), POINT, "environ 1 km"),
        (0.4, an_actor("street"), EVRY, "moins de 1 km"),
        (0.4, an_actor("street"), STREET, "0,4 km"),
        (0.4, an_actor(), STREET, "moins de 1 km"),
        (float("nan"), an_actor("area", "75056", "Paris", "Paris"), EVRY, ""),
        (None, an_actor(), EVRY, ""),
    ],
)
def test_a_distance_says_what_it_is_worth(km: float | None, actor: Row, origin: Origin, expected: str) -> None:
    """A tenth of a kilometre only between exact points; the name of the commune where both ends are the same one."""
    assert whereabouts.describe_distance(km, actor, origin, FR) == expected


@pytest.mark.parametrize(("t", "lang", "expected"), [(FR, "fr", "environ 1\u202f234 km"), (EN, "en", "about 1,234 km")])
def test_about_is_whole_kilometres_in_both_languages(t, lang: str, expected: str) -> None:
    """Rounded, with the separators of the language."""
    assert whereabouts.describe_about(1234.4, t) == expected


def test_an_area_is_named_with_what_nobody_knows() -> None:
    """And never twice, as in Paris, Paris."""
    vague, district = an_actor("area", "75056", "Paris", "Paris"), an_actor("commune", "75113", "Paris 13e Arrondissement", "Paris")
    assert whereabouts.name_place(vague, FR) == "Paris, arrondissement inconnu"
    assert whereabouts.name_place(vague, EN) == "Paris, arrondissement unknown"
    assert whereabouts.name_place_and_department(vague, FR) == "Paris, arrondissement inconnu"
    assert whereabouts.name_place_and_department(district, FR) == "Paris 13e Arrondissement"
    assert whereabouts.name_place_and_department(an_actor(), FR) == "Évry-Courcouronnes, Essonne"


@pytest.mark.parametrize(
    ("place", "expected"),
    [
        ("Évry-Courcouronnes", "à Évry-Courcouronnes"),
        ("Le Kremlin-Bicêtre", "au Kremlin-Bicêtre"),
        ("Les Ulis", "aux Ulis"),
        ("La Ferté", "à La Ferté"),
    ],
)
def test_french_contracts_its_articles(place: str, expected: str) -> None:
    """à + le = au, à + les = aux; English leaves names as they are."""
    assert whereabouts.locate_in(place, "fr") == expected
    assert whereabouts.locate_in(place, "en") == f"in {place}"
