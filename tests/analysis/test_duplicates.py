"""The register has no actor twice; the check finds one that is written otherwise."""

import pandas as pd
import pytest

from biocarto.analysis import duplicates
from biocarto.query import filters
from tests.support.register import joined


def a_pair(name: str, *, east: float = 0.0, sites: tuple[str, str] = ("", "")) -> pd.DataFrame:
    """Alpha Biosciences, and another row `east` metres away."""
    columns = {"name": ["Alpha Biosciences", name], "site_id": list(sites), "x": [652_000.0, 652_000.0 + east], "y": [6_862_000.0] * 2}
    columns |= {"commune_code": ["75056"] * 2, "precision": ["commune"] * 2}
    return pd.DataFrame(columns, index=["first", "second"])


def test_the_register_names_nobody_twice() -> None:
    """Every pair that is alike and near has been looked at and made one row: none is left."""
    assert duplicates.find_pairs(filters.with_filter_columns(joined())).empty


@pytest.mark.parametrize(
    "name", ["Alpha Biosciences", "ALPHA-BIOSCIENCES SAS", "Alpha Bioscience", "Biosciences Alpha (Paris)", "Älpha Biosciences"]
)
def test_another_spelling_is_found(name: str) -> None:
    """Case, accents, legal forms, order of words and a letter more or less."""
    found = duplicates.find_pairs(a_pair(name, east=1500))
    assert found[["first", "second"]].to_numpy().tolist() == [["first", "second"]]
    assert found["km"][0] == 1.5


def test_a_point_and_a_commune_are_one_place_as_long_as_nobody_knows() -> None:
    """In one commune, however far the point is from the town hall; between two points the distance counts."""
    pair = a_pair("Alpha Biosciences", east=2500).assign(precision=["commune", "street"])
    assert len(duplicates.find_pairs(pair)) == 1
    assert duplicates.find_pairs(pair.assign(commune_code=["75056", "91228"])).empty
    assert duplicates.find_pairs(pair.assign(precision="street")).empty


@pytest.mark.parametrize(
    ("other", "why"),
    [
        (a_pair("Alpha Biosciences", east=2500), "another town"),
        (a_pair("Alpha Biosciences", east=500, sites=("genopole", "biocitech")), "another campus"),
        (a_pair("Beta Biosciences"), "another name"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_two_sites_and_two_names_are_no_duplicate(other: pd.DataFrame, why: str) -> None:
    """Far away, on another campus, or named otherwise."""
    assert duplicates.find_pairs(other).empty, why


def test_a_twin_added_to_the_register_is_found() -> None:
    """Among all the rows, the one that was copied under a new id and another spelling."""
    actors = filters.with_filter_columns(joined())
    twin = actors.loc[["genethon"]].rename(index={"genethon": "genethon-2"}).assign(name="GENETHON", site_id="")
    found = duplicates.find_pairs(pd.concat([actors, twin]))
    assert found[["first", "second"]].to_numpy().tolist() == [["genethon", "genethon-2"]]
