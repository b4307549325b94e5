"""Which establishment an actor is: proposed with a score, taken or refused by a person, remembered."""

from __future__ import annotations

from pathlib import Path

import pytest

from biocarto.desk import reshaping
from biocarto.desk.desk_error import DeniedError, DeskError
from biocarto.desk.facts import ActName, ChangeKind
from biocarto.desk.ledger import read_row, select_facts
from biocarto.desk.members import Member
from biocarto.desk.official import offers, reconcile
from biocarto.desk.official.offers import Offer
from biocarto.desk.rights import Role
from tests import builders
from tests.support.official_desk import SIREN, look_again, make_look, read_beside
from tests.support.official_files import Planted
from tests.support.small_desk import intend

ACTOR = builders.an_actor(id="alpha", name="Alpha Biotech", organisation="Alpha Biotech")
HERE = Planted(SIREN[0], name="ALPHA BIOTECH")
ELSEWHERE = Planted(SIREN[1], name="ALPHA BIOTECH FRANCE", commune_code="69123", commune="LYON", postcode="69001", activity="47.11B")


def numbers(found: list[Offer], actor: str = "alpha") -> list[str]:
    """The SIRETs that an actor is offered, the best first."""
    return [offer.subject for offer in found if offer.row_id == actor]


@pytest.mark.parametrize(
    ("actor", "planted"),
    [
        ({}, HERE),
        ({"name": "Alpha – site d'Évry", "organisation": "ALPHA-BIOTECH SAS"}, HERE),
        ({"name": "Alphabiotech", "organisation": "Alphabiotech"}, HERE),
        ({"name": "Laboratoires (Alpha Biotech)", "organisation": "Autre"}, HERE),
        ({}, HERE.at(name="HOLDING FICTIVE", usual_name="Alpha Biotech")),
        ({}, HERE.at(name="HOLDING FICTIVE", sign="ALPHA BIOTECH")),
        ({}, HERE.at(name="SOCIETE ALPHA BIOTECHE")),
        ({"commune": "Paris", "commune_code": "75056"}, HERE.at(commune_code="75113", commune="PARIS 13", postcode="75013")),
        ({"name": "Rien de tel", "organisation": "Rien de tel", "siren": SIREN[0]}, HERE),
    ],
    ids=["name", "organisation", "one word", "in brackets", "usual name", "over the door", "typing error", "Paris", "known by SIREN"],
)
def test_an_establishment_is_found_by_name_and_place(tmp_path: Path, actor: dict[str, str], planted: Planted) -> None:
    """However both are written; the right commune and an activity of the sector make it sure."""
    look = read_beside(tmp_path, [{**ACTOR, **actor}], [planted, ELSEWHERE.at(name="ALPHABET FICTIF")])
    found = reconcile.list_siret_offers(look)
    assert numbers(found) == [planted.siret]
    assert found[0].score >= 0.85
    assert found[0].parts["commune"] == 1
    assert found[0].evidence.source_url.startswith("https://www.data.gouv.fr/datasets/")
    assert found[0].evidence.source_title == "INSEE, Sirene, StockEtablissement (2026-11-01)"
    assert (found[0].evidence.as_of, found[0].evidence.valid_from) == ("2026", "2015-03-01")


def test_the_best_few_are_offered_the_nearest_first(tmp_path: Path) -> None:
    """Another commune, another activity, a closed one: each tells in the score; a name of no likeness is not offered."""
    planted = [ELSEWHERE, HERE, HERE.at(nic="0002", state="F"), HERE.at(siren=SIREN[2], name="OMEGA FICTIF")]
    look = read_beside(tmp_path, [ACTOR], planted)
    assert numbers(reconcile.list_siret_offers(look)) == [HERE.siret, HERE.at(nic="0002").siret]


def test_persons_and_masked_rows_are_offered_to_nobody_by_name(tmp_path: Path) -> None:
    """An entrepreneur who trades under the name of a company is no company."""
    look = read_beside(tmp_path, [ACTOR], [HERE.at(category=1000, sign="ALPHA BIOTECH"), HERE.at(siren=SIREN[1], diffusion="P")])
    assert reconcile.list_siret_offers(look) == []


