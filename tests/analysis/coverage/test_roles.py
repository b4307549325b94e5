"""Roles in the chain: which real rows have them, and what a definition leaves out."""

import pandas as pd

from biocarto.analysis.coverage import roles
from biocarto.analysis.coverage.roles import CHAIN, ROLE_DEFINITIONS, ROLE_LABELS, ChainLink
from tests.analysis import raw
from tests.support.register import joined


def test_contract_manufacturers_are_the_rows_that_say_so() -> None:
    """Three sites; Delpharm's row says CDMO too, but it is a head office."""
    assert set(roles.select_role(raw.shown(), ChainLink.CDMO).index) == {"cellforcure", "cenexi", "yposkesi"}


def test_production_is_the_category_without_its_head_office() -> None:
    """By plain text of the file."""
    rows = raw.actors()
    expected = set(rows.loc[rows["category"] == "bioproduction", "id"]) - {"delpharm"}
    assert set(roles.select_role(raw.shown(), ChainLink.PRODUCTION).index) == expected


def test_a_site_that_is_not_present_has_no_role() -> None:
    """Former, planned and unknown sites are listed where they are asked for, but are no link."""
    actors = joined().actors
    absent = actors[actors["status"].ne("present")]
    assert {"acticor-biotech", "lysogene"} <= set(absent.index)
    assert not roles.mark_roles(absent).any(axis=None)


def test_every_open_site_but_a_head_office_of_production_is_one_link() -> None:
    """No site is lost between the links, and none is in two."""
    links = roles.mark_roles(raw.shown())[[link.value for link in CHAIN]].sum(axis=1)
    assert set(links[links.ne(1)].index) == {"delpharm"}
    assert links.max() == 1


def test_every_role_is_explained() -> None:
    """A label and a definition each."""
    assert set(ROLE_LABELS) == set(ROLE_DEFINITIONS) == set(ChainLink)


def test_no_actor_has_no_role() -> None:
    """An empty frame is answered with an empty frame that has every column."""
    found = roles.mark_roles(raw.shown().iloc[:0])
    assert found.empty
    assert list(found.columns) == list(ChainLink)
    assert isinstance(roles.select_role(raw.shown().iloc[:0], ChainLink.CDMO), pd.DataFrame)
