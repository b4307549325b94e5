"""The rooms of the desk where the register's changes are read, taken back and published, and what readers see of them."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from biocarto.config import ROOT
from biocarto.desk import acts, editions, publishing
from biocarto.desk.acts import Desk
from biocarto.desk.facts import ActName, ChangeKind, ChangeSet, Evidence
from biocarto.desk.history import HistoryEntry, RowHistory
from biocarto.desk.ledger import find_last_number
from biocarto.i18n import Locale
from biocarto.ui.desk import history_room
from biocarto.ui.shared import cache
from tests.support.desk import ACTOR, an_intent, copy_store, look_up, open_desk
from tests.support.pages import opened, press, said

ECHOS = Evidence("https://example.org/echos", "Les Echos – fermeture (2026)", "2026", "2026-03")
HOSTILE = "<b>x</b> [y](javascript:alert(1)) =1+1"


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    """The register in a store of the test's own, at a laptop with a named editor."""
    store = copy_store(tmp_path)
    monkeypatch.setenv("BIOCARTO_STORE", str(tmp_path / "register.sqlite"))
    monkeypatch.setenv("BIOCARTO_DESK_EDITOR", "Marie Martin")
    cache.forget()
    yield open_desk(store)
    monkeypatch.undo()
    cache.forget()


def close(desk: Desk, reason: str = "la page le dit") -> int:
    """A company closes; the number of the act."""
    made = acts.close_actor(desk, an_intent(reason), ACTOR, "present", ECHOS)
    assert made is not None
    return made.number


def names(desk: Desk) -> list[str]:
    """Editions, the newest first."""
    with desk.store.read() as transaction:
        return [edition.name for edition in editions.list_editions(transaction)]


def test_everything_that_waits_is_on_one_screen(desk: Desk) -> None:
    """Acts that readers do not see, conflicts, old pages, each with its way."""
    text = said(opened("desk", vue="a-faire"))
    assert "acte depuis l'édition" not in text
    assert "sites reposent sur de vieilles pages" in text
    assert "faits dont les sources se contredisent" in text
    close(desk)
    text = said(opened("desk", vue="a-faire"))
    assert "1 acte depuis l'édition du" in text
    assert "Voir ce qui changera pour les lecteurs, et publier" in text


