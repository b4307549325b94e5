"""The room of the import without a browser: a file given, told, corrected, decided, applied and taken back, or let go."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from biocarto.desk.desk_error import DeskError
from biocarto.desk.intake import explaining
from biocarto.desk.intake.permits import UPLOADS
from biocarto.desk.intake.staging import CellChange, Choices, ColumnMatch, Explanation, Likeness, MatchReason, NewRow, RefusedCell
from biocarto.desk.rights import Role
from biocarto.errors import Notice
from biocarto.store.database import Store
from biocarto.ui.desk import import_session, links, rooms
from biocarto.ui.shared import cache
from tests.support import team
from tests.support.desk import ACTOR, copy_store, look_up, open_desk
from tests.support.explained import COLUMNS, StandIn, make_explanation
from tests.support.pages import opened, press, said

HOSTILE = "<b>x</b> [y](javascript:alert(1)) `z` $w$"
SESSION = "test session id"


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    """A register of the test's own, edited by Ada on her laptop."""
    made = copy_store(tmp_path)
    monkeypatch.setenv("BIOCARTO_STORE", made.name)
    monkeypatch.setenv("BIOCARTO_DESK_EDITOR", "Ada")
    cache.settings.clear()
    yield made
    UPLOADS.withdraw(SESSION)
    monkeypatch.undo()
    cache.settings.clear()


@pytest.fixture
def stand_in(monkeypatch: pytest.MonkeyPatch) -> StandIn:
    """Explains what a test says."""
    made = StandIn(lambda _: make_explanation())
    monkeypatch.setattr(explaining, "explain", made.explain)
    return made


def words(app: AppTest) -> str:
    """What a reader sees, without the signs of Markdown."""
    more = " ".join(str(element.value) for element in (*app.success, *app.caption, *app.subheader))
    return re.sub(r"\s+", " ", f"{said(app)} {more}").replace("\\", "").replace("\u2060", "")


def give(store: Store, **params: str) -> AppTest:
    """The room after a file was given."""
    assert store.exists()
    app = opened("desk", vue="importer", **params)
    app.file_uploader[0].upload("contacts.csv", b"x").run()
    assert not app.exception
    return app


def test_the_room_is_an_editors(store: Store) -> None:
    """It stands after the register, and a contributor has no door to it."""
    keys = [room.key for room in rooms.ROOMS]
    assert keys.index("importer") == keys.index("registre") + 1
    assert "importer" in rooms.list_rooms(team.join(store, "eve", Role.EDITOR))
    assert "importer" not in rooms.list_rooms(team.join(store, "bob", Role.CONTRIBUTOR))


def test_an_empty_room_names_what_it_takes(store: Store) -> None:
    """Formats and size, in French and in English; and this session may give a file now, on this page alone."""
    app = opened("desk", vue="importer")
    assert "Formats : XLSX" in words(app)
    assert "20 Mo" in words(app)
    assert app.file_uploader[0].label == "Fichier à importer"
    assert UPLOADS.claim(SESSION, "one") == "allowed"
    app.query_params["vue"] = "registre"
    app.run()
    assert UPLOADS.claim(SESSION, "two") == "unknown"
    assert "File to import" in opened("desk", vue="importer", lang="en").file_uploader[0].label


def test_a_file_is_told_as_it_was_understood(store: Store, stand_in: StandIn) -> None:
    """Sheet, header, columns with score and reason, what is left aside; nothing stays with Streamlit."""
    notices = tuple(Notice("contacts.csv", line, "", f"Remarque {line}.", f"Remark {line}.") for line in range(13))
    stand_in.answer = lambda _: make_explanation(new=(NewRow(4, {"name": "Alpha", "commune": "Évry-Courcouronnes"}),), notices=notices)
    app = give(store)
    assert app.info[0].value.replace("\u00a0", " ").endswith("- et 1 autre")
    text = words(app)
    assert "1 ligne lue sous l'en-tête de la ligne 3" in text
    assert "Nom de la société Nom 93 %, par son libellé" in text
    assert "Jamais lues, car le registre ne garde rien sur des personnes : « Téléphone »." in text
    assert "Ligne 4 · Alpha · Évry-Courcouronnes" in text
    assert not app.file_uploader
    app.run()
    assert len(stand_in.asked) == 1


