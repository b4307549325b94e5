"""What a site does: read from columns and sourced texts, by rules that stand in one table, and from nothing else."""

import pytest

from biocarto.query import site_roles
from biocarto.query.site_roles import ASKED, EVIDENCE, SITE_ROLE_DEFINITIONS, SITE_ROLE_LABELS, SiteRole
from tests.support.questions import actors
from tests.support.register import joined


def having(role: SiteRole) -> set[str]:
    """Ids of the actors with a role."""
    return {str(actor) for actor, roles in actors()["roles"].items() if role.value in roles}


def test_contract_manufacturers_are_the_rows_that_say_so() -> None:
    """By plain text of the file; a head office is no site that makes."""
    said = {
        str(row["id"])
        for row in joined().actors.to_dict("records")
        if ("CDMO" in row["activity_fr"] or "açonnier" in row["activity_fr"]) and not row["activity_fr"].startswith("Siège")
    }
    assert having(SiteRole.CDMO) == said
    assert {"yposkesi", "cellforcure"} <= said
    assert having(SiteRole.CDMO) <= having(SiteRole.MAKES)


@pytest.mark.parametrize(
    ("actor", "makes"),
    [
        ("yposkesi", True),
        ("genethon", True),
        ("meary-centre-de-therapie-cellulaire-et-genique-ap-hp", True),
        ("cithera", True),
        ("polytheragene", False),
        ("theradiag", False),
        ("astraveus", False),
        ("delpharm", False),
        ("genother", False),
    ],
)
def test_who_makes(actor: str, makes: bool) -> None:
    """Who produces, and not who sells to producers, plans to produce, or sits where no plant is."""
    assert (actor in having(SiteRole.MAKES)) is makes


def test_hosts_and_researchers_follow_the_kind() -> None:
    """Every incubator hosts, every research centre researches."""
    kinds = joined().actors["kind"]
    assert set(kinds.index[kinds.eq("incubator")]) <= having(SiteRole.HOSTS)
    assert set(kinds.index[kinds.eq("research_centre")]) <= having(SiteRole.RESEARCHES)


def test_national_sites_follow_type_and_perimeter() -> None:
    """The twenty contract manufacturers of the table make; neighbouring activities have no role."""
    sites = joined().national_sites
    roles = site_roles.list_national_roles(sites)
    assert set(sites.index[sites["type"].eq("cdmo")]) == {site for site, held in roles.items() if "cdmo" in held}
    assert all(not held for site, held in roles.items() if sites.at[site, "perimeter"] == "related" and sites.at[site, "type"] != "cdmo")


def test_every_role_is_explained_and_can_be_asked_for() -> None:
    """A label, a rule, the rule in words, and words of a question each."""
    assert set(SITE_ROLE_LABELS) == set(SITE_ROLE_DEFINITIONS) == set(EVIDENCE) == set(ASKED) == set(SiteRole)
    assert all(asked.nouns or asked.verbs for asked in ASKED.values())


def test_no_actor_has_no_role() -> None:
    """An empty frame has an empty answer."""
    assert site_roles.list_roles(joined().actors.iloc[:0]).empty
