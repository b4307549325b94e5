"""Points of official files: proposed where the quality and the commune allow it, told where not, and written by a person alone."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from biocarto.desk import acts, points, reshaping
from biocarto.desk.acts import Desk
from biocarto.desk.desk_error import CollisionError, DeniedError, DeskError, InvalidRowError
from biocarto.desk.facts import NO_EVIDENCE, PLACE, ChangeKind, Edit
from biocarto.desk.ledger import read_rows, select_facts
from biocarto.desk.members import Member
from biocarto.desk.official import geolocation, positions
from biocarto.desk.official.files import OfficialFile, OfficialKind, list_official
from biocarto.desk.official.geolocation import read_positions
from biocarto.desk.official.offers import Offer, OfferKind, accept_offers
from biocarto.desk.official.positions import PositionTrouble, make_point, place_actor, review_positions, write_degrees
from biocarto.desk.rights import Role
from biocarto.model import Precision
from tests.support.desk import ACTOR as DESK_ACTOR
from tests.support.desk import PAGE, an_intent, copy_store, look_up, open_desk
from tests.support.official_desk import SIREN
from tests.support.official_files import Layout, Planted, complete, write_sirene

ACTOR = "genethon"
COMMUNE = "91228"
POINT = (48.6236, 2.4393)
"""A point in that commune, which is nobody's address."""


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """A desk on a register of its own."""
    return open_desk(copy_store(tmp_path))


def number_actor(desk: Desk) -> Planted:
    """The establishment of an actor in a made-up file: its SIRET of the register, or one that it gets here."""
    cells = look_up(desk, ACTOR).cells
    assert cells["commune_code"] == COMMUNE
    siret = cells.get("siret", "")
    if not siret:
        siren = cells.get("siren") or complete("99900001")
        siret = Planted(siren).siret
        changes = {"siren": (cells.get("siren", ""), siren), "siret": ("", siret)}
        acts.save_row(desk, an_intent(), ("actors", ACTOR), changes, PAGE)
    return Planted(siret[:9], siret[9:], commune_code=COMMUNE, latitude=POINT[0], longitude=POINT[1])


def write_file(folder: Path, *planted: Planted, layout: Layout | None = None, size: int = 0) -> OfficialFile:
    """The geolocation file of a folder."""
    write_sirene(folder / "official", size, planted, layout=layout or Layout())
    found = list_official(folder / "official").find(OfficialKind.POSITIONS)
    assert found is not None
    return found


# --- reading ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "layout",
    [
        Layout(),
        Layout(as_text=True),
        Layout(as_numbers=True),
        Layout("csv", delimiter=";", blank_header=True),
        Layout("zip", delimiter=";"),
    ],
    ids=["parquet", "text", "numbers", "csv", "zip"],
)
def test_any_layout_tells_the_same(tmp_path: Path, layout: Layout) -> None:
    """Float32 or text, codes with or without their zeros: five decimals, and none that Float32 has made up."""
    one = Planted(complete("00900001"), latitude=48.62361, longitude=2.43927)
    file = write_file(tmp_path, one, layout=layout, size=40)
    [found] = read_positions(file, {one.siret})[one.siret]
    assert found.point == pytest.approx((48.62361, 2.43927), abs=1e-5)
    assert found.precision is Precision.STREET
    assert all(round(degrees, 5) == degrees for degrees in found.point or ())


@pytest.mark.parametrize(
    ("quality", "precision"),
    [("11", "street"), ("21", "street"), ("12", "in_street"), ("22", "in_street"), ("33", "commune"), ("44", None)],
)
def test_a_quality_is_worth_no_more_than_it_says(tmp_path: Path, quality: str, precision: str | None) -> None:
    """A random point of the commune is no point, and a code that nobody knows is none either."""
    one = Planted(complete("99900001"), quality=quality)
    [found] = read_positions(write_file(tmp_path, one), {one.siret})[one.siret]
    assert found.precision == precision
    assert (found.point is not None) == (precision in {"street", "in_street"})


def test_only_what_is_asked_for_is_kept(tmp_path: Path) -> None:
    """Of a whole file, the numbers of the register; masked establishments are not in it."""
    shown, masked = Planted(complete("99900001")), Planted(complete("99900002"), diffusion="P")
    file = write_file(tmp_path, shown, masked, size=3_000)
    assert [*read_positions(file, {shown.siret, masked.siret})] == [shown.siret]
    assert read_positions(file, ()) == {}


