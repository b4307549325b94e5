"""Official files from the command line: what lies there, what is offered, what is taken; refused in words, with an exit code."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from biocarto.cli import main
from biocarto.desk.ledger import read_rows
from biocarto.store.database import open_store
from biocarto.territory import territory
from tests import builders
from tests.support.official_desk import SIREN
from tests.support.official_files import Planted, write_sirene
from tests.support.register import layers
from tests.support.small_desk import make_desk

ALPHA = Planted(SIREN[0], name="ALPHA BIOTECH")
BETA = Planted(SIREN[1], name="BETA FICTIF", state="F", since="2025-01-31")
OMEGA = Planted(SIREN[2], name="OMEGA FICTIF")
WHY = ["--why", "d'après Sirene"]
Run = Callable[..., int]


@pytest.fixture
def official(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """`python -m biocarto official …` on a register and a folder of the test's own, in English."""
    known = layers()
    monkeypatch.setattr(territory, "read", lambda _: known)
    actors = [
        builders.an_actor(id="alpha", name="Alpha Biotech", organisation="Alpha Biotech"),
        builders.an_actor(id="beta", name="Beta Fictif", organisation="Beta Fictif", siret=BETA.siret, siren=SIREN[1], as_of="2020"),
    ]
    desk = make_desk(tmp_path, builders.write_tables(tmp_path / "data", actors=actors))
    write_sirene(tmp_path / "official", 0, [ALPHA, BETA, OMEGA])
    monkeypatch.setenv("BIOCARTO_OFFICIAL", str(tmp_path / "official"))
    monkeypatch.setenv("BIOCARTO_STORE", desk.store.name)
    return lambda *words: main(["official", *words, "--lang", "en"])


def cells_of(tmp_path: Path, row_id: str) -> dict[str, str]:
    """The cells of an actor as they are now."""
    with open_store(str(tmp_path / "register.sqlite")).read() as transaction:
        return next(row.cells for row in read_rows(transaction, "actors") if row.id == row_id)


def test_the_files_are_told_with_their_dates(official: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """And what is missing or no use."""
    (tmp_path / "official" / "foreign.csv").write_text("a;b\n1;2\n", encoding="utf-8")
    assert official("status") == 0
    told = capsys.readouterr().out
    assert "1 November 2026 (read in the file)" in told
    assert "foreign.csv: " in told
    assert "Missing: MESR" in told
    assert official("status", "--json") == 0
    listed = json.loads(capsys.readouterr().out)
    assert [file["kind"] for file in listed["files"]] == ["establishments", "legal_units", "positions"]
    assert [trouble["name"] for trouble in listed["troubles"]] == ["foreign.csv"]


def test_offers_are_listed_taken_and_refused(official: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The sure numbers at once, one by name, one refused; what is not offered is a wrong call."""
    assert official("reconcile", "--json") == 0
    (offer,) = json.loads(capsys.readouterr().out)
    assert (offer["id"], offer["subject"], offer["cells"][0]["after"]) == ("alpha", ALPHA.siret, ALPHA.siret)
    assert official("accept", "siret", *WHY) == 0
    assert cells_of(tmp_path, "alpha")["siret"] == ALPHA.siret
    assert official("freshness") == 0
    told = capsys.readouterr().out
    assert "Closed establishments: 1" in told
    assert "beta – status: present → former ; BETA FICTIF, EVRY-COURCOURONNES, 72.11Z" in told
    assert official("accept", "closed", "beta", *WHY) == 0
    assert cells_of(tmp_path, "beta")["status"] == "former"
    assert official("refuse", "open", "alpha", *WHY) == 0
    assert official("accept", "open", "alpha", *WHY) == 2
    assert "nothing of the kind is proposed" in capsys.readouterr().err


def test_a_candidate_is_added_by_a_page_or_refused(official: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Never by its code of activity alone."""
    assert official("candidates", "--json") == 0
    assert [one["siret"] for one in json.loads(capsys.readouterr().out)] == [OMEGA.siret]
    assert official("add", OMEGA.siret, "category=biotherapies", *WHY) == 1
    page = ["--source", "https://example.org/omega", "--title", "Omega (2026)", "--as-of", "2026"]
    cells = ["category=biotherapies", "activity_fr=Thérapie fictive", "activity_en=Made-up therapy"]
    assert official("add", OMEGA.siret, *cells, *page, *WHY) == 0
    assert cells_of(tmp_path, "omega-fictif")["siret"] == OMEGA.siret
    assert official("refuse", "candidate", OMEGA.siret, *WHY) == 2


def test_without_the_file_nothing_is_looked_for(official: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The sentence names the folder, and says that nothing is downloaded."""
    for path in (tmp_path / "official").iterdir():
        path.unlink()
    assert official("reconcile") == 2
    assert "nothing is downloaded" in capsys.readouterr().err
    assert official("status") == 0


def test_a_question_to_a_person_is_not_answered_for_all(official: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """One that has left is closed by its name alone, not with all of its kind; nor is it among those that have closed."""
    gone = BETA.at(nic="0007", state="A", created="2025-02-01", commune_code="69123", commune="LYON", postcode="69001")
    write_sirene(tmp_path / "official", 0, [BETA, gone])
    assert official("accept", "closed", *WHY) == 0
    assert cells_of(tmp_path, "beta")["status"] == "present"
    assert official("accept", "left", *WHY) == 2
    assert "one by one" in capsys.readouterr().err
    assert official("accept", "left", "beta", *WHY) == 0
    assert cells_of(tmp_path, "beta")["status"] == "former"
