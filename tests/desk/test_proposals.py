"""Proposals: stored without an account, told to nobody else, decided once, and the contact gone from the disk."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path

import pytest

from biocarto.desk import duties, proposals
from biocarto.desk.desk_error import DeniedError
from biocarto.desk.members import VISITOR, Member
from biocarto.desk.proposal import ComparedCell, Proposal, ProposalState, ProposedCell
from biocarto.desk.proposal_error import ProposalError
from biocarto.desk.proposal_limits import MOST_WAITING, PACE, build_limit
from biocarto.desk.proposal_texts import Draft
from biocarto.desk.rights import Role
from biocarto.store.database import Store
from tests.support.clock import Clock
from tests.support.desk_store import CONTRIBUTOR, EDITOR, change_row, load_resources, make_store

ACTORS = load_resources()["actors"]
CONTACT = "marie.curie@example.org"


@pytest.fixture
def store(tmp_path: Path) -> Store:
    """A register of two actors."""
    return make_store(tmp_path)


def draft(
    request: str = "click-0001", *, cells: dict[str, str] | None = None, message: str = "", link: str = "", contact: str = ""
) -> Draft:
    """What a form holds."""
    return Draft(cells or {}, message, link, contact, request)


def propose(store: Store, request: str = "click-0001", who: Member = VISITOR, contact: str = CONTACT) -> Proposal:
    """A correction of an actor."""
    given = draft(request, cells={"status": "former"}, message="Fermée en 2023", link="example.org/fin", contact=contact)
    return proposals.propose_correction(store, who, ACTORS, "lysogene", given)


def decide(store: Store, proposal: Proposal, *, accepted: bool = False, reason: str = "Aucune page ne le dit.") -> Proposal:
    """The editor decides."""
    return proposals.decide(store, EDITOR, proposal.id, accepted=accepted, reason=reason)


def waiting(store: Store) -> list[int]:
    """The numbers of what waits."""
    return [found.proposal.number for found in proposals.list_page(store, EDITOR).proposals]


def test_a_correction_remembers_what_was_there(store: Store) -> None:
    """Version, value then and value proposed; the desk shows what has changed since."""
    made = propose(store)
    assert (made.number, made.based_on, made.who) == (1, 1, "")
    assert made.cells == {"status": ProposedCell("unknown", "former")}
    assert made.source_url == "https://example.org/fin"
    change_row(store, "lysogene", status="planned")
    [found] = proposals.list_page(store, EDITOR).proposals
    assert found.proposal == made
    assert (found.name, found.has_moved_on, found.is_gone) == ("Lysogene", True, False)
    assert found.cells == (ComparedCell("status", "unknown", "planned", "former"),)
    assert found.cells[0].has_changed
    assert proposals.find_proposal(store, EDITOR, made.id) == found


def test_a_new_actor_is_a_proposal_without_a_row(store: Store) -> None:
    """Its name is what it is to be called; the register is as it was."""
    cells = {"name": "Alpha Bio", "activity_fr": "Vecteurs viraux", "commune": "Évry"}
    made = proposals.propose_actor(store, VISITOR, ACTORS, draft(cells=cells))
    [found] = proposals.list_page(store, EDITOR).proposals
    assert (found.name, found.row, found.is_gone, made.row_id) == ("Alpha Bio", None, False, "")
    assert [(cell.field, cell.now, cell.after) for cell in found.cells] == [(name, "", text) for name, text in cells.items()]


@pytest.mark.parametrize(
    ("cells", "words"),
    [({}, "nom de l'acteur"), ({"activity_fr": "ARN"}, "nom de l'acteur"), ({"name": "Alpha"}, "ce que fait cet acteur")],
)
def test_a_new_actor_has_a_name_and_does_something(store: Store, cells: dict[str, str], words: str) -> None:
    """Else nobody could look it up."""
    with pytest.raises(ProposalError) as caught:
        proposals.propose_actor(store, VISITOR, ACTORS, draft(cells=cells))
    assert words in caught.value.fr
    assert waiting(store) == []


def test_the_same_click_twice_is_one_proposal(store: Store) -> None:
    """Whatever the number of threads that send it."""
    with ThreadPoolExecutor(8) as pool:
        made = list(pool.map(lambda _: propose(store), range(8)))
    assert {proposal.number for proposal in made} == {1}
    assert waiting(store) == [1]


def test_what_the_register_says_already_is_no_proposal(store: Store) -> None:
    """Nor is an empty form; words alone are one."""
    for cells in ({}, {"status": "unknown"}):
        with pytest.raises(ProposalError, match="is empty, or says"):
            proposals.propose_correction(store, VISITOR, ACTORS, "lysogene", draft(cells=cells))
    made = proposals.propose_correction(store, VISITOR, ACTORS, "lysogene", draft(cells={"status": "unknown"}, message="Vérifiez."))
    assert made.cells == {}


def test_a_row_that_has_gone_is_told(store: Store) -> None:
    """Before it is proposed, as an error; after it, at the desk."""
    with pytest.raises(ProposalError, match="no longer in the register"):
        proposals.propose_correction(store, VISITOR, ACTORS, "nobody", draft(message="?"))
    propose(store)
    with store.write() as transaction:
        transaction.execute("DELETE FROM register_row WHERE id = 'lysogene'")
    [found] = proposals.list_page(store, EDITOR).proposals
    assert (found.is_gone, found.name) == (True, "lysogene")


def test_a_full_list_is_closed_until_something_is_decided(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is stored over it; a click that is in the list stays one."""
    assert MOST_WAITING == 500
    monkeypatch.setattr(proposals, "MOST_WAITING", 2)
    first, _ = propose(store, "click-0001"), propose(store, "click-0002")
    with pytest.raises(ProposalError) as caught:
        propose(store, "click-0003")
    assert "liste des propositions est fermée" in caught.value.fr
    assert propose(store, "click-0001").number == 1
    decide(store, first)
    assert propose(store, "click-0003").number == 3


