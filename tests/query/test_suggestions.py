"""Offers of an empty answer: each leaves something, and is near the question in one way that it names."""

from dataclasses import fields

from biocarto.query import phrase_index, suggestions
from biocarto.query.filters import Filters, list_options
from biocarto.query.suggestions import NEAR_LABELS, Near, Suggestion
from tests.support.questions import actors, answer, answer_beyond, interpret
from tests.support.register import joined

PHRASES = phrase_index.build(joined(), list_options(actors()))


def count(chosen: Filters) -> int:
    """Rows of whatever kind."""
    return answer(chosen).total + len(answer_beyond(chosen).rows)


def offers(question: str) -> list[Suggestion]:
    """What is offered for a question."""
    asked = interpret(question).filters
    return suggestions.suggest(asked, phrase_index.interpret_exactly(asked, PHRASES), count)


def test_every_offer_leads_to_as_many_rows_as_it_says() -> None:
    """A contract researcher for antibodies: by status, radius, role or place."""
    found = offers("CRO anticorps à 15 km de Villejuif")
    assert {Near.STATUS, Near.ROLE} <= {offer.near for offer in found}
    assert all(offer.rows == count(offer.filters) > 0 for offer in found)
    assert len({offer.filters for offer in found}) == len(found) <= suggestions.MOST


def test_a_wider_radius_is_the_first_that_finds_something() -> None:
    """No smaller step has an answer."""
    wider = next(offer for offer in offers("phages à 1 km de Meaux") if offer.near is Near.RADIUS)
    smaller = [km for km in suggestions.STEPS_KM if km < wider.filters.km]
    assert all(count(Filters(q="phages", near=wider.filters.near, km=km)) == 0 for km in smaller)


def test_what_an_offer_leaves_out_is_all_that_differs() -> None:
    """Without the place, all else stays."""
    asked = interpret("qui fabrique des exosomes près de Meaux").filters
    for offer in suggestions.suggest(asked, None, lambda _: 1):
        changed = {field.name for field in fields(Filters) if getattr(offer.filters, field.name) != getattr(asked, field.name)}
        assert changed <= {"status", "km", "role", "first", "q", "near", "area", "department", "commune", "epci", "region"}
        assert changed


def test_nothing_is_offered_where_nothing_is_near() -> None:
    """A word that nobody has, alone."""
    assert offers("xylophone") == []


def test_every_way_has_a_label() -> None:
    """In words."""
    assert set(NEAR_LABELS) == set(Near)
