"""What people take away from pages, and whom they tell of an error."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from biocarto.config import Settings
from biocarto.ui.shared import cache
from tests.support.pages import opened, words


def with_contact(monkeypatch: pytest.MonkeyPatch, contact: str) -> AppTest:
    """A sheet of the directory where this address receives reports of errors, no desk is open, and somebody reports one."""
    without_desk = Settings(contact=contact, store=cache.settings().store)
    monkeypatch.setattr(cache, "settings", lambda: without_desk)
    app = opened("directory", actor="genethon", lang="fr")
    app.session_state["open-report-actors-genethon"] = True
    return app.run()


def mail_links(app: AppTest) -> list[str]:
    """Where buttons that open the mail program write to."""
    return [element.proto.url for element in app.get("link_button") if element.proto.url.startswith("mailto:")]


def test_a_report_of_an_error_has_a_recipient(monkeypatch: pytest.MonkeyPatch) -> None:
    """The message is addressed, the address stands beside it and at the foot of the page."""
    app = with_contact(monkeypatch, "repertoire@pole.example")
    (link,) = mail_links(app)
    assert link.startswith("mailto:repertoire@pole.example?subject=")
    assert "genethon" in link
    assert "Envoyez ce texte à repertoire@pole.example" in words(app).replace("\\", "")
    assert "href='mailto:repertoire@pole.example'" in words(app)


def test_without_a_recipient_the_page_says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    """No message to nobody: whom to give the text to, and which setting names a recipient."""
    app = with_contact(monkeypatch, "")
    assert mail_links(app) == []
    assert "BIOCARTO_CONTACT" in words(app)
    assert any("genethon" in block.value for block in app.code)


def test_every_table_can_be_downloaded() -> None:
    """Each table that the page lists, in three formats whose files have different names."""
    app = opened("sources", lang="fr")
    tables = app.selectbox(key="table-file")
    assert len(tables.options) == len(cache.load_tables().resources)
    for place in (0, 7):
        tables = app.selectbox(key="table-file").select_index(place).run().selectbox(key="table-file")
        buttons = [button for button in app.get("download_button") if button.key.startswith("table-")]
        assert [button.key for button in buttons] == ["table-xlsx", "table-csv-excel", "table-csv"]
    assert not app.exception
