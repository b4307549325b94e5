"""The room of official files without a browser: what lies in the folder, each list, what is taken, refused and undone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pytest
from streamlit.testing.v1 import AppTest

from biocarto.desk import acts, ledger
from biocarto.desk.acts import Desk
from biocarto.desk.facts import ChangeKind
from biocarto.desk.official import verdicts
from biocarto.i18n import Locale
from biocarto.ui.desk import links, publish_room
from biocarto.ui.desk.official_words import tell_establishment
from biocarto.ui.shared import cache
from tests.support import mesr_files
from tests.support.desk import ACTOR, PAGE, an_intent, copy_store, look_up, open_desk
from tests.support.mesr_files import a_structure, an_i_nov
from tests.support.official_files import Planted, write_sirene
from tests.support.pages import opened, press, said

NEWCOMER = Planted("200000008", name="EXEMPLE DE CANDIDAT", employees="12", created="2021-02-03")
PERSON = Planted("300000007", name="MADAME INVENTEE", category=1000)
MASKED = Planted("400000006", name="MASQUE INVENTE", diffusion="P")


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    """A register of the test's own at a laptop, and a folder for official files beside it."""
    store = copy_store(tmp_path)
    monkeypatch.setenv("BIOCARTO_STORE", store.name)
    monkeypatch.setenv("BIOCARTO_DESK_EDITOR", "Ada")
    monkeypatch.setenv("BIOCARTO_OFFICIAL", str(tmp_path / "official"))
    cache.settings.clear()
    yield open_desk(store)
    monkeypatch.undo()
    cache.settings.clear()


def plant(desk: Desk, tmp_path: Path, *more: Planted, **changes: object) -> Planted:
    """SIRENE has an establishment of the actor that these tests are about, and others."""
    cells = look_up(desk).cells
    told = {"name": cells["organisation"].upper(), "commune_code": cells["commune_code"], "commune": cells["commune"].upper()}
    own = Planted("100000009", **(told | changes))  # type: ignore[arg-type]
    write_sirene(tmp_path / "official", planted=(own, *more))
    return own


def number(desk: Desk, own: Planted) -> None:
    """The actor has the number of its establishment."""
    cells = {"siret": ("", own.siret), "siren": ("", own.siren)}
    acts.save_row(desk, an_intent(), ("actors", ACTOR), cells, PAGE)


def room(which: str, **params: str) -> AppTest:
    """A list of the room."""
    app = opened("desk", vue="officiels", liste=which, **params)
    assert not app.exception
    return app


def words(app: AppTest) -> str:
    """All that the page says, with the labels of its lines."""
    labels = " ".join(str(box.label) for box in app.checkbox)
    more = " ".join(str(element.value) for element in (*app.success, *app.caption, *app.subheader))
    return re.sub(r"[\s\u00a0\u202f]+", " ", f"{said(app)} {labels} {more}").replace("\\", "")


def check(app: AppTest, text: str) -> AppTest:
    """Check the line that says this."""
    [box] = [box for box in app.checkbox if text in box.label]
    box.check()
    return app


def count_acts(desk: Desk) -> int:
    """Acts of the register."""
    with desk.store.read() as transaction:
        return ledger.find_last_number(transaction)


def test_an_empty_folder_says_what_to_put_there(desk: Desk) -> None:
    """Each kind with its page, as text; no list breaks without files."""
    text = words(room("fichiers"))
    assert "Rien n'est téléchargé" in text
    assert "https://www.data.gouv.fr/datasets/" in text
    assert text.count("Absent.") == 6
    assert "Aucun fichier du dossier ne répond" in words(room("numeros"))
    assert "Il manque au dossier" in words(room("positions"))
    assert "Il manque au dossier" in words(room("candidats"))


def test_files_are_told_with_their_dates(desk: Desk, tmp_path: Path) -> None:
    """And those that cannot be read, with why."""
    plant(desk, tmp_path)
    (tmp_path / "official" / "notes.pdf").write_bytes(b"%PDF-1.7 nothing")
    text = words(room("fichiers"))
    assert "StockEtablissement_utf8.parquet, du 1er novembre 2026" in text
    assert "notes.pdf" in text
    assert text.count("Absent.") == 3


def test_a_number_is_taken_after_its_preview(desk: Desk, tmp_path: Path) -> None:
    """Score and why beside it; one act with the file as its page, that one button undoes."""
    own, before = plant(desk, tmp_path), count_acts(desk)
    app = room("numeros")
    text = words(app)
    assert f"SIRET : {own.siret}" in text
    assert "(nom 1, commune 1, activité 1, ouvert 1)" in text
    app = press(check(app, own.siret), "Voir ce que les cochées changeraient")
    assert "1 changement, en un acte" in words(app)
    assert "Page que chaque fait cite : INSEE, Sirene, StockEtablissement (2026-11-01), https://" in words(app)
    assert count_acts(desk) == before
    app = press(app, "Écrire dans le registre")
    cells = look_up(desk).cells
    assert (cells["siret"], cells["siren"], count_acts(desk)) == (own.siret, own.siren, before + 1)
    with desk.store.read() as transaction:
        [(kind, why)] = transaction.execute("SELECT kind, why FROM change_set WHERE number = ?", (before + 1,))
    assert (kind, why[:7]) == (ChangeKind.RECONCILE, "D'après")
    assert "1 proposition est écrite" in words(app)
    press(app, "Annuler")
    assert "siret" not in look_up(desk).cells


