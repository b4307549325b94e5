"""Publishing: nothing that its preview did not show, nothing twice, whoever else is at work meanwhile."""

from __future__ import annotations

from pathlib import Path

import pytest

from biocarto.desk import acts, editions, publishing
from biocarto.desk.acts import Desk
from biocarto.desk.desk_error import DeskError
from biocarto.desk.editions import Edition
from tests.support.small_desk import ECHOS, intend, make_desk


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """A register of one row in each table."""
    return make_desk(tmp_path)


def rename_site(desk: Desk, before: str, after: str) -> None:
    """An act that readers will see."""
    assert acts.save_row(desk, intend("a name"), ("sites", "genopole"), {"name": (before, after)})


def list_editions(desk: Desk) -> list[Edition]:
    """The newest first."""
    with desk.store.read() as transaction:
        return editions.list_editions(transaction)


def test_what_came_after_a_preview_is_not_published(desk: Desk) -> None:
    """Not even where somebody else has published in between: whoever confirms has not read it."""
    rename_site(desk, "Genopole Évry", "Genopole")
    read = publishing.preview(desk).upto
    publishing.publish(desk, intend("theirs"))
    rename_site(desk, "Genopole", "Génopole")
    with pytest.raises(DeskError, match="read again"):
        publishing.publish(desk, intend("mine"), read)
    assert [edition.notes for edition in list_editions(desk)] == ["theirs", ""]


def test_a_click_that_is_sent_twice_is_one_edition(desk: Desk) -> None:
    """Whatever was saved between the two."""
    rename_site(desk, "Genopole Évry", "Genopole")
    read = publishing.preview(desk).upto
    first = publishing.publish(desk, intend("a name"), read)
    rename_site(desk, "Genopole", "Génopole")
    assert publishing.publish(desk, intend("a name"), read) == first
    assert len(list_editions(desk)) == 2


def test_two_servers_that_publish_at_once_are_told_apart(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """The one that comes second is told that there is nothing left to publish; its edition is not half there."""
    acts.close_actor(desk, intend("closed"), "alpha", "present", ECHOS)
    check = publishing.check

    def publish_elsewhere(*given: object) -> object:
        monkeypatch.setattr(publishing, "check", check)
        publishing.publish(desk, intend("theirs"))
        return check(*given)  # type: ignore[arg-type]

    monkeypatch.setattr(publishing, "check", publish_elsewhere)
    with pytest.raises(DeskError, match="nothing to publish"):
        publishing.publish(desk, intend("mine"))
    assert [edition.notes for edition in list_editions(desk)] == ["theirs", ""]


def test_an_edition_that_pages_would_not_take_is_no_edition(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """The check stands before the store; what it raises is what whoever publishes reads."""
    rename_site(desk, "Genopole Évry", "Genopole")

    def refuse(*_: object) -> None:
        raise DeskError("non", "no")

    monkeypatch.setattr(publishing, "check", refuse)
    with pytest.raises(DeskError, match="no"):
        publishing.publish(desk, intend("a name"))
    assert len(list_editions(desk)) == 1
