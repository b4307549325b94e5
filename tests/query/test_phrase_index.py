"""Phrases of a search that name values of facets: read exactly, in both languages, and never at the price of the search."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from biocarto.query import filters, phrase_index
from biocarto.query.filters import Filters
from tests.support.register import joined

ACTORS = filters.with_filter_columns(joined())
OPTIONS = filters.list_options(ACTORS)
KNOWN = filters.list_accepted_values(ACTORS, joined())
PHRASES = phrase_index.build(joined(), OPTIONS)


def read(text: str, **asked: object) -> dict[str, list[str]]:
    """The address of the reading of a search; empty where it names nothing."""
    found = phrase_index.interpret_exactly(Filters(q=text, **asked), PHRASES)
    return found.to_params() if found else {}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("entreprises thérapie génique Essonne", {"kind": ["company"], "modality": ["gene_therapy"], "department": ["91"]}),
        ("gene therapy companies in Essonne", {"kind": ["company"], "modality": ["gene_therapy"], "department": ["91"]}),
        ("bactériophages ou microbiome", {"modality": ["phage", "microbiome"]}),
        ("Centres de recherche de Paris", {"kind": ["research_centre"], "department": ["75"]}),
        ("INCUBATEURS villejuif", {"kind": ["incubator"], "commune": ["94076"]}),
        ("bioproduction", {"category": ["bioproduction"]}),
        ("hôtels d'entreprises", {"kind": ["incubator"]}),
        ("microbiote", {"modality": ["microbiome"]}),
        ("entreprise de bioréacteurs", {"kind": ["company"], "q": ["bioreacteurs"]}),
        ("Genethon", {}),
        ("", {}),
        ("de la", {}),
    ],
)
def test_a_phrase_is_a_value(text: str, expected: dict[str, list[str]]) -> None:
    """Kinds, categories, modalities and places, singular or plural, French or English; what is left is searched."""
    assert read(text) == expected


def test_a_reading_adds_to_what_is_chosen() -> None:
    """A facet keeps what it has, and nothing twice."""
    assert read("ARN", modality=("rna", "phage"), status=("present",)) == {"modality": ["rna", "phage"], "status": ["present"]}


def test_a_commune_without_actor_is_a_place_to_be_near() -> None:
    """Its facet has no such value; a distance can start there all the same."""
    empty = next(code for code in joined().territory.communes.index if code not in OPTIONS["commune"])
    name = str(joined().territory.communes.at[empty, "name"])
    assert read(f"incubateur {name}") == {"kind": ["incubator"], "near": [empty]}


def test_around_a_commune() -> None:
    """One commune can be the centre of a distance instead; none or two cannot."""
    one = phrase_index.interpret_exactly(Filters(q="incubateur Villejuif"), PHRASES)
    two = phrase_index.interpret_exactly(Filters(q="Villejuif Romainville"), PHRASES)
    assert phrase_index.as_radius(one).to_params() == {"kind": ["incubator"], "near": ["94076"]}
    assert phrase_index.as_radius(two) is None
    assert phrase_index.as_radius(Filters(kind=("company",))) is None


@given(st.text(max_size=200))
def test_any_text_has_a_reading_or_none(text: str) -> None:
    """Every value of a reading is one that the address accepts, whatever was typed."""
    assert filters.read(read(text), KNOWN)[1] == []
