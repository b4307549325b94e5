"""What hostile and odd files, and two people at once, must not bring into the register: a false fact, a name of a person, a stack trace."""

from __future__ import annotations

import zipfile
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from biocarto.desk.acts import close_actor, save_row
from biocarto.desk.desk_error import DeniedError, DeskError
from biocarto.desk.facts import ChangeSet, Evidence, RegisterRow
from biocarto.desk.ledger import find_deviations, read_row, read_rows
from biocarto.desk.members import Member
from biocarto.desk.official import candidates, freshness, offers, reconcile
from biocarto.desk.official.files import DATASETS, OfficialKind, list_official
from biocarto.desk.official.offers import ONE_BY_ONE, OfferKind
from biocarto.desk.official.official_error import OfficialFileError
from biocarto.desk.official.register_look import look_beside
from biocarto.desk.official.scanning import scan
from biocarto.desk.reshaping import undo
from biocarto.desk.rights import Role
from tests.support.official_desk import GONE, NEXT, SEAT, SIREN, an_actor, look_again, make_look, read_beside
from tests.support.official_files import ESTABLISHMENTS, UNITS, Layout, Planted, write_sirene
from tests.support.register import layers
from tests.support.small_desk import intend

PAGE = Evidence("https://example.org/alpha", "Alpha – fermeture (2026)", "2026", "2026-09", "")


# --- facts --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("other", [NEXT.at(commune_code="69123", commune="LYON", postcode="69001"), NEXT.at(diffusion="P")])
def test_one_that_has_gone_where_nobody_can_follow_is_not_among_the_closed(tmp_path: Path, other: Planted) -> None:
    """Another establishment took its place, out of the region or masked: a kind of its own, looked at one by one."""
    look = read_beside(tmp_path, [an_actor()], [GONE, other])
    (offer,) = freshness.list_freshness_offers(look)
    assert (offer.kind, offer.cells["status"]) == (OfferKind.LEFT, ("present", "former"))
    assert OfferKind.LEFT in ONE_BY_ONE
    assert OfferKind.CLOSED not in ONE_BY_ONE
    assert offer.told["next_siret"] == other.siret


def test_a_confirmation_never_rests_on_what_somebody_changed_meanwhile(tmp_path: Path) -> None:
    """SIRENE says open, an editor has closed the site since: nothing says that SIRENE had said so."""
    desk, look = make_look(tmp_path, [an_actor()], [SEAT])
    found = freshness.list_freshness_offers(look)
    close_actor(desk, intend("fermé"), "alpha", "present", PAGE)
    done = offers.accept_offers(desk, intend("toujours ouverts"), found)
    assert (done.change_set, len(done.left)) == (None, 1)
    with desk.store.read() as transaction:
        claims = read_rows(transaction, "evidence")
        assert not list(find_deviations(transaction))
    assert [claim.cells["source_url"] for claim in claims] == [PAGE.source_url]


def test_an_offer_about_a_name_is_none_once_the_name_is_another(tmp_path: Path) -> None:
    """What was found by a name that the row had while the list was open is left out, and told."""
    desk, look = make_look(tmp_path, [an_actor(siren="", siret="")], [SEAT])
    found = reconcile.list_siret_offers(look)
    save_row(desk, intend("autre"), ("actors", "alpha"), {"name": ("Alpha Biotech", "Omega")}, PAGE)
    done = offers.accept_offers(desk, intend("rapprochés"), found)
    assert done.change_set is None
    assert "Omega" in done.left[0].en


def test_a_closed_establishment_is_never_sure(tmp_path: Path) -> None:
    """It may be where the actor was before: its number is offered, not taken with others."""
    found = reconcile.list_siret_offers(read_beside(tmp_path, [an_actor(siren="", siret="")], [GONE]))
    assert [offer.score >= reconcile.CLEAR for offer in found] == [True]
    assert reconcile.list_clear(found) == []


def test_another_name_cites_the_file_that_says_it(tmp_path: Path) -> None:
    """Names of legal units are in their own file, with its own date."""
    write_sirene(tmp_path / "official", 0, [SEAT.at(name="OMEGA THERAPIES FICTIVES")], layout=Layout("csv"))
    units = tmp_path / "official" / f"{UNITS}.csv"
    text = units.read_text(encoding="utf-8")
    assert "2026-11-01" in text
    units.write_text(text.replace("2026-11-01", "2025-08-01"), encoding="utf-8")
    row = RegisterRow("actors", "alpha", 1, 1, {name: cell for name, cell in an_actor().items() if cell})
    look = look_beside(layers(), [row], [], list_official(tmp_path / "official"))
    (renamed,) = (offer for offer in freshness.list_freshness_offers(look) if offer.kind is OfferKind.RENAMED)
    assert renamed.evidence.source_title == "INSEE, Sirene, StockUniteLegale (2025-08-01)"
    assert renamed.evidence.as_of == "2025"
    assert renamed.evidence.source_url == DATASETS[OfficialKind.LEGAL_UNITS].page


