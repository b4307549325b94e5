"""What became of actors with a SIRET: there still, closed, moved, called otherwise; each a proposal with the file as its page."""

from __future__ import annotations

from pathlib import Path

import pytest

from biocarto.desk.acts import Desk, remove_row
from biocarto.desk.facts import ActName, RegisterRow
from biocarto.desk.ledger import find_deviations, read_row, read_rows
from biocarto.desk.official import freshness, offers
from biocarto.desk.official.offers import Offer, OfferKind
from biocarto.desk.official.register_look import RegisterLook
from tests import builders
from tests.support.official_desk import GONE, NEXT, SEAT, SIREN, an_actor, look_again, make_look, read_beside
from tests.support.official_files import Planted
from tests.support.small_desk import intend

PARIS = {"commune_code": "75113", "commune": "PARIS 13", "postcode": "75013"}


def offer_of(folder: Path, actor: builders.Row, *planted: Planted) -> tuple[Desk, list[Offer]]:
    """The desk, and what the files offer it."""
    desk, look = make_look(folder, [actor], planted)
    return desk, freshness.list_freshness_offers(look)


def read_offers(folder: Path, actor: builders.Row, *planted: Planted, claims: tuple[builders.Row, ...] = ()) -> list[Offer]:
    """What the files offer an actor of no store."""
    return freshness.list_freshness_offers(read_beside(folder, [actor], planted, claims=claims))


def row_of(desk: Desk) -> RegisterRow:
    """The actor as it is now."""
    with desk.store.read() as transaction:
        row = read_row(transaction, "actors", "alpha")
        assert not list(find_deviations(transaction))
    assert row
    return row


def test_an_open_establishment_is_a_dated_confirmation(tmp_path: Path) -> None:
    """The cell stays, and a claim of the file's year says so; it is offered no more."""
    desk, found = offer_of(tmp_path, an_actor(), SEAT)
    assert [(offer.kind, dict(offer.cells), dict(offer.confirms)) for offer in found] == [(OfferKind.OPEN, {}, {"status": "present"})]
    done = offers.accept_offers(desk, intend("toujours ouverts"), found)
    assert done.change_set
    with desk.store.read() as transaction:
        (claim,) = read_rows(transaction, "evidence")
    assert {name: claim.cells[name] for name in ("actor_id", "field", "value", "as_of")} == {
        "actor_id": "alpha",
        "field": "status",
        "value": "present",
        "as_of": "2026",
    }
    assert row_of(desk).cells["status"] == "present"
    assert freshness.list_freshness_offers(look_again(tmp_path, desk)) == []


@pytest.mark.parametrize(("status", "kind"), [("unknown", OfferKind.OPEN), ("planned", OfferKind.REOPENED), ("former", OfferKind.REOPENED)])
def test_an_open_establishment_says_that_a_site_is_there(tmp_path: Path, status: str, kind: OfferKind) -> None:
    """What the register holds to be planned or gone is told apart from what it does not know."""
    desk, found = offer_of(tmp_path, an_actor(status=status), SEAT)
    assert [(offer.kind, dict(offer.cells)) for offer in found] == [(kind, {"status": (status, "present")})]
    offers.accept_offers(desk, intend("ouvert"), found)
    assert row_of(desk).cells["status"] == "present"


@pytest.mark.parametrize("unit_state", ["A", "C"])
def test_a_closed_establishment_is_closed_since_the_day_of_its_state(tmp_path: Path, unit_state: str) -> None:
    """Whether the legal unit has ceased too is told, and is not the same."""
    desk, found = offer_of(tmp_path, an_actor(), GONE.at(unit_state=unit_state))
    (offer,) = found
    assert (offer.kind, offer.evidence.valid_from, offer.told["unit_state"]) == (OfferKind.CLOSED, "2025-06-30", unit_state)
    done = offers.accept_offers(desk, intend("fermé"), found)
    assert done.change_set
    assert done.change_set.act is ActName.CLOSE
    assert row_of(desk).cells["status"] == "former"


def test_a_successor_in_another_commune_is_a_move(tmp_path: Path) -> None:
    """Number, commune, post code and address follow; what told of the old campus is emptied."""
    actor = an_actor(site_id="genopole", site="Genopole", position="campus", address="1 rue Ancienne", postcode="91000")
    desk, found = offer_of(tmp_path, actor, GONE, NEXT.at(**PARIS))
    (offer,) = found
    assert (offer.kind, offer.evidence.valid_from, offer.told["next_commune_code"]) == (OfferKind.MOVED, "2025-07-01", "75113")
    done = offers.accept_offers(desk, intend("déménagé"), found)
    assert done.change_set, done.left
    assert done.change_set.act is ActName.MOVE
    cells = row_of(desk).cells
    wanted = {"siret": NEXT.siret, "commune": "Paris", "commune_code": "75113", "postcode": "75013", "address": "9 rue du Nouveau Lieu"}
    assert {name: cells.get(name, "") for name in wanted} == wanted
    assert ("site_id" in cells, cells["position"], cells["status"]) == (False, "commune", "present")