def test_a_number_that_is_taken_is_a_fact_with_its_file(tmp_path: Path) -> None:
    """SIRET and SIREN are written as one act, rest on the page of the dataset, and are offered no more; undone, they are again."""
    desk, look = make_look(tmp_path, [ACTOR], [HERE])
    clear = reconcile.list_clear(reconcile.list_siret_offers(look))
    done = offers.accept_offers(desk, intend("rapproché de Sirene"), clear)
    assert done.change_set
    assert (done.change_set.kind, done.change_set.act) == (ChangeKind.RECONCILE, ActName.CORRECT)
    with desk.store.read() as transaction:
        row = read_row(transaction, "actors", "alpha")
        facts = select_facts(transaction, "WHERE change_set = ? AND resource = 'actors'", (done.change_set.number,))
    assert row
    assert (row.cells["siret"], row.cells["siren"]) == (HERE.siret, SIREN[0])
    assert {(fact.evidence.as_of, fact.evidence.valid_from) for fact in facts} == {("2026", "2015-03-01")}
    assert reconcile.list_siret_offers(look_again(tmp_path, desk)) == []
    reshaping.undo(desk, intend("erreur"), done.change_set.number)
    assert numbers(reconcile.list_siret_offers(look_again(tmp_path, desk))) == [HERE.siret]


def test_the_same_click_twice_is_one_act(tmp_path: Path) -> None:
    """Nothing is told to collide with itself."""
    desk, look = make_look(tmp_path, [ACTOR], [HERE])
    intent, found = intend("rapproché"), reconcile.list_siret_offers(look)
    first, second = (offers.accept_offers(desk, intent, found) for _ in range(2))
    assert first.change_set == second.change_set
    assert second.left == ()


def test_what_was_refused_is_not_offered_again(tmp_path: Path) -> None:
    """With a reason, by somebody who may decide."""
    desk, look = make_look(tmp_path, [ACTOR], [HERE, HERE.at(nic="0002")])
    found = reconcile.list_siret_offers(look)
    assert len(found) == 2
    with pytest.raises(DeskError):
        offers.refuse_offers(desk, intend("  "), found[:1])
    with pytest.raises(DeniedError):
        offers.refuse_offers(desk, intend("non", Member("x", "X", Role.CONTRIBUTOR)), found[:1])
    offers.refuse_offers(desk, intend("c'est un homonyme"), found[:1])
    assert numbers(reconcile.list_siret_offers(look_again(tmp_path, desk))) == [found[1].subject]


def test_two_actors_do_not_get_one_number_silently(tmp_path: Path) -> None:
    """The second one is left out and told; a person may say that they share it."""
    two = [ACTOR, {**ACTOR, "id": "alpha-bis", "name": "Alpha Biotech – plateforme", "site": "Autre", "commune": "Évry-Courcouronnes"}]
    desk, look = make_look(tmp_path, two, [HERE])
    found = reconcile.list_siret_offers(look)
    assert {offer.row_id: offer.shared for offer in found} == {"alpha": ("alpha-bis",), "alpha-bis": ("alpha",)}
    assert reconcile.list_clear(found) == []
    done = offers.accept_offers(desk, intend("rapproché"), found)
    assert [offer.row_id for offer in done.done] == ["alpha"]
    assert "alpha-bis" not in done.left[0].fr
    assert "Alpha Biotech – plateforme" in done.left[0].fr
    again = offers.accept_offers(desk, intend("même adresse"), found[1:], shares=True)
    assert [offer.row_id for offer in again.done] == ["alpha-bis"]


def test_a_siren_of_another_organisation_is_told(tmp_path: Path) -> None:
    """One legal unit would be counted as two organisations; the others of the same act are written."""
    other = builders.an_actor(id="delta", name="Delta", organisation="Delta", siren=SIREN[0])
    third = builders.an_actor(id="gamma", name="Gamma Fictif", organisation="Gamma Fictif")
    desk, look = make_look(tmp_path, [other, ACTOR, third], [HERE, HERE.at(siren=SIREN[2], name="GAMMA FICTIF")])
    found = [offer for offer in reconcile.list_siret_offers(look) if offer.row_id != "delta"]
    done = offers.accept_offers(desk, intend("rapproché"), found)
    assert [offer.row_id for offer in done.done] == ["gamma"]
    assert "Delta" in done.left[0].fr


def test_a_cell_that_somebody_filled_meanwhile_is_told(tmp_path: Path) -> None:
    """What was offered was offered for another register: nothing is overwritten."""
    desk, look = make_look(tmp_path, [ACTOR], [HERE, HERE.at(nic="0002")])
    first, second = reconcile.list_siret_offers(look)
    offers.accept_offers(desk, intend("rapproché"), [first])
    late = offers.accept_offers(desk, intend("rapproché"), [second])
    assert late.change_set is None
    assert first.subject in late.left[0].en


def test_without_files_nothing_is_offered(tmp_path: Path) -> None:
    """The folder may be empty, or not there."""
    desk, _ = make_look(tmp_path, [ACTOR], [HERE])
    for path in (tmp_path / "official").iterdir():
        path.unlink()
    assert reconcile.list_siret_offers(look_again(tmp_path, desk)) == []
