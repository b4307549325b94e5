"""What a question means: places as radii and areas, roles as facets and ranks, names as names, and nothing that was not said."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from biocarto.query import filters
from biocarto.query.filters import Filters
from tests.support.questions import actors, answer, interpret, phrase_index
from tests.support.register import joined

KNOWN = filters.list_accepted_values(actors(), joined())


def read(text: str, **asked: object) -> dict[str, list[str]]:
    """The meaning of a question as an address."""
    return interpret(text, **asked).filters.to_params()


EVRY, VILLEJUIF, TOULOUSE = "91228", "94076", "31555"


@pytest.mark.parametrize(
    ("question", "meaning"),
    [
        ("vecteurs viraux évry", {"q": ["vecteurs viraux"], "near": [EVRY]}),
        ("qui fabrique des vecteurs viraux près d'Évry", {"q": ["vecteurs viraux"], "near": [EVRY], "first": ["makes"]}),
        ("fabricant vecteurs viraux près d'Évry", {"q": ["vecteurs viraux"], "near": [EVRY], "first": ["makes"]}),
        ("Who makes viral vectors near Évry?", {"q": ["viral vectors"], "near": [EVRY], "first": ["makes"]}),
        ("CDMO thérapie cellulaire", {"q": ["thérapie cellulaire"], "role": ["makes"], "first": ["cdmo"]}),
        ("façonnier de thérapie cellulaire", {"q": ["thérapie cellulaire"], "role": ["makes"], "first": ["cdmo"]}),
        (
            "CRO anticorps à 15 km de Villejuif",
            {"q": ["anticorps"], "near": [VILLEJUIF], "km": ["15"], "role": ["supplies"], "first": ["cro"]},
        ),
        ("incubateur dans le 94", {"kind": ["incubator"], "department": ["94"]}),
        ("cdmo Toulouse", {"role": ["cdmo"], "near": [TOULOUSE], "km": ["25"]}),
        ("CDMO en Occitanie", {"role": ["cdmo"], "region": ["76"]}),
        ("centres de recherche de Paris", {"kind": ["research_centre"], "department": ["75"]}),
        ("entreprises thérapie génique Essonne", {"q": ["thérapie génique"], "kind": ["company"], "department": ["91"]}),
        ("vaccins paris 13e", {"q": ["vaccins"], "near": ["75113"], "km": ["3"]}),
        ("anticorps Paris-Saclay", {"q": ["anticorps"], "epci": ["200056232"]}),
        ("What is within 10 km of Villejuif that could host a start-up?", {"role": ["hosts"], "near": [VILLEJUIF]}),
        ("qui travaille sur les bactériophages ?", {"q": ["bactériophages"]}),
        ("à 2,5 km de Romainville", {"near": ["93063"], "km": ["2.5"]}),
        ("qui développe des CAR-T ?", {"q": ["CAR T"], "first": ["develops"]}),
        ("y a-t-il des incubateurs à Saclay", {"kind": ["incubator"], "near": ["91534"]}),
        ("thérapie génique à moins de 5 km de Généthon", {"q": ["thérapie génique"], "near": ["genethon"], "km": ["5"]}),
        ("lots cliniques", {"q": ["lots cliniques"]}),
        ("French Bioproduction Tour", {"q": ["French Bioproduction Tour"]}),
        ("host cell proteins", {"q": ["host cell proteins"]}),
        ("日本語", {"q": ["日本語"]}),
    ],
)  # fmt: skip
def test_a_question_is_understood(question: str, meaning: dict[str, list[str]]) -> None:
    """The subject stays a search; the place is a radius or an area; the role is a facet, a rank, or both."""
    assert read(question) == meaning


@pytest.mark.parametrize(
    "name",
    ["sanofi vitry", "lab 116", "laboratoire commun nanolife", "J.POD Toulouse", "GTP Bioways Toulouse",
     "TheraVectys unité de production de Villejuif", "Généthon", "EFS Toulouse"],
)  # fmt: skip
def test_a_name_is_a_name(name: str) -> None:
    """Words that are those of one name are looked for as they are, the place and the role in it too."""
    assert not interpret(name).was_read


def test_a_chosen_place_stands() -> None:
    """What was chosen beside the box is not overruled by a word in it; a radius of the address is kept."""
    assert read("vaccins Villejuif", department=("91",)) == {"q": ["vaccins Villejuif"], "department": ["91"]}
    assert read("vaccins Villejuif", km=30.0) == {"q": ["vaccins"], "near": [VILLEJUIF], "km": ["30"]}


def test_words_can_be_taken_as_they_are() -> None:
    """One tap: the same question, literally."""
    found = interpret("vecteurs viraux évry")
    assert found.was_read
    assert found.as_words() == Filters(q="vecteurs viraux évry", literal="1")
    assert interpret("vecteurs viraux évry", literal="1").filters == found.as_words()


def test_the_maker_comes_before_the_supplier() -> None:
    """The maker of viral vectors in Corbeil-Essonnes, with its distance, before a reagent supplier that is nearer."""
    found = answer(interpret("qui fabrique des vecteurs viraux près d'Évry").filters)
    assert found.score is not None
    assert found.distance_km is not None
    ranked = list(found.score.index)
    assert ranked[0] == "yposkesi"
    assert "polytheragene" in ranked[1:]
    assert found.ranked_first == {"yposkesi"}
    assert found.distance_km["polytheragene"] < found.distance_km["yposkesi"] <= 10


def test_the_maker_is_found_without_being_asked_for() -> None:
    """The place is a radius, so that a neighbouring commune counts."""
    assert "yposkesi" in answer(interpret("vecteurs viraux évry").filters).actors.index


def test_a_contract_manufacturer_comes_before_other_makers() -> None:
    """Behind it only those of whom the register says that they make."""
    found = answer(interpret("CDMO thérapie cellulaire").filters)
    assert found.score is not None
    roles = actors()["roles"]
    ranked = [("cdmo" in roles[actor], "makes" in roles[actor]) for actor in found.score.index]
    assert ranked[0] == (True, True)
    assert all(makes for _, makes in ranked)
    assert ranked == sorted(ranked, reverse=True)


@given(st.text(max_size=200))
def test_any_text_means_something_that_the_address_accepts(text: str) -> None:
    """Whatever is typed: no error, and every value of the meaning is a value of the address."""
    params = {name: values for name, values in read(text).items() if name != "q"}
    assert filters.read(params, KNOWN)[1] == []


def test_a_question_is_understood_at_once() -> None:
    """Less than 50 ms, and far less: it is done while somebody types."""
    phrase_index()
    start = time.perf_counter()
    for _ in range(20):
        interpret("qui fabrique des vecteurs viraux à moins de 15 km du Kremlin-Bicêtre " + "mot " * 20)
    assert (time.perf_counter() - start) / 20 < 0.05