def test_a_program_is_slowed_down() -> None:
    """Ten of a visit, twenty of all in a minute; then the sentence says how long."""
    clock = Clock()
    limit = build_limit(clock)
    for _ in range(PACE.per_visit):
        with limit.count("a"):
            pass
    with pytest.raises(ProposalError) as caught, limit.count("a"):
        pass
    assert "dans 600 s" in caught.value.fr
    for number in range(PACE.per_while - PACE.per_visit):
        with limit.count(f"{number}"):
            pass
    with pytest.raises(ProposalError), limit.count("another"):
        pass
    clock.now += 60
    with limit.count("another"):
        pass


def test_a_decision_erases_the_contact_from_the_disk(store: Store, tmp_path: Path) -> None:
    """Who decides reads it once more; no file of the store holds it then."""
    made = propose(store)
    assert any(CONTACT.encode() in path.read_bytes() for path in tmp_path.iterdir())
    decided = decide(store, made)
    assert (decided.contact, decided.state, decided.decided_by) == (CONTACT, ProposalState.REFUSED, "e1")
    assert not any(CONTACT.encode() in path.read_bytes() for path in tmp_path.iterdir())
    page = proposals.list_page(store, EDITOR, ProposalState.REFUSED)
    assert [(found.proposal.contact, found.proposal.reason) for found in page.proposals] == [("", "Aucune page ne le dit.")]
    assert page.counts == {ProposalState.OPEN: 0, ProposalState.ACCEPTED: 0, ProposalState.REFUSED: 1}


def test_a_proposal_is_decided_once(store: Store) -> None:
    """The same decision twice is one; another one is refused, and changes nothing."""
    made = propose(store)
    first = decide(store, made)
    again = decide(store, made)
    assert (again.decided_at, again.contact) == (first.decided_at, "")
    with pytest.raises(ProposalError, match="decided already"):
        decide(store, made, accepted=True)
    with pytest.raises(ProposalError, match="does not exist"):
        proposals.decide(store, EDITOR, "nothing", accepted=False, reason="?")


