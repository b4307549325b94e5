"""Bodies: clusters and networks as one, each once, each with a source, each told somewhere."""

from biocarto.analysis.networks import organisations
from biocarto.analysis.networks.organisations import SCALES, SECTIONS
from biocarto.model import CHAPTER
from biocarto.register.vocabulary import BODY_KINDS
from tests.support.register import joined


def told(scale: str, section: str) -> list[str]:
    """Bodies of one part of the story."""
    story = organisations.arrange_introduction(joined())
    return list(story.loc[story["scale"].eq(scale) & story["section"].eq(section), "id"])


def test_every_row_of_both_tables_is_one_body() -> None:
    """An id in both tables is one body; nothing is lost or doubled."""
    found = organisations.list_organisations(joined())
    assert found.index.is_unique
    assert set(found.index) == set(joined().clusters.index) | set(joined().networks.index)
    both = joined().clusters.index.intersection(joined().networks.index)
    assert set(found.loc[both, "table"]) == {"network"}
    assert found.loc["enosis-sante", ["published", "region_codes"]].tolist() == [4, ("44", "93", "76", "84", "11")]


def test_every_body_has_a_kind_a_scale_a_description_and_a_source() -> None:
    """What a sheet cannot do without."""
    found = organisations.list_organisations(joined())
    assert set(found["kind"]) <= set(BODY_KINDS)
    assert set(found["scale"]) == set(SCALES)
    assert found[["name", "description_fr", "description_en", "source_title"]].ne("").all(axis=None)
    assert (found["source_url"].eq(CHAPTER) | found["source_url"].str.startswith("http")).all()


def test_every_kind_of_the_tables_is_in_one_section() -> None:
    """A kind without a section would stop the story, a kind in two would tell a body twice."""
    kinds = [kind for group in SECTIONS.values() for kind in group]
    assert sorted(kinds) == sorted(BODY_KINDS)


def test_the_story_tells_every_body() -> None:
    """At the scale that the issue gives it."""
    assert set(organisations.arrange_introduction(joined())["id"]) == set(organisations.list_organisations(joined()).index)
    assert told("regional", "platforms") == ["biofonderie-idf", "meary", "magenta", "iveth"]
    assert {"medicen", "genopole"} <= set(told("regional", "clusters"))
    assert told("regional", "networks") == ["choose-paris-region", "institut-paris-region"]
    assert len(told("national", "clusters")) == 12
    assert {"enosis-sante", "france-biolead", "ais"} == set(told("national", "networks"))
    assert "journees-therapies-innovantes" in told("national", "events")
    assert (told("european", "networks"), told("european", "programmes")) == (["cebr"], ["bioman4r2", "cobioe"])


def test_only_the_clusters_of_the_region_that_organised_the_tour_are_told_twice() -> None:
    """At home, and among the twelve."""
    story = organisations.arrange_introduction(joined())
    twice = set(story.loc[story.duplicated("id"), "id"])
    here = joined().clusters["region_codes"].map(lambda codes: codes == ("11",))
    assert twice == set(joined().clusters.index[here & joined().clusters["tour_member"].eq("yes")])


def test_an_address_leads_to_a_body_or_nowhere() -> None:
    """Unknown ids are for the page to tell, not an error."""
    assert [organisations.resolve_organisation(joined(), key) for key in ("cebr", "medicen", "nobody", "")] == [
        "cebr",
        "medicen",
        None,
        None,
    ]