def test_columns_and_answers_are_corrected_in_words(store: Store, stand_in: StandIn) -> None:
    """Nothing is read anew before the button; then with the answers, which the forms show."""
    app = give(store)
    [box] = [box for box in app.selectbox if box.label.startswith("C ·")]
    assert box.options[0] == "Ne pas importer"
    box.select("website")
    assert len(stand_in.asked) == 1
    app = press(app, "Relire avec ces colonnes")
    assert stand_in.asked[-1].fields == {0: "name", 1: "commune", 2: "website"}
    [kind] = [box for box in app.selectbox if box.label == "Type"]
    kind.select("company")
    [url] = [field for field in app.text_input if field.label == "Adresse de la page"]
    url.input("https://example.org/liste")
    app = press(app, "Relire avec ces réponses")
    asked = stand_in.asked[-1]
    assert (asked.constants, asked.page.source_url) == ({"kind": "company"}, "https://example.org/liste")
    app = press(app, "Revenir aux premières réponses")
    assert stand_in.asked[-1] == Choices()


def test_every_part_is_counted_and_shown(store: Store, stand_in: StandIn) -> None:
    """New, changed cell by cell, unchanged, refused with what would do; each in words, hostile text as text."""
    stand_in.answer = lambda _: make_explanation(
        [(HOSTILE, HOSTILE, HOSTILE)] * 4,
        new=(NewRow(4, {"name": HOSTILE, "commune": HOSTILE}),),
        changed=(CellChange(5, ACTOR, "status", "present", "former"), CellChange(5, ACTOR, "website", "", HOSTILE)),
        unchanged=("genethon",),
        refused=(RefusedCell(6, "Ville", "B", HOSTILE, "une commune de France", "a commune of France", "Évry"),),
    )
    app = give(store)
    control = app.get("button_group")[-1]
    labels = [option.content for option in control.proto.options]
    assert labels == ["Nouveaux · 1", "Modifiés · 1", "Inchangés · 1", "Refusés · 1"]
    assert "<b>x</b>" in words(app)
    for part, told in {
        "changed": "Statut Présent Ancien",
        "unchanged": "Généthon",
        "refused": "6 B · Ville <b>x</b> [y](javascript:alert(1)) `z` $w$ une commune de France Évry",
    }.items():
        app.session_state["import-part"] = part
        app.run()
        assert not app.exception
        assert told in words(app)


def test_a_refused_cell_is_corrected_on_the_spot(store: Store, stand_in: StandIn) -> None:
    """With what may have been meant beside it; only what was changed is told to the next reading."""
    refused = tuple(RefusedCell(line, "Ville", "B", "Evri", "une commune", "a commune", "Évry") for line in (4, 5))
    stand_in.answer = lambda _: make_explanation(
        [("Alpha", "Evri  ", "")] * 2, refused=(*refused, RefusedCell(4, "status", "", "", "x", "x"))
    )
    app = give(store)
    app = press(app, "Relire avec ces corrections")
    assert len(stand_in.asked) == 1
    fields = [field for field in app.text_input if field.label.startswith("Ligne")]
    assert [" ".join(field.label.split()) for field in fields] == ["Ligne 4, Ville (« Évry » ?)", "Ligne 5, Ville (« Évry » ?)"]
    fields[1].input("Évry")
    press(app, "Relire avec ces corrections")
    assert stand_in.asked[-1].cells == {(5, 1): "Évry"}