@pytest.mark.parametrize(("unit_created", "founded"), [("1998-04-01", "1998"), ("1900-01-01", None)])
def test_a_company_is_as_old_as_its_legal_unit(tmp_path: Path, unit_created: str, founded: str | None) -> None:
    """Its establishment may be newer; a day that INSEE writes where it knows none is none."""
    one = SEAT.at(created="2023-05-01", unit_created=unit_created)
    (found,) = candidates.list_candidates(read_beside(tmp_path, [], [one]))
    assert (found.created, candidates.prefill_row(found).get("founded")) == ("2023-05-01", founded)


# --- persons ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("category", ["", "nan", "1000.0", "1", "10"])
def test_a_category_that_cannot_be_read_is_a_person(tmp_path: Path, category: str) -> None:
    """Only a category of legal persons lets a name through, over the door or not."""
    person = SEAT.at(name="JEANNE PERSONNE", sign="CABINET PERSONNE", category=7777)
    write_sirene(tmp_path, 0, [person], layout=Layout("csv"))
    path = tmp_path / f"{UNITS}.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("7777", category), encoding="utf-8")
    row = RegisterRow("actors", "alpha", 1, 1, {name: cell for name, cell in an_actor().items() if cell})
    look = look_beside(layers(), [row], [], list_official(tmp_path))
    assert look.sirene
    assert "PERSONNE" not in look.sirene.establishments.to_csv() + look.sirene.units.to_csv()
    assert look.sirene.establishments["address"].tolist() == [""]
    everything = repr(freshness.list_freshness_offers(look)) + repr(candidates.list_candidates(look))
    assert "personne" not in everything.lower()


# --- rights -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("role", [Role.VISITOR, Role.CONTRIBUTOR])
def test_who_may_not_edit_decides_nothing(tmp_path: Path, role: Role) -> None:
    """Neither takes, nor refuses, nor adds; not even learns what stands in the way."""
    other = Planted(SIREN[1], name="OMEGA FICTIF")
    desk, look = make_look(tmp_path, [an_actor()], [SEAT, other])
    found, (new,) = freshness.list_freshness_offers(look), candidates.list_candidates(look)
    who = Member("m-x", "X", role)
    close_actor(desk, intend("fermé"), "alpha", "present", PAGE)
    for act in (
        lambda: offers.accept_offers(desk, intend("x", who), found),
        lambda: offers.refuse_offers(desk, intend("x", who), found),
        lambda: candidates.refuse_candidates(desk, intend("x", who), [new.siret]),
        lambda: candidates.add_candidate(desk, intend("x", who), new, {"activity_fr": "x"}, PAGE),
    ):
        with pytest.raises(DeniedError):
            act()
    assert look_again(tmp_path, desk).verdicts == ()


# --- files --------------------------------------------------------------------------------------------------------------


def test_what_else_is_in_a_zip_is_left_alone(tmp_path: Path) -> None:
    """A note, a table of another origin, a hidden double of a Mac beside the official table."""
    write_sirene(tmp_path, 0, [SEAT], layout=Layout("csv"))
    table = (tmp_path / f"{ESTABLISHMENTS}.csv").read_bytes()
    for path in tmp_path.iterdir():
        path.unlink()
    with zipfile.ZipFile(tmp_path / "stock.zip", "w") as archive:
        archive.writestr("lisez-moi.txt", "Licence Ouverte 2.0\n")
        archive.writestr("other.csv", "a;b\n1;2\n")
        archive.writestr("__MACOSX/._StockEtablissement_utf8.csv", b"\x00\x05\x16\x07" + bytes(90))
        archive.writestr("StockEtablissement_utf8.csv", table)
    folder = list_official(tmp_path)
    assert [file.kind for file in folder.files] == [OfficialKind.ESTABLISHMENTS]
    assert folder.troubles == ()