@given(st.floats(-90, 90, width=32))
def test_degrees_are_written_as_numbers_of_the_table(degrees: float) -> None:
    """Five decimals at most, no exponent, and what is read back is the same metre."""
    text = write_degrees(degrees)
    assert len(text.partition(".")[2]) <= 5
    assert abs(float(text) - degrees) <= 0.000005 + 1e-9
    assert write_degrees(float(text)) == text


def test_a_float_of_four_bytes_is_the_same_metre() -> None:
    """48.62361 comes as 48.623611450195312, and is written as it was."""
    assert write_degrees(float(np.float32(48.62361))) == "48.62361"
    assert write_degrees(48.0) == "48.0"


# --- judging ----------------------------------------------------------------------------------------------------------


def test_a_street_is_proposed_with_its_evidence(desk: Desk, tmp_path: Path) -> None:
    """The page of the dataset, the file with its date, the year; nothing is written before a person says so."""
    file = write_file(tmp_path, number_actor(desk))
    review = review_positions(desk, file)
    [proposal] = review.proposals
    assert (proposal.actor, proposal.proposed) == (ACTOR, make_point(*POINT, Precision.STREET))
    assert (proposal.metres, proposal.now.latitude) == (None, "")
    assert proposal.evidence.source_url.endswith("geolocalisation-des-etablissements-du-repertoire-sirene-pour-les-etudes-statistiques")
    assert file.dated in proposal.evidence.source_title
    assert proposal.evidence.as_of == file.dated[:4]
    assert "latitude" not in look_up(desk, ACTOR).cells
    assert ACTOR not in review.absent


@pytest.mark.parametrize(
    ("changes", "trouble"),
    [
        ({"latitude": 48.8566, "longitude": 2.3522}, PositionTrouble.OUTSIDE),
        ({"latitude": -21.1, "longitude": 55.5}, PositionTrouble.OUTSIDE),
        ({"quality": "99"}, PositionTrouble.UNKNOWN_QUALITY),
        ({"latitude": float("nan")}, PositionTrouble.WITHOUT_POINT),
        ({"latitude": 0.0, "longitude": 0.0}, PositionTrouble.WITHOUT_POINT),
    ],
)
def test_what_cannot_be_is_told(desk: Desk, tmp_path: Path, changes: dict[str, float], trouble: PositionTrouble) -> None:
    """Another commune than the actor's, an unknown code, no point: a conflict for a person, never a position."""
    review = review_positions(desk, write_file(tmp_path, number_actor(desk).at(**changes)))
    assert (review.proposals, [(one.actor, one.trouble) for one in review.conflicts]) == ((), [(ACTOR, trouble)])
    assert review.conflicts[0].commune == ("75056" if changes.get("latitude") == 48.8566 else "")


def test_two_answers_are_no_answer(desk: Desk, tmp_path: Path) -> None:
    """A number that stands twice, at two points."""
    one = number_actor(desk)
    review = review_positions(desk, write_file(tmp_path, one, one.at(latitude=48.625)))
    assert [one.trouble for one in review.conflicts] == [PositionTrouble.AMBIGUOUS]
    assert review_positions(desk, write_file(tmp_path / "twice", one, one)).proposals


def test_a_random_point_of_the_commune_is_never_taken(desk: Desk, tmp_path: Path) -> None:
    """Quality 33 says what the register says."""
    review = review_positions(desk, write_file(tmp_path, number_actor(desk).at(quality="33")))
    assert (review.proposals, review.conflicts, review.commune_only) == ((), (), (ACTOR,))


# --- deciding ---------------------------------------------------------------------------------------------------------


def test_an_accepted_point_is_one_act_with_its_page(desk: Desk, tmp_path: Path) -> None:
    """Three cells and the row of evidence, by the file; asked again there is nothing to do, and one undo takes it all back."""
    file = write_file(tmp_path, number_actor(desk))
    before = look_up(desk, ACTOR).cells
    made = positions.accept_positions(desk, an_intent(), review_positions(desk, file).proposals)
    assert made is not None
    assert made.kind is ChangeKind.RECONCILE
    cells = look_up(desk, ACTOR).cells
    assert (cells["latitude"], cells["longitude"], cells["position"]) == ("48.6236", "2.4393", "street")
    with desk.store.read() as transaction:
        claims = [row.cells for row in read_rows(transaction, "evidence") if row.cells["field"] == "latitude"]
        facts = list(select_facts(transaction, "WHERE change_set = ? AND resource = 'actors'", (made.number,)))
    assert [(claim["value"], claim["source_title"]) for claim in claims] == [("48.6236", file.title)]
    assert {fact.evidence.source_url for fact in facts} == {file.page}
    again = review_positions(desk, file)
    assert (again.proposals, again.unchanged) == ((), (ACTOR,))
    reshaping.undo(desk, an_intent(), made.number)
    assert look_up(desk, ACTOR).cells == before


