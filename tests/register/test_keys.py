"""Official numbers: a digit that changed is found by the key."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from biocarto.register import keys
from tests.analysis import raw

KNOWN = {"siren": keys.is_siren, "siret": keys.is_siret, "rnsr": keys.is_rnsr}


@pytest.mark.parametrize(
    ("check", "good"),
    [(keys.is_siren, "801172834"), (keys.is_siret, "88364923800028"), (keys.is_siret, "35600000012341"), (keys.is_rnsr, "200716512X")],
)
def test_a_right_key_passes_and_another_digit_does_not(check, good: str) -> None:
    """Numbers of INSEE and of the ministry; the establishments of La Poste have a sum of their own."""
    assert check(good)
    assert check("")
    for place, digit in enumerate(good[:-1]):
        if digit.isdigit() and not good.startswith("356000000"):
            assert not check(good[:place] + str((int(digit) + 1) % 10) + good[place + 1 :]), place


@given(st.text(max_size=16))
def test_any_text_is_answered(text: str) -> None:
    """True or false, never an error; what is no number of the right length is none."""
    for check, length in ((keys.is_siren, 9), (keys.is_siret, 14), (keys.is_rnsr, 10)):
        assert check(text) in {True, False}
        if text and len(text) != length:
            assert not check(text)


@pytest.mark.parametrize("column", KNOWN)
def test_the_numbers_of_the_register_are_right(column: str) -> None:
    """And each has a claim with its source."""
    table, claims = raw.table("actors"), raw.table("evidence")
    given = table[table[column] != ""]
    assert all(map(KNOWN[column], given[column]))
    told = claims[claims["field"] == column]
    assert dict(zip(given["id"], given[column], strict=True)) == dict(zip(told["actor_id"], told["value"], strict=True))


def test_zeros_are_no_number() -> None:
    """Their key is right, and nobody has them: spreadsheets and forms fill empty cells so."""
    assert not keys.is_siren("0" * 9)
    assert not keys.is_siret("0" * 14)