def test_a_doubtful_line_is_decided_by_a_person(store: Store, stand_in: StandIn) -> None:
    """It says why in words; only what was answered is told to the next reading."""

    def answer(choices: Choices) -> Explanation:
        doubtful = tuple(Likeness(line, ACTOR, 0.81, {"name": 0.9, "place": 0.6}) for line in (4, 5) if line not in choices.same)
        return make_explanation([("Abbelight", "Cachan", "")] * 2, doubtful=doubtful)

    stand_in.answer = answer
    app = give(store)
    text = words(app)
    assert "À décider" in text or "ressemblent à une ligne du registre" in text
    assert "81 % (nom 90 %, lieu 60 %)" in text
    [first] = [box for box in app.selectbox if box.label == "Ligne 4"]
    assert first.options[0] == "À décider"
    assert first.options[1].startswith("C'est Abbelight")
    first.select(ACTOR)
    app = press(app, "Retenir ces réponses")
    assert stand_in.asked[-1].same == {4: ACTOR}
    [second] = [box for box in app.selectbox if box.label == "Ligne 5"]
    second.select("")
    press(app, "Retenir ces réponses")
    assert stand_in.asked[-1].same == {4: ACTOR, 5: ""}


def test_a_line_that_was_recognised_may_be_another(store: Store, stand_in: StandIn) -> None:
    """Whatever is confirmed needs no answer."""
    stand_in.answer = lambda _: make_explanation(matched=(Likeness(4, ACTOR, 0.97, {"name": 1.0}),), unchanged=(ACTOR,))
    app = give(store)
    app.session_state["import-part"] = "matched"
    app.run()
    press(app, "Retenir ces réponses")
    assert len(stand_in.asked) == 1
    [box] = [box for box in app.selectbox if box.label == "Ligne 4"]
    box.select("")
    press(app, "Retenir ces réponses")
    assert stand_in.asked[-1].same == {4: ""}


def test_fifty_thousand_lines_are_shown_by_fifty(store: Store, stand_in: StandIn) -> None:
    """What is sent to the browser does not grow with the file."""
    made = make_explanation(new=tuple(NewRow(line, {"name": f"Acteur {line}"}) for line in range(4, 50_004)))
    stand_in.answer = lambda _: made
    app = give(store)
    assert "Acteur 53" in words(app)
    assert "Acteur 54" not in words(app)
    app.session_state["import-page-new"] = 1000
    app.run()
    assert "Acteur 50003" in words(app)
    assert "Acteur 49953" not in words(app)


def test_a_file_that_cannot_be_read_is_told_and_let_go(store: Store, stand_in: StandIn) -> None:
    """Its sentence, and the way to give another."""

    def refuse(_choices: Choices) -> Explanation:
        raise DeskError("Ce fichier est vide. Rien n'est importé ; donnez-en un autre.", "This file is empty. Give another.")

    stand_in.answer = refuse
    app = give(store)
    assert "Ce fichier est vide" in words(app)
    app = press(app, "Annuler l'import")
    assert app.file_uploader
    assert import_session._held.find(SESSION) is None


def test_an_answer_that_is_refused_leaves_the_others(store: Store, stand_in: StandIn) -> None:
    """Why is said above the forms, which stay with what was typed; all that was answered before holds."""

    def answer(choices: Choices) -> Explanation:
        if choices.page.source_url == "pole":
            raise DeskError("Ce n'est pas une adresse.", "This is no address.")
        return make_explanation(new=(NewRow(4, {"name": "Alpha"}),))

    stand_in.answer = answer
    app = give(store)
    [box] = [box for box in app.selectbox if box.label.startswith("C ·")]
    box.select("website")
    app = press(app, "Relire avec ces colonnes")
    [url] = [field for field in app.text_input if field.label == "Adresse de la page"]
    url.input("pole")
    app = press(app, "Relire avec ces réponses")
    assert "Ce n'est pas une adresse" in words(app)
    [url] = [field for field in app.text_input if field.label == "Adresse de la page"]
    assert url.value == "pole"
    url.input("https://example.org/pole")
    app = press(app, "Relire avec ces réponses")
    asked = stand_in.asked[-1]
    assert (asked.fields[2], asked.page.source_url) == ("website", "https://example.org/pole")