def test_a_better_known_point_is_kept(desk: Desk, tmp_path: Path) -> None:
    """At its number, then only in its street according to a file: told, and not proposed."""
    one = number_actor(desk)
    place_actor(desk, an_intent(), ACTOR, make_point(48.625, 2.44, Precision.STREET), PAGE)
    for quality in ("12", "33"):
        review = review_positions(desk, write_file(tmp_path / quality, one.at(quality=quality)))
        assert (review.proposals, [one.trouble for one in review.conflicts]) == ((), [PositionTrouble.COARSER])
    [proposal] = review_positions(desk, write_file(tmp_path / "11", one)).proposals
    assert proposal.metres == pytest.approx(164, abs=10)


def test_a_move_that_a_file_offers_takes_the_point_away(desk: Desk) -> None:
    """The point was that of the former address: it does not keep the offer from being taken, and stays in the history."""
    number_actor(desk)
    place_actor(desk, an_intent(), ACTOR, make_point(*POINT, Precision.STREET), PAGE)
    seen = look_up(desk, ACTOR).cells
    wanted = {"commune": "Massy", "commune_code": "91377", "postcode": "91300", "site_id": "", "site": "", "address": "3 rue A"}
    cells = {column: (seen.get(column, ""), after) for column, after in wanted.items()}
    done = accept_offers(desk, an_intent(), [Offer(OfferKind.MOVED, ACTOR, seen["name"], "moved", cells, PAGE)])
    assert (len(done.done), done.left) == (1, ())
    after = look_up(desk, ACTOR).cells
    assert (after["position"], after.get("latitude"), after["commune"]) == ("commune", None, "Massy")


