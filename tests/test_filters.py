"""Filters, the address, and what they keep."""

import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from biocarto import filters
from biocarto.filters import Dropped, Filters

ACTORS = pd.DataFrame(
    {
        "kind": ["company", "company", "research_centre"],
        "category": ["biotherapies", "bioproduction", ""],
        "modalities": [("gene_therapy", "rna"), (), ("rna",)],
        "department_code": ["91", "75", "91"],
        "intercommunality_code": ["200059228", "75056", "200059228"],
        "commune_official": ["91228", "75056", "91228"],
        "site_id": ["genopole", "", ""],
        "status": ["active", "historic", "unknown"],
    },
    index=["a", "b", "c"],
)
KNOWN = filters.options(ACTORS)


def kept(chosen: Filters) -> list[str]:
    """Ids of the rows that the filters keep."""
    return list(filters.apply(chosen, ACTORS).index)


def test_or_within_a_field_and_between_fields() -> None:
    """Two values of one field widen, two fields narrow."""
    assert kept(Filters(modality=("gene_therapy", "rna"))) == ["a", "c"]
    assert kept(Filters(modality=("rna",), kind=("company",))) == ["a"]


def test_historic_rows_come_only_on_demand() -> None:
    """A page from before 2015 is not today's map, unless asked for."""
    assert kept(Filters()) == ["a", "c"]
    assert kept(Filters(status=("historic",))) == ["b"]


def test_unknown_values_of_an_address_are_dropped_and_named() -> None:
    """A value that means nothing does not empty the page; it is named, and cut."""
    chosen, dropped = filters.read({"category": ["biotherapies", "nope", "x" * 500], "kind": ["<b>"]}, KNOWN)
    assert chosen == Filters(category=("biotherapies",))
    assert dropped == [Dropped("kind", "<b>"), Dropped("category", "nope"), Dropped("category", "x" * 60)]


@given(
    st.fixed_dictionaries({name: st.lists(st.sampled_from(KNOWN[name]), unique=True, max_size=3) for name in filters.FIELDS if KNOWN[name]})
)
def test_an_address_survives_the_round_trip(params: dict[str, list[str]]) -> None:
    """Address -> filters -> address -> filters is the same state."""
    chosen, dropped = filters.read(params, KNOWN)
    assert dropped == []
    assert filters.read(chosen.to_params(), KNOWN) == (chosen, [])


@given(st.dictionaries(st.sampled_from(filters.FIELDS), st.lists(st.text(max_size=80), max_size=6)))
def test_any_address_is_readable(params: dict[str, list[str]]) -> None:
    """Wild values never raise, and never reach the filters."""
    chosen, _ = filters.read(params, KNOWN)
    assert all(set(getattr(chosen, name)) <= set(KNOWN[name]) for name in filters.FIELDS)


def test_one_value_can_be_taken_away() -> None:
    """Removing a value leaves the others."""
    assert Filters(kind=("company", "incubator")).without("kind", "company") == Filters(kind=("incubator",))