def test_a_run_that_was_cut_off_does_not_stand_for_the_next_choice(desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Somebody clicked while the act was written; undone, then chosen anew, it is an act of its own."""
    own, before = plant(desk, tmp_path), count_acts(desk)
    app = room("numeros")
    for more in (1, 3):
        app = press(check(app, own.siret), "Voir ce que les cochées changeraient")
        with monkeypatch.context() as cut_off:
            cut_off.setattr(links, "forget_request", lambda _: None)
            app = press(app, "Écrire dans le registre")
        assert "1 proposition est écrite" in words(app)
        assert (look_up(desk).cells.get("siret"), count_acts(desk)) == (own.siret, before + more)
        app = press(app, "Annuler")


def test_what_is_refused_does_not_come_back(desk: Desk, tmp_path: Path) -> None:
    """With a reason; without one, or without a line, nothing is done and why is said."""
    own = plant(desk, tmp_path)
    app = press(room("numeros"), "Refuser les cochées")
    assert any("Cochez d'abord" in error.value for error in app.error)
    app = press(check(app, own.siret), "Refuser les cochées")
    assert app.error
    app.text_input(key="official-reason-numeros").set_value("une autre entreprise du même nom")
    app = press(check(app, own.siret), "Refuser les cochées")
    assert own.siret not in words(app)
    assert own.siret not in words(room("numeros"))
    with desk.store.read() as transaction:
        [kept] = [one for one in verdicts.list_verdicts(transaction) if one.row_id == ACTOR]
    assert (kept.subject, kept.reason) == (own.siret, "une autre entreprise du même nom")


def test_what_has_closed_is_written_for_all_at_once(desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Since the day of the file; that the company has ceased is told apart; the first room tells it once the files were read."""
    monkeypatch.setattr(publish_room, "read_preview", lambda _: SimpleNamespace(issues=()))  # what is published takes seconds to check
    own = plant(desk, tmp_path, state="F", since="2025-06-30", unit_state="C", unit_since="2025-07-01")
    number(desk, own)
    assert "n'ont pas été lus" in words(opened("desk", vue="a-faire"))
    app = room("fermes")
    assert "1 implantation que les fichiers officiels disent fermée" in words(opened("desk", vue="a-faire"))
    text = words(app)
    assert "fermé depuis le 30 juin 2025" in text
    assert "entreprise cessée le 1er juillet 2025" in text
    app = press(press(app, "Voir pour la seule"), "Écrire dans le registre")
    assert look_up(desk).cells["status"] == "former"
    assert "Rien à décider ici" in words(app)


def test_a_company_that_ceased_on_no_known_day_is_told_without_one() -> None:
    """No sentence ends in the middle."""
    assert tell_establishment({"unit_state": "C", "unit_since": ""}, Locale("fr")) == "entreprise cessée"


def test_what_is_open_gains_a_dated_page(desk: Desk, tmp_path: Path) -> None:
    """The status stays, by a page of the file's year."""
    own = plant(desk, tmp_path)
    acts.save_row(desk, an_intent(), ("actors", ACTOR), {"as_of": (look_up(desk).cells["as_of"], "2019")}, PAGE)
    acts.save_row(desk, an_intent(), ("actors", ACTOR), {"siret": ("", own.siret), "siren": ("", own.siren)}, PAGE)
    app = room("ouverts")
    assert "confirmé par une page de 2026" in words(app)
    press(press(app, "Voir pour la seule"), "Écrire dans le registre")
    assert look_up(desk).cells["status"] == "present"
    assert "Rien à décider ici" in words(room("ouverts"))


def test_a_candidate_is_seen_here_alone_and_is_no_row(desk: Desk, tmp_path: Path) -> None:
    """No person, nobody masked; its size and its creation in words."""
    plant(desk, tmp_path, NEWCOMER, PERSON, MASKED)
    text = words(room("candidats"))
    assert "Exemple de Candidat" in text
    assert "20 à 49 salariés" in text
    assert "créé le 3 février 2021" in text
    assert "INVENT" not in text.upper().replace("INVENTORI", "")
    assert "Exemple de Candidat" not in said(opened("directory", q="Exemple de Candidat"))


def test_a_candidate_that_is_not_ours_needs_a_reason(desk: Desk, tmp_path: Path) -> None:
    """And is not shown again."""
    plant(desk, tmp_path, NEWCOMER)
    app = press(room("candidats"), "Pas du domaine")
    assert app.error
    app.text_input(key="official-not-ours").set_value("prothèses dentaires")
    app = press(app, "Pas du domaine")
    assert "Exemple de Candidat ne sera plus proposé" in words(app)
    assert "Aucun candidat" in words(room("candidats"))


def test_a_candidate_fills_the_form_of_a_new_actor(desk: Desk, tmp_path: Path) -> None:
    """What it does, and which page says so, is left to who fills the form."""
    plant(desk, tmp_path, NEWCOMER)
    app = press(room("candidats"), "Dire ce qu'il fait")
    assert app.query_params["vue"] in ("registre", ["registre"])
    held = {re.sub(r"-\d+$", "", str(field.key).split("-0-")[-1]): field.value for field in (*app.text_input, *app.text_area)}
    assert (held["name"], held["siret"], held["founded"]) == ("Exemple de Candidat", NEWCOMER.siret, "2021")
    assert (held["activity_fr"], held["source_url"]) == ("", "")


def test_a_candidate_that_is_added_by_its_form_is_decided(desk: Desk, tmp_path: Path) -> None:
    """One act of the files' kind, with a verdict; its number rests on the file, what it does on the page of who filled the form."""
    plant(desk, tmp_path, NEWCOMER)
    app = press(room("candidats"), "Dire ce qu'il fait")
    typed = {"activity_fr": "Thérapie génique fictive", "source_url": "https://example.org/x", "source_title": "X (2026)", "as_of": "2026"}
    widgets = {re.sub(r"-\d+$", "", str(field.key).split("-0-")[-1]): field for field in (*app.text_input, *app.text_area, *app.selectbox)}
    for name, value in (typed | {"category": "biotherapies", "confidence": "medium"}).items():
        widgets[name].set_value(value)
    press(app, "Ajouter")
    with desk.store.read() as transaction:
        (verdict,) = verdicts.list_verdicts(transaction, "candidate")
        made = ledger.read_change_set(transaction, ledger.find_last_number(transaction))
        told = [row.cells for row in ledger.read_rows(transaction, "evidence") if row.cells["actor_id"] == verdict.row_id]
    claims = {cells["field"]: cells for cells in told}
    assert made
    assert (verdict.subject, verdict.verdict, verdict.change_set) == (NEWCOMER.siret, "sector", made.number)
    assert made.kind is ChangeKind.RECONCILE
    assert claims["siret"]["source_title"].startswith("INSEE, Sirene, StockEtablissement")
    assert "activity_fr" not in claims
    assert "Aucun candidat" in words(room("candidats"))


def test_points_are_taken_in_one_act(desk: Desk, tmp_path: Path) -> None:
    """Where the file's quality allows and the point lies in the commune; what is not offered is told."""
    commune = desk.territory.points.loc[look_up(desk).cells["commune_code"]]
    own = plant(desk, tmp_path, latitude=float(commune["latitude"]), longitude=float(commune["longitude"]))
    assert "0 absent du fichier" not in words(room("positions"))
    number(desk, own)
    app = press(press(room("positions"), "Voir pour la seule"), "Écrire dans le registre")
    assert look_up(desk).cells["position"] == "street"
    assert "1 point déjà dans le registre" in words(app)


def test_hostile_names_are_text(desk: Desk, tmp_path: Path) -> None:
    """Whatever a file holds is shown as it is written, in a list and among candidates."""
    hostile = "<b>x</b> [y](javascript:alert(1)) :red[z] ] `$q$`"
    own = plant(desk, tmp_path, replace(NEWCOMER, name=hostile), street=hostile)
    app = room("numeros")
    [label] = [box.label for box in app.checkbox if own.siret in box.label]
    assert "](javascript" not in label
    assert " :red[" not in label
    markdown = " ".join(str(element.value) for element in room("candidats").markdown)
    assert "javascript" in markdown
    assert "](javascript" not in markdown


def test_structures_and_laureates_have_their_place(desk: Desk, tmp_path: Path) -> None:
    """Candidates of the ministry's lists, without any person of them."""
    mesr_files.write_structures(tmp_path / "official", a_structure())
    mesr_files.write_i_nov(tmp_path / "official", an_i_nov())
    text = words(room("candidats", source="rnsr"))
    assert "Unité d'essai de thérapie inventée" in text
    assert mesr_files.PERSON not in text
    assert "ESSAI THERAPIES SAS" in words(room("candidats", source="laureats"))
    assert mesr_files.PERSON not in words(room("numeros"))


def test_a_file_that_ends_in_the_middle_is_said(desk: Desk, tmp_path: Path) -> None:
    """In words, with what to do; the list of files stays."""
    plant(desk, tmp_path)
    path = tmp_path / "official" / "StockEtablissement_utf8.parquet"
    path.write_bytes(path.read_bytes()[:-200])
    text = words(room("fichiers"))
    assert "abîmé ou coupé" in text
    assert text.count("Absent.") == 4
    assert "Aucun fichier du dossier ne répond" in words(room("fermes"))
