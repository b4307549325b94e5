"""France: what reaches each region, against the raw tables."""

import dataclasses

import pandas as pd
import pytest

from biocarto.analysis.coverage import national
from biocarto.register import vocabulary
from tests.analysis import raw
from tests.support.register import joined


def within(cell: str, code: str) -> bool:
    """Whether a list cell of a raw table holds a code."""
    return code in cell.split(";")


def test_stages_and_clusters_of_regions_equal_the_raw_tables() -> None:
    """Stage, its organisers, the clusters that say they cover the region, ENOSIS among them: for all 18."""
    found, stages, clusters = national.list_regions(joined()), raw.table("tour_stages"), raw.table("clusters")
    assert len(found) == 18
    for code, row in found.iterrows():
        stage = stages[[within(cell, str(code)) for cell in stages["region_codes"]]]
        here = clusters[[within(cell, str(code)) for cell in clusters["region_codes"]]]
        assert row["stage"] == "".join(stage["id"])
        assert list(row["organisers"]) == [name for cell in stage["organisers"] for name in cell.split(";")]
        assert sorted(row["clusters"]) == sorted(here["id"])
        assert sorted(row["enosis"]) == sorted(here.loc[here["enosis_member"] == "yes", "id"])


def test_known_sites_equal_the_raw_table() -> None:
    """By perimeter and in all; Île-de-France is not in that table, so its number is unknown, not zero."""
    found, sites = national.list_regions(joined()), raw.table("national_sites")
    assert "11" not in set(sites["region_code"])
    assert found.loc["11", [*vocabulary.PERIMETERS, "sites", "cdmo"]].isna().all()
    present = [status == "present" and year[:4] >= "2015" for status, year in zip(sites["status"], sites["as_of"], strict=True)]
    for code in found.index.drop("11"):
        known = sites[sites["region_code"] == code]
        here = known[pd.Series(present, index=sites.index)[known.index]]
        assert found.at[code, "apart"] == len(known) - len(here)
        assert found.loc[code, list(vocabulary.PERIMETERS)].to_dict() == {
            name: (here["perimeter"] == name).sum() for name in vocabulary.PERIMETERS
        }
        assert found.at[code, "sites"] == len(here)
        assert found.at[code, "cdmo"] == (here["type"] == "cdmo").sum()
    assert (found["sites"].sum(), found["apart"].sum()) == (sum(present), len(sites) - sum(present))
    assert 0 < sum(present) < len(sites)


def test_a_listed_site_of_ile_de_france_is_counted() -> None:
    """The gap is closed by the first row."""
    sites = joined().national_sites.sort_values("presence", key=lambda presences: presences.ne("present"))
    moved = sites.assign(region_code=["11", *sites["region_code"].iloc[1:]])
    assert national.list_regions(dataclasses.replace(joined(), national_sites=moved)).at["11", "sites"] == 1


def test_six_regions_have_nothing() -> None:
    """Corse and the five overseas regions; Normandie has no stage, but a cluster and sites."""
    found = national.list_regions(joined())
    assert set(found.loc[national.list_uncovered(found), "name"]) == {
        "Corse",
        "Guadeloupe",
        "Martinique",
        "Guyane",
        "La Réunion",
        "Mayotte",
    }


def test_clusters_and_regions_say_the_same() -> None:
    """Each pair of cluster and region is in both tables."""
    regions, clusters = national.list_regions(joined()), national.list_clusters(joined())
    from_regions = {(name, code) for code, names in regions["clusters"].items() for name in names}
    assert from_regions == {(name, code) for name, codes in clusters["regions"].items() for code in codes}
    assert {(name, stage) for stage, names in zip(regions["stage"], regions["organisers"], strict=True) for name in names} == {
        (name, stage) for name, stages in clusters["stages"].items() for stage in stages
    }


def test_from_where_a_cluster_covers_its_regions() -> None:
    """Polepharma sits in Chartres and covers three other regions; a cluster without a known seat covers none from afar."""
    clusters, table = national.list_clusters(joined()), raw.table("clusters").set_index("id")
    assert clusters.at["polepharma", "seat_region"] == "24"
    assert clusters.at["polepharma", "remote"] == ("28", "75", "11")
    unknown = clusters["seat_region"].eq("")
    assert set(clusters.index[unknown]) == set(table.index[table["commune_code"] == ""])
    assert clusters.loc[unknown, "remote"].map(len).sum() == 0
    assert clusters.loc[~unknown, "latitude"].notna().all()
    assert clusters["organiser"].sum() == 12
    assert clusters["enosis"].sum() == 4


@pytest.mark.parametrize(
    ("kept", "table", "column"),
    [
        ("stages", "tour_stages", "region_codes"),
        ("clusters", "clusters", "region_codes"),
        ("national_sites", "national_sites", "region_code"),
    ],
)
def test_each_source_covers_by_itself(kept: str, table: str, column: str) -> None:
    """With only the stages, only the clusters or only the sites, the regions that they name are covered, and Île-de-France."""
    empty = {name: getattr(joined(), name).iloc[:0] for name in ("stages", "clusters", "national_sites") if name != kept}
    told = raw.table(table)
    if kept == "national_sites":
        told = told[(told["status"] == "present") & (told["as_of"] >= "2015")]
    named = {code for cell in told[column] for code in cell.split(";") if code}
    bare = dataclasses.replace(joined(), **empty)
    assert set(national.list_uncovered(national.list_regions(bare))) == set(raw.layer("regions").index) - named - {"11"}


def test_empty_tables_leave_regions_that_nothing_covers() -> None:
    """No cluster, stage or site: every region but that of the register."""
    full = joined()
    bare = dataclasses.replace(
        full, clusters=full.clusters.iloc[:0], stages=full.stages.iloc[:0], national_sites=full.national_sites.iloc[:0]
    )
    assert len(national.list_uncovered(national.list_regions(bare))) == 17
    assert isinstance(national.list_clusters(bare), pd.DataFrame)