@pytest.mark.parametrize("method", [zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_a_zip_that_is_damaged_within_is_a_sentence(tmp_path: Path, method: int) -> None:
    """Its list is whole, its table is not."""
    path = tmp_path / "stock.zip"
    with zipfile.ZipFile(path, "w", method) as archive:
        archive.writestr("StockEtablissement_utf8.csv", "siren,siret\n" + "".join(f"{n},{n * 7919}\n" for n in range(9_000)))
    data = bytearray(path.read_bytes())
    data[70:400] = bytes(255 - byte for byte in data[70:400])
    path.write_bytes(bytes(data))
    folder = list_official(tmp_path)
    assert folder.files == ()
    assert [notice.table for notice in folder.troubles] == [path.name]


def test_a_name_that_is_no_text_can_be_told(tmp_path: Path) -> None:
    """A file whose name has bytes of another encoding: every page and every line of JSON can hold it."""
    (tmp_path / "stock\udce9.csv").write_bytes(b"nothing")
    (tmp_path / "units\udce9.csv").write_text("siret;qualite_xy;x_longitude;y_latitude\n1;33;2;48\n", encoding="utf-8")
    folder = list_official(tmp_path)
    for text in (folder.files[0].name, folder.troubles[0].table, folder.troubles[0].fr):
        assert text.encode()


@pytest.mark.parametrize("text", ["siren,siret\rx,y\n1,2\n", 'siren,"siret\n1,2\n', "a\x00,b\n1,2\n", "\n\n\n", ",,,,\n1,2\n"])
def test_a_header_that_is_none_is_a_sentence(tmp_path: Path, text: str) -> None:
    """Lines of an old Mac, an open quote, a NUL, nothing."""
    (tmp_path / "odd.csv").write_bytes(text.encode())
    folder = list_official(tmp_path)
    assert folder.files == ()
    assert [notice.table for notice in folder.troubles] == ["odd.csv"]


def test_a_column_that_stands_twice_is_a_sentence(tmp_path: Path) -> None:
    """In a Parquet: nobody can say which of the two is meant."""
    names = [*sorted(DATASETS[OfficialKind.POSITIONS].columns), "siret"]
    path = tmp_path / "twice.parquet"
    pq.write_table(pa.table([pa.array(["1"])] * len(names), names=names), path)
    for file in list_official(tmp_path).files:
        with pytest.raises(OfficialFileError):
            list(scan(file, ("siret",), ("qualite_xy",)))


def test_a_day_is_a_day_whatever_the_file_writes(tmp_path: Path) -> None:
    """Without dashes, with its hour, or none at all: what no calendar has is not known."""
    days = ["20150301", "2015-03-01T04:05:06", "2015-13-45", "inconnu", "1900-01-01", "", "[ND]"]
    names = sorted(DATASETS[OfficialKind.POSITIONS].columns)
    path = tmp_path / "days.parquet"
    pq.write_table(pa.table({**dict.fromkeys(names, days), "dateDebut": days}), path)
    (file,) = list_official(tmp_path).files
    assert [day for part in scan(file, ("dateDebut",)) for day in part["dateDebut"].to_pylist()] == ["2015-03-01"] * 2 + [""] * 5


def test_a_cell_beyond_all_bounds_is_a_sentence(tmp_path: Path) -> None:
    """Nine megabytes without the end of a line."""
    write_sirene(tmp_path, 0, [SEAT], layout=Layout("csv"))
    path = tmp_path / f"{UNITS}.csv"
    path.write_bytes(path.read_bytes() + b'1,"' + b"x" * 18_000_000)
    file = list_official(tmp_path).find(OfficialKind.LEGAL_UNITS)
    assert file
    with pytest.raises(OfficialFileError):
        list(scan(file, ("siren",)))


def test_no_second_actor_gets_the_number_of_an_act_of_the_same_moment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two editors take the same SIRET for two rows: the second one is told, whatever it had read before."""
    two = an_actor(id="beta", name="Alpha Biotech Paris", siren="", siret="")
    desk, look = make_look(tmp_path, [an_actor(siren="", siret=""), two], [SEAT])
    first, second = (next(o for o in reconcile.list_siret_offers(look) if o.row_id == name) for name in ("alpha", "beta"))
    write = offers.act_on

    def lose(*given: Any) -> ChangeSet | None:
        monkeypatch.setattr(offers, "act_on", write)
        assert offers.accept_offers(desk, intend("le premier"), [first]).change_set
        return write(*given)

    monkeypatch.setattr(offers, "act_on", lose)
    with pytest.raises(DeskError):
        offers.accept_offers(desk, intend("le second"), [second])
    with desk.store.read() as transaction:
        row = read_row(transaction, "actors", "beta")
    assert row
    assert "siret" not in row.cells


def test_a_decision_stands_as_its_act_does(tmp_path: Path) -> None:
    """Undone, done again by undoing that, and undone once more: what is offered follows."""
    desk, look = make_look(tmp_path, [an_actor(siren="", siret="")], [SEAT])
    made = offers.accept_offers(desk, intend("rapprochés"), reconcile.list_siret_offers(look)).change_set
    for offered in (1, 0, 1, 0):
        assert made
        made = undo(desk, intend("retour"), made.number)
        assert len(reconcile.list_siret_offers(look_again(tmp_path, desk))) == offered


@pytest.mark.parametrize(
    "name", ["OMEGA\u202eFICTIVE", "OMEGA\x07FICTIVE", "OMEGA \u200b FICTIVE", "X" * 6_000], ids=["turned", "a bell", "hidden", "no end"]
)
def test_a_name_that_hides_or_has_no_end_is_left_out(tmp_path: Path, name: str) -> None:
    """An official file may be anybody's: its texts keep the rules of those that people type."""
    desk, look = make_look(tmp_path, [an_actor()], [SEAT.at(name=name)])
    renamed = [offer for offer in freshness.list_freshness_offers(look) if offer.kind is OfferKind.RENAMED]
    done = offers.accept_offers(desk, intend("renommé"), renamed)
    assert (done.change_set, len(done.left)) == (None, 1)
