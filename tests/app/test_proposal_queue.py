"""The desk's room of proposals: side by side, decided with a reason, thanked, opened in the form."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from biocarto.desk import proposals
from biocarto.desk.members import VISITOR, Member
from biocarto.desk.proposal import ProposalState
from biocarto.desk.proposal_texts import Draft
from biocarto.store.database import Store
from biocarto.ui.desk import proposal_prefill
from biocarto.ui.desk.proposal_prefill import Prefill
from biocarto.ui.shared import cache
from tests.support.desk_store import CONTRIBUTOR, EDITOR, change_row, load_resources, make_store
from tests.support.pages import said

ACTORS = load_resources()["actors"]
CONTACT = "marie@example.org"


@pytest.fixture
def store(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Store]:
    """A register of two actors."""
    monkeypatch.setenv("BIOCARTO_STORE", str(tmp_path / "register.sqlite"))
    cache.settings.clear()
    yield make_store(tmp_path)
    cache.settings.clear()


def propose(store: Store, request: str = "click-0001", who: Member = VISITOR) -> str:
    """A correction of Lysogene; the id."""
    draft = Draft(
        {"status": "former", "website": "lysogene.example"}, "Fermée & < 5 ans en 2023\n*vu*", "example.org/fin", CONTACT, request
    )
    return proposals.propose_correction(store, who, ACTORS, "lysogene", draft).id


def room(who: str = "EDITOR") -> AppTest:
    """The room for a member."""

    def script(who: str) -> None:
        from biocarto.store.database import open_store
        from biocarto.ui.desk import proposals as page
        from biocarto.ui.shared import cache
        from biocarto.ui.shared.language import get_locale
        from tests.support import desk_store as registers

        page.show(get_locale(), open_store(cache.settings().store), getattr(registers, who))

    return AppTest.from_function(script, args=(who,), default_timeout=60).run()


def tap(app: AppTest, key: str) -> AppTest:
    """Touch a button."""
    return app.button(key=key).click().run()


def test_what_is_proposed_stands_beside_what_is(store: Store) -> None:
    """Codes in words, words as they are, the source as a link; and what has changed since."""
    propose(store)
    change_row(store, "lysogene", status="present")
    app = room()
    assert not app.exception
    text = said(app)
    for words in ("Lysogene", "n° 1", "Correction", "inconnu à l'époque", "Fermée", "*vu*", CONTACT, "a changé depuis"):
        assert words in text.replace("\u00a0", " "), words
    html = "\n".join(str(found.proto.body) for found in app.get("html"))
    assert "Fermée &amp; &lt; 5 ans en 2023<br>*vu*" in html
    assert 'href="https://example.org/fin"' in html


def test_a_refusal_needs_a_reason_and_gives_the_thanks_to_copy(store: Store) -> None:
    """In both languages; closed, the contact is nowhere any more."""
    propose(store)
    app = tap(room(), "proposal-refuse-1")
    assert "Il manque la raison" in app.error[0].value
    app.text_input(key="proposal-reason-1").set_value("Aucune page ne le dit.")
    app = tap(app, "proposal-refuse-1")
    assert not app.error
    assert CONTACT in said(app).replace("\\", "")
    assert "n'a pas été retenue" in app.code[0].value
    assert "was not accepted" in app.code[0].value
    assert "Aucune page ne le dit." in app.code[0].value
    app = tap(app, "proposal-forget")
    assert CONTACT not in said(app) + str(vars(app.session_state._state))
    assert proposals.count_by_state(store, EDITOR)[ProposalState.REFUSED] == 1


def test_what_is_in_the_register_already_is_accepted_without_a_change(store: Store) -> None:
    """With the reason; it then stands among the accepted ones."""
    propose(store)
    app = room()
    app.text_input(key="proposal-reason-1").set_value("Corrigé en mars.")
    app = tap(app, "proposal-close-1")
    app.query_params["state"] = "accepted"
    text = said(app.run())
    assert "Corrigé en mars." in text
    assert "acceptée" in text


def test_two_editors_decide_one_proposal_once(store: Store) -> None:
    """The second is told, and nothing changes."""
    identity = propose(store)
    app = room()
    proposals.decide(store, EDITOR, identity, accepted=False, reason="Non")
    app.text_input(key="proposal-reason-1").set_value("Oui")
    app = tap(app, "proposal-close-1")
    assert proposals.count_by_state(store, EDITOR)[ProposalState.REFUSED] == 1
    assert "déjà été décidée" in "\n".join(found.value for found in app.error)


def test_accepting_opens_the_form_of_the_row(store: Store) -> None:
    """The address and the session tell the form what to be filled with; nothing is decided yet."""
    identity = propose(store)
    app = tap(room(), "proposal-open-1")
    asked = {name: value if isinstance(value, str) else value[-1] for name, value in app.query_params.items()}
    assert [asked[name] for name in ("vue", "table", "ligne", "proposition")] == ["registre", "actors", "lysogene", identity]
    prefill = app.session_state[proposal_prefill.PREFILL]
    assert isinstance(prefill, Prefill)
    assert prefill.cells == {"status": "former", "website": "https://lysogene.example"}
    assert (prefill.table, prefill.row_id, prefill.source_url) == ("actors", "lysogene", "https://example.org/fin")
    assert proposals.count_by_state(store, EDITOR)[ProposalState.OPEN] == 1


def test_a_form_that_is_loaded_anew_is_filled_again(store: Store) -> None:
    """From the address alone; not for a proposal that is decided."""

    def script() -> None:
        import streamlit as st

        from biocarto.store.database import open_store
        from biocarto.ui.desk.proposal_prefill import read_prefill
        from biocarto.ui.shared import cache
        from tests.support.desk_store import EDITOR

        found = read_prefill(open_store(cache.settings().store), EDITOR)
        st.text(found.number if found else "none")

    identity = propose(store)
    for asked, told in ((identity, "1"), ("nothing", "none"), ("", "none")):
        app = AppTest.from_function(script, default_timeout=60)
        app.query_params["proposition"] = asked
        assert app.run().text[0].value == told
    proposals.decide(store, EDITOR, identity, accepted=False, reason="Non")
    app = AppTest.from_function(script, default_timeout=60)
    app.query_params["proposition"] = identity
    assert app.run().text[0].value == "none"


def test_a_contributor_sees_their_own_and_its_fate(store: Store) -> None:
    """No buttons, no contact of others."""
    propose(store, "click-0001", CONTRIBUTOR)
    decided = propose(store, "click-0002", CONTRIBUTOR)
    propose(store, "click-0003")
    proposals.decide(store, EDITOR, decided, accepted=False, reason="Trop ancien")
    app = room("CONTRIBUTOR")
    text = said(app).replace("\u00a0", " ")
    assert "Trop ancien" in text
    assert "n° 3" not in text
    assert [button.key for button in app.button] == []


def test_pages_of_the_queue(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """A page of the address; nonsense is the first one."""
    monkeypatch.setattr(proposals, "PER_PAGE", 2)
    for number in range(5):
        propose(store, f"click-{number:04}")
    for asked, shown in (("", 1), ("3", 5), ("99", 5), ("x", 1)):
        app = room()
        app.query_params["page"] = asked
        assert f"n° {shown}" in said(app.run()).replace("\u00a0", " ")


def test_a_proposal_of_another_site_s_form_names_the_form(store: Store) -> None:
    """Whoever decides knows who asked."""
    draft = Draft({"status": "former"}, "", "", "", "click-0001", form="Pôle & Cie")
    proposals.propose_correction(store, VISITOR, ACTORS, "lysogene", draft)
    assert "formulaire « Pôle & Cie »" in said(room()).replace("\u00a0", " ").replace("\u202f", " ")
