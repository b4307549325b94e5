"""The chain: which links territories and modalities have, against the raw file."""

import pandas as pd
import pytest

from biocarto.analysis.coverage import chain
from biocarto.analysis.coverage.roles import CHAIN
from biocarto.model import Level, Modality
from biocarto.query.filters import UNKNOWN
from tests.analysis import raw
from tests.support.register import layers


def link_of(row: pd.Series) -> str:
    """The one link of a raw row, "" for none, in plain words."""
    if row["status"] != "present" or row["id"] == "delpharm":
        return ""
    names = {"research_centre": "research", "incubator": "incubation", "integrator": "integration", "bioproduction": "production"}
    return names.get(row["category"] or row["kind"], row["category"])


def pairs() -> pd.DataFrame:
    """Raw rows with their link."""
    return raw.actors().assign(link=[link_of(row) for _, row in raw.actors().iterrows()])


@pytest.mark.parametrize("level", list(raw.LEVELS))
def test_links_of_territories_equal_the_raw_file(level: Level) -> None:
    """Each cell, and every level adds up to the same."""
    matrix, rows = chain.count_by_territory(raw.shown(), layers(), level), pairs()
    assert tuple(matrix.columns) == ("name", *chain.LINKS)
    for code, here in rows.groupby(raw.LEVELS[level]):
        assert matrix.loc[code, list(chain.LINKS)].to_dict() == {link: (here["link"] == link).sum() for link in chain.LINKS}
    assert matrix[list(chain.LINKS)].sum().to_dict() == {link: (rows["link"] == link).sum() for link in chain.LINKS}


def test_links_of_modalities_equal_the_raw_file() -> None:
    """Each cell; sites without a known modality stand in a row of their own."""
    matrix, rows = chain.count_by_modality(raw.shown()), pairs()
    assert list(matrix.index) == [*Modality, UNKNOWN]
    for modality in Modality:
        here = rows[[modality in cell.split(";") for cell in rows["modalities"]]]
        assert matrix.loc[modality].to_dict() == {link: (here["link"] == link).sum() for link in chain.LINKS}
    unknown = rows[rows["modalities"] == ""]
    assert matrix.loc[UNKNOWN].to_dict() == {link: (unknown["link"] == link).sum() for link in chain.LINKS}


def test_most_incubators_have_no_known_modality() -> None:
    """What the note under the matrix says."""
    incubators = raw.actors().query("kind == 'incubator'")["modalities"]
    assert (incubators == "").mean() > 0.5


def test_missing_links_are_named_in_order() -> None:
    """Val-d'Oise has research and a supplier only; Paris and Essonne have all six."""
    missing = chain.list_missing_links(chain.count_by_territory(raw.shown(), layers(), Level.DEPARTMENT))
    assert missing["95"] == ("incubation", "biotherapies", "integration", "production")
    assert missing[missing.map(len).eq(0)].index.tolist() == ["75", "91"]


def test_nothing_left_lacks_everything() -> None:
    """All six links are missing everywhere, and no error."""
    nobody = raw.shown().iloc[:0]
    for matrix in (chain.count_by_territory(nobody, layers(), Level.EPCI), chain.count_by_modality(nobody)):
        assert set(chain.list_missing_links(matrix)) == {CHAIN}


def test_countries_are_refused() -> None:
    """A KeyError, as documented."""
    with pytest.raises(KeyError):
        chain.count_by_territory(raw.shown(), layers(), Level.COUNTRY)