def test_a_decision_has_a_reason_or_a_change_set(store: Store) -> None:
    """A refusal without one is not made, nor is an acceptance that changes nothing."""
    made = propose(store)
    for accepted in (True, False):
        with pytest.raises(ProposalError, match="reason of the decision is missing"):
            decide(store, made, accepted=accepted, reason="  ")
    accepted = proposals.decide(store, EDITOR, made.id, accepted=True, change_set=1)
    assert (accepted.state, accepted.change_set, accepted.reason) == (ProposalState.ACCEPTED, 1, "")


def test_what_is_not_saved_is_not_decided(store: Store) -> None:
    """Decided in the transaction of the act: when the act fails, the proposal waits with its contact."""
    made = propose(store)

    def save_and_fail() -> None:
        with store.write() as transaction:
            proposals.decide_in(transaction, EDITOR, made.id, accepted=True, change_set=1)
            raise RuntimeError("full")

    with pytest.raises(RuntimeError, match="full"):
        save_and_fail()
    [found] = proposals.list_page(store, EDITOR).proposals
    assert (found.proposal.state, found.proposal.contact) == (ProposalState.OPEN, CONTACT)


@pytest.mark.parametrize("who", [VISITOR, CONTRIBUTOR, Member("nobody", "Nobody", Role.ADMINISTRATOR)], ids=["visitor", "named", "forged"])
def test_only_editors_read_and_decide(store: Store, who: Member) -> None:
    """The role is the one of the table, whatever the page says."""
    made = propose(store)
    with pytest.raises(DeniedError):
        proposals.list_page(store, who)
    with pytest.raises(DeniedError):
        proposals.count_by_state(store, who)
    with pytest.raises(DeniedError):
        proposals.find_proposal(store, who, made.id)
    with pytest.raises(DeniedError):
        proposals.decide(store, who, made.id, accepted=True, reason="Oui")
    assert waiting(store) == [1]


def test_a_contributor_sees_the_fate_of_what_is_theirs(store: Store) -> None:
    """And of nothing else; a visitor has no list."""
    mine, _ = propose(store, "click-0001", CONTRIBUTOR, ""), propose(store, "click-0002")
    assert mine.who == "c1"
    decide(store, mine)
    assert [(found.number, found.state, found.reason) for found in proposals.list_own(store, CONTRIBUTOR)] == [
        (1, ProposalState.REFUSED, "Aucune page ne le dit.")
    ]
    with pytest.raises(DeniedError):
        proposals.list_own(store, VISITOR)
    assert propose(store, "click-0003", Member("gone", "Gone", Role.CONTRIBUTOR)).who == ""


def test_pages_are_oldest_first(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """Three to a page; a page beyond the last is the last."""
    monkeypatch.setattr(proposals, "PER_PAGE", 3)
    made = [propose(store, f"click-{number:04}") for number in range(5)]
    assert waiting(store) == [1, 2, 3]
    page = proposals.list_page(store, EDITOR, number=9)
    assert ([found.proposal.number for found in page.proposals], page.number, page.last) == ([4, 5], 2, 2)
    for proposal in made[:2]:
        decide(store, proposal)
    decided = proposals.list_page(store, EDITOR, ProposalState.REFUSED)
    assert [found.proposal.number for found in decided.proposals] == [2, 1]


def test_a_decision_leaves_no_byte_of_the_contact(store: Store, tmp_path: Path) -> None:
    """The next round of the day writes over what the database still holds of it."""
    decide(store, propose(store, "click-0001"))
    with store.read() as transaction:
        assert transaction.execute("SELECT name FROM remark") == [("to_overwrite",)]
    assert duties.tidy_people(store, datetime.now(UTC)) == duties.TidiedPeople()
    assert CONTACT.encode() not in b"".join(path.read_bytes() for path in tmp_path.iterdir() if path.is_file())
    with store.read() as transaction:
        assert transaction.execute("SELECT name FROM remark") == []
