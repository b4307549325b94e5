"""Who is open under the sector's codes and is no actor: hidden until a person says what they do, and by which page."""

from __future__ import annotations

from pathlib import Path

import pytest

from biocarto.desk.desk_error import DeskError
from biocarto.desk.facts import ChangeKind, Evidence
from biocarto.desk.ledger import read_rows
from biocarto.desk.official import candidates
from biocarto.desk.official.activities import ACTIVITIES, EMPLOYEES, label_employees
from biocarto.desk.official.verdicts import list_verdicts
from biocarto.i18n import Locale
from tests import builders
from tests.support.official_desk import SIREN, look_again, make_look, read_beside
from tests.support.official_files import Planted, complete
from tests.support.small_desk import intend

ACTOR = builders.an_actor(id="alpha", name="Alpha Biotech", organisation="Alpha Biotech", siren=SIREN[0])
NEW = Planted(SIREN[1], name="OMEGA FICTIF", commune_code="75113", commune="PARIS 13", postcode="75013", employees="12")
PAGE = Evidence("https://example.org/omega", "Omega – ce que nous faisons (2026)", "2026", "", "")
CELLS = {"category": "biotherapies", "activity_fr": "Thérapie génique fictive", "activity_en": "Made-up gene therapy"}


def test_what_the_register_lacks_is_told_with_size_and_day(tmp_path: Path) -> None:
    """The nearest codes first, then the largest."""
    small = NEW.at(siren=SIREN[2], name="BETA FICTIF", employees="01")
    wide = NEW.at(siren=SIREN[3], name="GAMMA FICTIF", activity="46.46Z", employees="53")
    look = read_beside(tmp_path, [ACTOR], [wide, small, NEW])
    found = candidates.list_candidates(look)
    assert [one.name for one in found] == ["Omega Fictif", "Beta Fictif", "Gamma Fictif"]
    assert [one.is_near for one in found] == [True, True, False]
    assert (found[0].commune, found[0].created, found[0].activity) == ("Paris", "2015-03-01", "72.11Z")
    assert Locale("en")(label_employees(found[0].employees)) == "20 to 49 employees"


@pytest.mark.parametrize(
    "planted",
    [
        NEW.at(siren=SIREN[0], nic="0007"),
        NEW.at(state="F"),
        NEW.at(activity="47.11B"),
        NEW.at(commune_code="69123", commune="LYON"),
        NEW.at(category=1000, sign="OMEGA"),
        NEW.at(diffusion="P"),
        NEW.at(name="Alpha Biotech SAS", commune_code="77288"),
        NEW.at(nomenclature="NAFRev1"),
    ],
    ids=["of an actor", "closed", "another code", "elsewhere", "a person", "masked", "an actor without its number", "an old code"],
)
def test_these_are_no_candidates(tmp_path: Path, planted: Planted) -> None:
    """What the register has, what is gone, and people."""
    look = read_beside(tmp_path, [ACTOR], [planted])
    assert candidates.list_candidates(look) == []


def test_what_is_not_ours_is_not_shown_again(tmp_path: Path) -> None:
    """With the reason, which is kept."""
    desk, look = make_look(tmp_path, [ACTOR], [NEW])
    candidates.refuse_candidates(desk, intend("cosmétique"), [one.siret for one in candidates.list_candidates(look)])
    again = look_again(tmp_path, desk)
    assert candidates.list_candidates(again) == []
    assert [(verdict.subject, verdict.verdict, verdict.reason) for verdict in again.verdicts] == [(NEW.siret, "not_ours", "cosmétique")]


def test_one_of_ours_becomes_an_actor_by_a_page(tmp_path: Path) -> None:
    """Its numbers and its place come from the file, what it does from the page."""
    desk, look = make_look(tmp_path, [ACTOR], [NEW])
    (found,) = candidates.list_candidates(look)
    made = candidates.add_candidate(desk, intend("lu sur leur site"), found, CELLS, PAGE)
    assert made
    assert made.kind is ChangeKind.RECONCILE
    with desk.store.read() as transaction:
        row = next(row for row in read_rows(transaction, "actors") if row.id == "omega-fictif")
        (verdict,) = list_verdicts(transaction, candidates.CANDIDATE)
        told = [claim for claim in read_rows(transaction, "evidence") if claim.cells["actor_id"] == row.id]
        asked = "SELECT field, source_title FROM fact WHERE row_id = ? AND field IN ('founded', 'activity_fr', 'status')"
        facts = dict(transaction.execute(asked, (row.id,)))
    assert (row.cells["siret"], row.cells["commune"], row.cells["founded"]) == (NEW.siret, "Paris", "2015")
    assert row.cells["source_url"] == PAGE.source_url
    proofs = {claim.cells["field"]: claim.cells for claim in told}
    assert proofs.keys() == {"siren", "siret", "address", "postcode", "commune_code"}, "the page says neither number nor address"
    assert {claim["source_title"] for claim in proofs.values()} == {"INSEE, Sirene, StockEtablissement (2026-11-01)"}
    assert (proofs["siret"]["valid_from"], proofs["siret"]["as_of"]) == ("2015-03-01", "2026")
    assert facts == {
        "founded": "INSEE, Sirene, StockUniteLegale (2026-11-01)",
        "activity_fr": PAGE.source_title,
        "status": PAGE.source_title,
    }
    assert (verdict.row_id, verdict.verdict, verdict.change_set) == ("omega-fictif", "sector", made.number)
    assert candidates.list_candidates(look_again(tmp_path, desk)) == []
    with pytest.raises(DeskError, match="in the register already"):
        candidates.add_candidate(desk, intend("encore"), found, {**CELLS, "id": "omega-2", "name": "Omega 2"}, PAGE)
    with desk.store.read() as transaction:
        assert [row.id for row in read_rows(transaction, "actors")] == ["alpha", "omega-fictif"], "nothing is left of the second one"


@pytest.mark.parametrize(
    ("cells", "page"),
    [
        ({}, PAGE),
        (CELLS, Evidence()),
        (
            CELLS,
            Evidence(
                "https://www.data.gouv.fr/datasets/base-sirene-des-entreprises-et-de-leurs-etablissements-siren-siret/#x", "Sirene", "2026"
            ),
        ),
    ],
)
def test_a_code_of_activity_is_no_evidence(tmp_path: Path, cells: dict[str, str], page: Evidence) -> None:
    """Without what it does, or by the dataset alone, nobody is added."""
    desk, look = make_look(tmp_path, [ACTOR], [NEW])
    with pytest.raises(DeskError):
        candidates.add_candidate(desk, intend("code NAF"), candidates.list_candidates(look)[0], cells, page)


def test_every_code_has_words_in_both_languages() -> None:
    """Labels, reasons and sizes."""
    french, english = Locale("fr"), Locale("en")
    texts = [text for activity in ACTIVITIES.values() for text in (activity.label, activity.why)] + list(EMPLOYEES.values())
    assert [text for text in texts if english(text) == text] == []
    assert [text for text in texts if not french(text)] == []


def test_the_numbers_of_planted_rows_are_right() -> None:
    """Readers take them for numbers."""
    assert complete("90000001") == SIREN[0]