def test_cancel_leaves_nothing(store: Store, stand_in: StandIn) -> None:
    """Neither in memory nor in the register."""
    app = give(store)
    assert import_session._held.find(SESSION) is not None
    app = press(app, "Annuler l'import")
    assert import_session._held.find(SESSION) is None
    assert app.file_uploader
    with store.read() as transaction:
        assert transaction.execute("SELECT count(*) FROM change_set") == [(1,)]


def test_an_import_in_hand_is_there_after_a_look_elsewhere(store: Store, stand_in: StandIn) -> None:
    """Until its quarter of an hour is over, which is told once."""
    app = give(store)
    app.query_params["vue"] = "registre"
    app.run()
    app.query_params["vue"] = "importer"
    app.run()
    assert "contacts.csv" in words(app)
    UPLOADS.withdraw(SESSION)
    app.run()
    assert app.file_uploader
    assert "Le fichier contacts.csv n'est plus en mémoire : 15 minutes sans clic" in words(app)
    app.run()
    assert "n'est plus en mémoire" not in words(app)


def test_a_run_that_was_cut_off_does_not_stand_for_the_next_file(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """Somebody clicked while the first act was written, so nothing was told of it: the next file is an act of its own."""
    monkeypatch.setattr(links, "forget_request", lambda _: None)
    app = opened("desk", vue="importer")
    for site in ("https://example.org/first", "https://example.org/second"):
        table = f"id;website\n{ACTOR};{site}\n".encode()
        app.file_uploader[0].upload("sites.csv", table).run()
        [url, title, year] = [field for field in app.text_input if field.label.endswith("de la page")]
        [field.input(text) for field, text in zip((url, title, year), ("https://example.org/x", "X", "2026"), strict=True)]
        app = press(app, "Relire avec ces réponses")
        app.text_input(key="import-why").input("la liste du pôle")
        app = press(app, "Appliquer l'import")
        assert "Import appliqué en un acte" in words(app)
        assert look_up(open_desk(store)).cells["website"] == site


def test_without_a_page_nothing_is_applied(store: Store, stand_in: StandIn) -> None:
    """The button waits, and the sentence says where to give it."""
    stand_in.answer = lambda _: make_explanation(new=(NewRow(4, {"name": "Alpha"}),), needs_page=(4,))
    app = give(store)
    assert "1 ligne ne dit pas sur quelle page elle repose" in words(app)
    [button] = [button for button in app.button if button.label == "Appliquer l'import"]
    assert button.disabled


def test_cells_are_left_as_they_are_today(store: Store, stand_in: StandIn) -> None:
    """What is chosen among the changes stands in the file as the register has it; what has no column of its own is not offered."""
    changed = (
        CellChange(4, ACTOR, "name", "Today", "Alpha"),
        CellChange(4, ACTOR, "status", "present", "former"),
        CellChange(4, ACTOR, "commune_code", "91228", "91377"),
    )
    columns = (*COLUMNS[:2], ColumnMatch(2, "État", "C", "status", 0.9, MatchReason.LABEL))
    stand_in.answer = lambda choices: make_explanation(columns=columns, changed=() if choices.cells else changed)
    app = give(store)
    [box] = [box for box in app.multiselect if box.label == "Cellules à laisser"]
    assert [" ".join(option.split()) for option in box.options] == ["Ligne 4, Nom : Alpha", "Ligne 4, Statut : Ancien : fermé ou parti"]
    box.select(box.options[0])
    app = press(app, "Relire sans ces changements")
    assert stand_in.asked[-1].cells == {(4, 0): "Today"}


def test_what_a_file_does_not_say_is_asked_for_all_lines(store: Store, stand_in: StandIn) -> None:
    """A refusal in words, not in codes, and where to mend it at once."""
    refused = RefusedCell(4, "category", "", "", "une valeur (colonne obligatoire)", "a value (required column)")
    coded = RefusedCell(5, "kind", "", "company", "autre chose", "something else")
    stand_in.answer = lambda _: make_explanation(refused=(refused, coded))
    text = words(give(store))
    assert "Le fichier ne dit pas : « Type », « Catégorie »." in text
    assert "Entreprise autre chose" in text