def test_what_would_be_published_is_read_once_for_everybody(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """Until the next act: the check of an edition takes seconds, and every editor starts in this room."""
    made: list[int] = []
    real = publishing.preview
    monkeypatch.setattr(publishing, "preview", lambda asked: (made.append(1), real(asked))[1])
    rooms = ("a-faire", "publier")
    for view in rooms:
        opened("desk", vue=view)
    assert len(made) == 1
    close(desk)
    for view in rooms:
        opened("desk", vue=view)
    assert len(made) == 2


def test_the_history_is_read_by_row_and_taken_back_with_a_reason(desk: Desk) -> None:
    """Without a reason nothing happens; then the act stands undone."""
    number = close(desk, HOSTILE)
    app = opened("desk", vue="historique", table="actors", ligne=ACTOR)
    text = said(app)
    assert "a fermé" in text
    assert "selon Les Echos – fermeture (2026)." in text
    assert HOSTILE in text
    app.session_state[f"undo-{number}"] = True
    app.run()
    app = press(app, "Annuler l'acte")
    assert "Dites pourquoi" in said(app)
    app.text_input(key=f"undo-why-{number}").set_value("erreur de site")
    app = press(app, "Annuler l'acte")
    assert "est annulé" in said(app).replace("\u00a0", " ") or any("est annulé" in found.value for found in app.success)
    assert "Annulé depuis." in said(opened("desk", vue="historique"))


def test_nobody_publishes_by_accident(desk: Desk) -> None:
    """Notes are asked for, then a second step that says what happens; a step back publishes nothing."""
    close(desk)
    before = names(desk)
    app = opened("desk", vue="publier")
    text = said(app)
    assert "2 lignes changent pour les lecteurs" in text
    assert "Entreprises comptées" in text
    app = press(app, "Continuer vers la confirmation")
    assert "Écrivez d'abord les notes" in said(app)
    app.text_area(key="publish-notes").set_value("Une fermeture")
    app = press(app, "Continuer vers la confirmation")
    assert "Tous les lecteurs verront cette édition" in said(app)
    app = press(app, "Ne pas publier")
    assert names(desk) == before


def test_what_is_published_is_shown_to_readers(desk: Desk) -> None:
    """On the sheet, on the page of sources; the pages need no store for it."""
    close(desk)
    app = opened("desk", vue="publier")
    app.text_area(key="publish-notes").set_value("Une fermeture")
    app = press(press(app, "Continuer vers la confirmation"), "Publier l'édition du")
    assert any("est publiée" in found.value for found in app.success)
    assert len(names(desk)) == 2
    assert "Rien n'a changé depuis l'édition" in said(app)
    sheet = said(opened("directory", actor=ACTOR))
    assert "Depuis quand le sait-on, selon qui" in sheet
    assert "auparavant « Présent », depuis mars 2026" in sheet.replace("\u00a0", " ").replace("\u202f", " ")
    sources = said(opened("sources"))
    assert "Ce que les dernières éditions ont changé" in sources
    assert "Une fermeture" not in sheet
    assert "Marie Martin" not in sources + sheet


def test_a_preview_that_is_late_publishes_nothing(desk: Desk) -> None:
    """Somebody else has changed the register between the two steps."""
    close(desk)
    app = opened("desk", vue="publier")
    app.text_area(key="publish-notes").set_value("Une fermeture")
    app = press(app, "Continuer vers la confirmation")
    acts.save_row(desk, an_intent(), ("sites", "genopole"), {"name": ("Genopole Évry", "Genopole")})
    app = press(app, "Publier l'édition du")
    assert len(names(desk)) == 1
    assert "relisez" in said(app)


def test_what_the_pages_would_not_take_is_told_with_its_row(desk: Desk) -> None:
    """A cell that somebody wrote past the desk: every issue in words, and no way to publish."""
    close(desk)
    with desk.store.write() as transaction:  # past the desk, as a hand on the database would
        where = "WHERE resource = 'actors' AND id = ?"
        [(cells,)] = transaction.execute(f"SELECT cells FROM register_row {where}", (ACTOR,))  # noqa: S608 - ours; values are bound
        broken = json.dumps(json.loads(cells) | {"status": "gone"})
        transaction.execute(f"UPDATE register_row SET cells = ? {where}", (broken, ACTOR))  # noqa: S608 - ours; values are bound
        last = find_last_number(transaction)
        values = (last, "actors", ACTOR, "status", "former", "gone", "", "", "", "", "")
        transaction.execute("INSERT INTO fact SELECT max(number) + 1, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ? FROM fact", values)
    app = opened("desk", vue="publier")
    text = said(app)
    assert "Les pages ne prendraient pas cette édition" in text
    assert "Ouvrir la ligne" in text
    assert [button.label for button in app.button if "confirmation" in button.label] == []
    assert "empêche" in said(opened("desk", vue="a-faire"))


def test_two_editions_are_compared_row_by_row(desk: Desk) -> None:
    """The newest two, unless the address says others."""
    close(desk)
    app = opened("desk", vue="publier")
    app.text_area(key="publish-notes").set_value("Une fermeture")
    press(press(app, "Continuer vers la confirmation"), "Publier l'édition du")
    newest, oldest = names(desk)
    assert "Fermeture ·" in said(opened("desk", vue="publier"))
    assert "Ces deux éditions disent la même chose." in said(opened("desk", vue="publier", de=newest, a=newest))
    assert "Fermeture ·" not in said(opened("desk", vue="publier", de=oldest, a=oldest))


def test_a_store_that_is_gone_leaves_the_pages(desk: Desk, tmp_path: Path) -> None:
    """The desk says so; readers read on."""
    for path in tmp_path.glob("register.sqlite*"):
        path.unlink()
    app = opened("desk", vue="publier")
    assert not app.exception
    assert app.error
    assert not opened("sources").exception


def test_a_folder_edited_by_hand_is_told_and_imported(desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What it says is shown before, and enters the register as one act with a reason."""
    folder = tmp_path / "data"
    shutil.copytree(ROOT / "data", folder)
    sites = (folder / "sites.csv").read_text(encoding="utf-8")
    (folder / "sites.csv").write_text(sites.replace("genopole,Genopole Évry,", "genopole,Genopole,"), encoding="utf-8")
    monkeypatch.setenv("BIOCARTO_DATA", str(folder))
    cache.forget()
    app = opened("desk", vue="a-faire")
    assert "modifié à la main" in said(app)
    app.text_input(key="handmade-why").set_value("corrigé dans le tableur")
    app = press(app, "Importer en un acte")
    assert [found.value for found in app.success if "importé" in found.value]
    assert look_up(desk, "genopole", "sites").cells["name"] == "Genopole"
    assert "modifié à la main" not in said(app)


def test_an_act_of_many_rows_is_folded() -> None:
    """So that the button which takes it back is in reach; a short act is told whole."""
    act = ChangeSet(1, "2026-11-28T10:00:00+00:00", "", "la liste", ChangeKind.IMPORT, ActName.IMPORT, None, "r")

    def render(count: int) -> str:
        rows = tuple(RowHistory("actors", f"a-{number}", f"Alpha {number}", {}, ()) for number in range(count))
        return str(history_room.render_entry(HistoryEntry(act, "Ada", "", "", rows, count, is_undone=False), {}, Locale("fr")))

    assert "<details" not in render(history_room.MOST_ROWS)
    folded = render(history_room.MOST_ROWS + 3).split("<details")[1]
    assert "et d'autres lignes" in folded.replace("&#39;", "'")
    assert folded.count("Alpha") == 3
