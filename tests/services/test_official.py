"""A hundred and fifty thousand made-up establishments around a few that are known: what is found among few is found among many."""

from __future__ import annotations

from pathlib import Path

import pytest

from biocarto.desk.official import candidates, freshness, offers, reconcile
from biocarto.desk.official.activities import ACTIVITIES
from biocarto.desk.official.offers import OfferKind
from tests import builders
from tests.support.official_desk import SIREN, look_again, make_look
from tests.support.official_files import PARQUET, Layout, Planted
from tests.support.small_desk import intend

ALPHA = Planted(SIREN[0], name="ALPHA BIOTECH")
BETA = Planted(SIREN[1], name="BETA THERAPIES", commune_code="75113", commune="PARIS 13", postcode="75013", state="F", since="2025-02-01")
GAMMA = Planted(SIREN[2], name="GAMMA VECTEURS", state="F", since="2024-12-31", seat=False)
GAMMA_NOW = GAMMA.at(nic="0002", state="A", created="2025-01-01", since="2025-01-01", seat=True, street="DU NOUVEAU LIEU")
OMEGA = Planted(SIREN[3], name="OMEGA EN TROP", employees="53")
PERSON = Planted(SIREN[4], name="PERSONNE-EN-TROP", category=1000)


@pytest.mark.parametrize("layout", [PARQUET, Layout("zip", as_text=True)], ids=["parquet", "zip"])
def test_what_is_planted_is_found_among_many(tmp_path: Path, layout: Layout) -> None:
    """Numbers, what became of sites, a candidate; no person, nothing that is closed, elsewhere or under another code."""
    actors = [
        builders.an_actor(id="alpha", name="Alpha Biotech", organisation="Alpha Biotech"),
        builders.an_actor(
            id="beta", name="Beta Thérapies", organisation="Beta Thérapies", siret=BETA.siret, siren=SIREN[1], as_of="2020",
            commune="Paris", commune_code="75056",
        ),
        builders.an_actor(
            id="gamma", name="Gamma Vecteurs", organisation="Gamma Vecteurs", siret=GAMMA.siret, siren=SIREN[2], as_of="2020"
        ),
    ]  # fmt: skip
    desk, look = make_look(tmp_path, actors, [ALPHA, BETA, GAMMA, GAMMA_NOW, OMEGA, PERSON], size=150_000, layout=layout)
    found = reconcile.list_siret_offers(look)
    assert [(offer.row_id, offer.subject) for offer in reconcile.list_clear(found)] == [("alpha", ALPHA.siret)]
    fresh = freshness.list_freshness_offers(look)
    assert {(offer.row_id, offer.kind) for offer in fresh} == {("beta", OfferKind.CLOSED), ("gamma", OfferKind.MOVED)}
    lacking = candidates.list_candidates(look)
    assert OMEGA.siret in {one.siret for one in lacking}
    assert len(lacking) > 20
    assert {one.activity for one in lacking} <= set(ACTIVITIES)
    assert {one.siren for one in lacking}.isdisjoint(SIREN[:3])
    assert "FICTIF" not in repr([one for one in lacking if one.siren == SIREN[4]])
    for kind in OfferKind:
        some = [offer for offer in (*reconcile.list_clear(found), *fresh) if offer.kind is kind]
        assert offers.accept_offers(desk, intend("d'après Sirene"), some).left == ()
    rest = freshness.list_freshness_offers(look_again(tmp_path, desk))
    assert {(offer.row_id, offer.kind) for offer in rest} == {("alpha", OfferKind.OPEN), ("gamma", OfferKind.OPEN)}