def test_a_file_is_read_once_for_the_same_numbers(desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A page asks at each run: the file is read again for a number more, or where it is another file."""
    scanned: list[str] = []
    scan = geolocation.scan
    monkeypatch.setattr(geolocation, "scan", lambda file, *rest, **more: scanned.append(file.name) or scan(file, *rest, **more))
    file = write_file(tmp_path, number_actor(desk))
    assert review_positions(desk, file) == review_positions(desk, file)
    assert len(scanned) == 1
    changes = {"siren": (look_up(desk).cells.get("siren", ""), SIREN[1]), "siret": ("", Planted(SIREN[1]).siret)}
    acts.save_row(desk, an_intent(), ("actors", DESK_ACTOR), changes, PAGE)
    assert DESK_ACTOR in review_positions(desk, file).absent
    assert len(scanned) == 2


def test_a_refused_point_is_not_proposed_again(desk: Desk, tmp_path: Path) -> None:
    """The same point of the same precision; another point of a later file is another question."""
    one = number_actor(desk)
    positions.refuse_positions(desk, an_intent("c'est l'ancien bâtiment"), review_positions(desk, write_file(tmp_path, one)).proposals)
    review = review_positions(desk, write_file(tmp_path, one))
    assert (review.proposals, review.refused) == ((), (ACTOR,))
    assert review_positions(desk, write_file(tmp_path / "later", one.at(latitude=48.625))).proposals


def test_a_point_that_changed_meanwhile_collides(desk: Desk, tmp_path: Path) -> None:
    """What was proposed was proposed beside another value: nothing is written."""
    proposals = review_positions(desk, write_file(tmp_path, number_actor(desk))).proposals
    place_actor(desk, an_intent(), ACTOR, make_point(48.625, 2.44, Precision.STREET), PAGE)
    with pytest.raises(CollisionError):
        positions.accept_positions(desk, an_intent(), proposals)


def test_a_point_of_a_number_that_is_gone_is_not_written(desk: Desk, tmp_path: Path) -> None:
    """Somebody gave the actor another establishment while the list was open: its point is not that one's."""
    one = number_actor(desk)
    review = review_positions(desk, write_file(tmp_path, one))
    other = Planted(one.siren, "0009").siret
    acts.save_row(desk, an_intent(), ("actors", ACTOR), {"siret": (one.siret, other)}, PAGE)
    with pytest.raises(DeskError, match="no longer has SIRET"):
        positions.accept_positions(desk, an_intent(), review.proposals)
    assert "latitude" not in look_up(desk, ACTOR).cells


def test_another_point_does_not_keep_the_precision_of_the_first(desk: Desk) -> None:
    """A point that somebody types is in its street, whatever the point before it was: nobody said that it is at its number."""
    place_actor(desk, an_intent(), ACTOR, make_point(*POINT, Precision.STREET), PAGE)
    seen = look_up(desk, ACTOR).cells
    acts.save_row(desk, an_intent(), ("actors", ACTOR), {"latitude": (seen["latitude"], "48.624")}, PAGE)
    assert look_up(desk, ACTOR).cells["position"] == "in_street"
    place_actor(desk, an_intent(), ACTOR, make_point(*POINT, Precision.STREET), PAGE)
    assert look_up(desk, ACTOR).cells["position"] == "street"


def test_what_is_no_position_is_not_written(desk: Desk) -> None:
    """Outside of the commune, of the precision of a commune, without a page, by whoever may not edit."""
    number_actor(desk)
    with pytest.raises(InvalidRowError, match="91228"):
        place_actor(desk, an_intent(), ACTOR, make_point(48.8566, 2.3522, Precision.STREET), PAGE)
    with pytest.raises(DeskError, match="no more than the commune"):
        place_actor(desk, an_intent(), ACTOR, make_point(*POINT, Precision.COMMUNE), PAGE)
    with pytest.raises(DeskError, match="Say where"):
        place_actor(desk, an_intent(), ACTOR, make_point(*POINT, Precision.STREET), NO_EVIDENCE)
    reader = Member("nobody", "Reader", Role.CONTRIBUTOR)
    with pytest.raises(DeniedError):
        place_actor(desk, an_intent(who=reader), ACTOR, make_point(*POINT, Precision.STREET), PAGE)
    with pytest.raises(DeniedError):
        positions.refuse_positions(desk, an_intent(who=reader), ())
    assert "latitude" not in look_up(desk, ACTOR).cells


# --- a point goes with its address ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("column", "after", "stays"),
    [("name", "Genethon (Évry)", True), ("address", "2 rue des Exemples", False), ("siret", "", False)],
)
def test_a_point_goes_with_what_it_was_of(desk: Desk, column: str, after: str, stays: bool) -> None:
    """Another address or another number empties it, in the same act; whatever else changes, it stays."""
    number_actor(desk)
    if not look_up(desk, ACTOR).cells.get("address"):
        acts.save_row(desk, an_intent(), ("actors", ACTOR), {"address": ("", "1 rue des Exemples")}, PAGE)
    place_actor(desk, an_intent(), ACTOR, make_point(*POINT, Precision.STREET), PAGE)
    seen = look_up(desk, ACTOR).cells.get(column, "")
    acts.save_row(desk, an_intent(), ("actors", ACTOR), {column: (seen, after)}, PAGE)
    cells = look_up(desk, ACTOR).cells
    assert ("latitude" in cells, "longitude" in cells, cells["position"] == "street") == (stays, stays, stays)
    assert stays or cells["position"] == ("campus" if cells.get("site_id") else "commune")


_MOVES: dict[str, dict[str, str]] = {
    "at its number": {"latitude": "48.62", "longitude": "2.44", "position": "street"},
    "in its street": {"latitude": "48.63", "longitude": "2.45", "position": "in_street"},
    "on a campus": {"site_id": "genopole", "position": "campus"},
    "on none": {"site_id": "", "position": "commune"},
    "address": {"address": "3 rue A"},
    "other address": {"address": "4 rue A"},
    "no point": {"latitude": "", "longitude": ""},
    "name": {"name": "Alpha"},
}


@given(st.lists(st.sampled_from(sorted(_MOVES))))
def test_the_precision_is_what_the_row_holds(moves: list[str]) -> None:
    """Whatever acts follow each other, the precision is that of the point, else of the campus, else of the commune."""
    row = {PLACE: "1", "position": "commune", "address": "4 rue A"}
    for move in moves:
        before = dict(row)
        edits = [Edit("actors", "alpha", column, row.get(column, ""), after) for column, after in _MOVES[move].items()]
        row |= {edit.field: edit.after for edit in (*edits, *points.list_following("alpha", row, edits))}
        has_point = bool(row.get("latitude"))
        assert has_point == bool(row.get("longitude")) == (row["position"] in {"street", "in_street"})
        assert has_point or row["position"] == ("campus" if row.get("site_id") else "commune")
        assert not has_point or "latitude" in _MOVES[move] or row["address"] == before["address"]