def test_a_move_within_a_commune_changes_number_and_address(tmp_path: Path) -> None:
    """The commune stays."""
    (offer,) = read_offers(tmp_path, an_actor(), GONE, NEXT)
    assert offer.kind is OfferKind.MOVED
    assert set(offer.cells) == {"siret", "address", "postcode"}


@pytest.mark.parametrize(
    "other",
    [
        NEXT.at(created="2012-01-01"),
        NEXT.at(state="F"),
        NEXT.at(siren=SIREN[1]),
    ],
    ids=["older", "closed", "another legal unit"],
)
def test_what_is_no_successor_leaves_a_closed_site(tmp_path: Path, other: Planted) -> None:
    """An older sister was there before."""
    (offer,) = read_offers(tmp_path, an_actor(), GONE, other)
    assert offer.kind is OfferKind.CLOSED


def test_an_establishment_of_another_actor_is_no_successor(tmp_path: Path) -> None:
    """It is in the register already: the first one has closed."""
    other = an_actor(id="alpha-paris", name="Alpha Biotech Paris", siret=NEXT.siret, commune="Paris", commune_code="75113")
    look = read_beside(tmp_path, [an_actor(), other], [GONE, NEXT.at(**PARIS)])
    kinds = {offer.row_id: offer.kind for offer in freshness.list_freshness_offers(look)}
    assert kinds == {"alpha": OfferKind.CLOSED, "alpha-paris": OfferKind.OPEN}


def test_another_denomination_is_a_proposal_for_the_organisation(tmp_path: Path) -> None:
    """Written as people write names; wherever the organisation is named, it is renamed."""
    desk, found = offer_of(tmp_path, an_actor(), SEAT.at(name="OMEGA THERAPIES FICTIVES"))
    renamed = [offer for offer in found if offer.kind is OfferKind.RENAMED]
    assert [offer.cells["organisation"] for offer in renamed] == [("Alpha Biotech", "Omega Therapies Fictives")]
    done = offers.accept_offers(desk, intend("renommé"), renamed)
    assert done.change_set, done.left
    assert row_of(desk).cells["name"] == "Omega Therapies Fictives"


@pytest.mark.parametrize(
    "changes",
    [{"name": "ALPHA BIOTECH FRANCE"}, {"name": "ALPHA"}, {"name": "HOLDING FICTIVE", "usual_name": "Alpha Biotech"}, {"diffusion": "P"}],
)
def test_a_name_in_common_is_no_other_name(tmp_path: Path, changes: dict[str, str]) -> None:
    """A longer or shorter one, a usual one, none at all."""
    found = read_offers(tmp_path, an_actor(), SEAT.at(**changes))
    assert {offer.kind for offer in found} == {OfferKind.OPEN}


def test_a_newer_page_is_not_contradicted(tmp_path: Path) -> None:
    """A file of 2026 says nothing against, and nothing more than, a page of the same or a later year."""
    newer = builders.a_claim(actor_id="alpha", field="status", value="present", as_of="2026")
    found = read_offers(tmp_path, an_actor(), SEAT, claims=(newer,))
    assert found == []


def test_a_number_that_no_file_has_is_told(tmp_path: Path) -> None:
    """It may be wrong, or shown to nobody: nothing is concluded."""
    look = read_beside(tmp_path, [an_actor()], [SEAT.at(siren=SIREN[1])])
    assert freshness.list_freshness_offers(look) == []
    assert [lost.siret for lost in freshness.list_unknown_numbers(look)] == [SEAT.siret]


def test_a_kind_is_taken_at_once_and_undone_at_once(tmp_path: Path) -> None:
    """One act for all of a kind; what collides is left out and told."""
    actors = [
        an_actor(),
        *(
            an_actor(id=f"a{n}", name=f"Site {n}", organisation=f"Org {n}", siren=SIREN[n], siret=SEAT.at(siren=SIREN[n]).siret)
            for n in (1, 2)
        ),
    ]
    planted = [SEAT, *(SEAT.at(siren=SIREN[n], name=f"ORG {n}") for n in (1, 2))]
    desk, look = make_look(tmp_path, actors, planted)
    found = freshness.list_freshness_offers(look)
    assert len(found) == 3
    _remove(desk, look)
    done = offers.accept_offers(desk, intend("toujours ouverts"), found)
    assert [offer.row_id for offer in done.done] == ["a1", "a2"]
    assert "Alpha Biotech" in done.left[0].en


def _remove(desk: Desk, look: RegisterLook) -> None:
    """Somebody takes the first actor away meanwhile."""
    assert look.actors[0].id == "alpha"
    remove_row(desk, intend("doublon"), "actors", "alpha")
