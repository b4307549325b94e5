"""Who may give a file, and how much of it: the attack of the first version repeated, and each way around what stops it."""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest

from biocarto.desk import team as desk_team
from biocarto.desk.intake.permits import LIFE, UploadPermits
from biocarto.desk.members import OPERATOR, VISITOR, Member, name_laptop_editor
from biocarto.desk.rights import Role
from biocarto.errors import AppError
from biocarto.server.uploads import MOST_BODY
from biocarto.store.database import Store, open_store
from biocarto.upload_limits import MOST_BYTES, MOST_FILES
from tests.support import team
from tests.support.uploads import CHUNK, UploadServer, write_body


@pytest.fixture
def store(tmp_path: Path) -> Store:
    """A store with members in it."""
    return team.make_store(tmp_path)


@pytest.fixture
def editor(store: Store) -> Member:
    """Ada, who may import."""
    return team.join(store, "ada", Role.EDITOR)


@pytest.fixture
def server() -> UploadServer:
    """The address of uploads."""
    return UploadServer()


def test_an_editor_gives_a_file(server: UploadServer, store: Store, editor: Member) -> None:
    """It arrives whole, is held under its session, and goes when it is taken away."""
    session, file = server.open_room(editor, store), str(uuid.uuid4())
    assert server.give(session, write_body(3 * CHUNK), file).status == 204
    [held] = server.held.get_files(session, [file])
    assert (held.name, len(held.data)) == ("contacts.csv", 3 * CHUNK)
    assert server.give(session, file=file, method="DELETE").status == 204
    assert server.count_bytes() == 0


def test_the_editor_of_a_laptop_gives_a_file(server: UploadServer, store: Store) -> None:
    """Nobody has signed in there."""
    assert server.give(server.open_room(name_laptop_editor("Ada"), store)).status == 204


def test_the_attack_of_the_first_version_takes_nothing(server: UploadServer, store: Store, editor: Member) -> None:
    """150 files of 1 MB by a visitor whose session is real, with the cookie of the health check, while an editor is at work."""
    server.open_room(editor, store)
    visitor = str(uuid.uuid4())
    answers = [server.give(visitor, write_body(1024 * 1024)) for _ in range(150)]
    assert {(answer.status, answer.taken) for answer in answers} == {(413, 0)}
    assert server.count_bytes() == 0
    assert len(server.permits) == 1
    told = json.loads(answers[0].words)
    assert "Rien n'a été gardé" in told["detail_fr"]
    assert "Nothing was kept" in told["detail"]


@pytest.mark.parametrize("session", ["x", "../../../etc/passwd", "a" * 36, "%00", "0" * 5000, "é" * 36])
def test_a_forged_session_is_nobody(server: UploadServer, store: Store, editor: Member, session: str) -> None:
    """Whatever stands where the id of a session should be."""
    server.open_room(editor, store)
    answer = server.give(session.encode("ascii", "ignore").decode())
    assert answer.status in {400, 404, 413}
    assert answer.taken == 0


@pytest.mark.parametrize("method", ["POST", "GET", "OPTIONS", "PATCH", "HEAD"])
def test_other_methods_stay_closed(server: UploadServer, store: Store, editor: Member, method: str) -> None:
    """Streamlit's client gives by PUT and takes away by DELETE."""
    answer = server.give(server.open_room(editor, store), method=method)
    assert (answer.status, answer.taken) == (413, 0)


def test_nobody_gets_a_permit_without_the_right(store: Store) -> None:
    """A visitor, a contributor: the room does not open, whoever calls it."""
    permits = UploadPermits()
    for who in (VISITOR, team.join(store, "bob", Role.CONTRIBUTOR)):
        with pytest.raises(AppError):
            permits.grant("session", who, store, lambda: None)
    assert len(permits) == 0


def test_a_member_who_was_downgraded_gives_nothing_more(server: UploadServer, store: Store, editor: Member) -> None:
    """Between the page and the file; what they had given is let go."""
    session = server.open_room(editor, store)
    assert server.give(session).status == 204
    desk_team.change_role(store, OPERATOR, editor.id, Role.CONTRIBUTOR)
    answer = server.give(session)
    assert (answer.status, answer.taken) == (403, 0)
    assert server.count_bytes() == 0
    assert server.give(session).status == 413


def test_a_member_who_was_removed_gives_nothing_more(server: UploadServer, store: Store, editor: Member) -> None:
    """As if they had never been there."""
    session = server.open_room(editor, store)
    desk_team.remove(store, OPERATOR, editor.id)
    assert server.give(session).status == 403


def test_a_fourth_file_is_refused(server: UploadServer, store: Store, editor: Member) -> None:
    """Unread; when one of three is taken away, there is room again."""
    session, first = server.open_room(editor, store), str(uuid.uuid4())
    assert [server.give(session, file=file).status for file in (first, "", "")] == [204] * MOST_FILES
    answer = server.give(session)
    assert (answer.status, answer.taken) == (413, 0)
    assert server.give(session, file=first, method="DELETE").status == 204
    assert server.give(session).status == 204
    assert server.give(session, file=first).status == 413


def test_a_file_that_is_too_long_by_its_own_word_is_not_read(server: UploadServer, store: Store, editor: Member) -> None:
    """21 MB, a length that is none, two million digits."""
    session = server.open_room(editor, store)
    for length in (str(21 * 1024**2), "-1", "1e3", "٣", "9" * 3000):
        answer = server.give(session, write_body(21 * 1024**2), headers={"content_length": length.encode("utf-8").decode("latin-1")})
        assert (answer.status, answer.taken) == (413, 0)
    assert server.give(session).status == 204


def test_a_file_without_a_length_is_cut_off(server: UploadServer, store: Store, editor: Member) -> None:
    """Sent in chunks without an end: 20 MB and what a form adds are read, no more, and nothing is kept."""

    def flow() -> Iterator[bytes]:
        yield next(write_body(0))
        while True:
            yield b"x" * CHUNK

    session = server.open_room(editor, store)
    answers = [server.give(session, flow()) for _ in range(MOST_FILES + 1)]
    assert {answer.status for answer in answers} == {413}
    assert max(answer.taken for answer in answers) <= MOST_BODY + CHUNK
    assert server.count_bytes() == 0
    assert server.give(session, write_body(MOST_BYTES), headers={"content_length": str(MOST_BYTES + 200)}).status == 204


def test_a_false_length_is_not_believed(server: UploadServer, store: Store, editor: Member) -> None:
    """A hundred bytes are said, 30 MB come."""
    answer = server.give(server.open_room(editor, store), write_body(30 * 1024**2), headers={"content_length": "100"})
    assert answer.status == 413
    assert answer.taken <= MOST_BODY + CHUNK


def test_a_slow_client_is_cut_off(store: Store, editor: Member) -> None:
    """Its place is free again, and nothing of it is kept."""
    server = UploadServer(seconds=0.05)
    session = server.open_room(editor, store)
    assert [server.give(session, pause=0.04).status for _ in range(MOST_FILES + 1)] == [408] * (MOST_FILES + 1)
    assert server.count_bytes() == 0
    assert server.give(session).status == 204


@pytest.mark.parametrize("headers", [{"x_xsrftoken": "other"}, {"x_xsrftoken": ""}, {"cookie": ""}])
def test_a_forged_request_is_refused(server: UploadServer, store: Store, editor: Member, headers: dict[str, str]) -> None:
    """Streamlit's token against requests that another page makes a browser send; what is refused takes no place."""
    session = server.open_room(editor, store)
    assert [server.give(session, headers=headers).status for _ in range(MOST_FILES + 1)] == [403] * (MOST_FILES + 1)
    assert server.give(session).status == 204


@pytest.mark.parametrize("headers", [{"host": "evil.example"}, {"origin": "http://evil.example"}, {"x_forwarded_for": "203.0.113.9"}])
def test_another_host_gives_nothing(server: UploadServer, store: Store, editor: Member, headers: dict[str, str]) -> None:
    """Host, origin and way here are asked first, as for every request."""
    answer = server.give(server.open_room(editor, store), headers=headers)
    assert answer.status in {403, 421}
    assert answer.taken == 0


def test_a_permit_ends_and_what_was_given_is_let_go(server: UploadServer, store: Store, editor: Member) -> None:
    """A quarter of an hour after the room was shown last, by itself."""
    session = server.open_room(editor, store)
    assert server.give(session).status == 204
    server.clock.now = LIFE
    assert server.give(session).status == 413
    assert server.permits.sweep() == 1
    assert server.count_bytes() == 0
    assert server.permits.sweep() == 0


def test_who_left_the_room_gives_nothing_until_they_come_back(server: UploadServer, store: Store, editor: Member) -> None:
    """What they had given stays for its time."""
    session = server.open_room(editor, store)
    assert server.give(session).status == 204
    server.permits.close(session)
    assert server.give(session).status == 413
    assert server.count_bytes() > 0
    server.permits.grant(session, editor, store, lambda: server.held.remove_session_files(session))
    assert server.give(session).status == 204
    server.permits.withdraw(session)
    assert server.count_bytes() == 0


@pytest.mark.parametrize("end", ["release", "withdraw", "anew", "late"])
def test_a_file_whose_place_is_gone_when_it_arrives_is_not_kept(server: UploadServer, store: Store, editor: Member, end: str) -> None:
    """Another file was taken, the import was cancelled, or begun anew, or its time is over, while this one was on its way."""
    session = server.open_room(editor, store)

    def flow() -> Iterator[bytes]:
        first, *others = write_body(CHUNK)
        yield first
        if end == "late":
            server.clock.now = LIFE
        elif end == "release":
            server.permits.release(session)
        else:
            server.permits.withdraw(session)
        if end == "anew":
            server.permits.grant(session, editor, store, lambda: server.held.remove_session_files(session))
        yield from others

    answers = [server.give(session, flow()) for _ in range(2)]
    assert answers[0].status == 413
    assert "Rien n'a été gardé" in json.loads(answers[0].words)["detail_fr"]
    assert server.count_bytes() == 0


def test_permits_are_bounded(store: Store, editor: Member) -> None:
    """Whoever was there longest makes room; each lets go once."""
    ended: list[int] = []
    permits = UploadPermits(most=2)
    for number in range(5):
        permits.grant(f"session-{number}", editor, store, lambda number=number: ended.append(number))  # type: ignore[misc]
    assert (ended, len(permits)) == ([0, 1, 2], 2)


def test_another_person_in_the_same_session_starts_anew(store: Store, editor: Member) -> None:
    """What the one before had given is let go."""
    ended: list[str] = []
    permits = UploadPermits()
    permits.grant("session", editor, store, lambda: ended.append("ada"))
    permits.grant("session", team.join(store, "eve", Role.EDITOR), store, lambda: ended.append("eve"))
    assert ended == ["ada"]


def test_a_store_that_is_down_takes_nothing(server: UploadServer, store: Store, editor: Member, tmp_path: Path) -> None:
    """Said in words, and unread."""
    session = server.open_room(editor, store)
    server.permits._permits[session].store = open_store(str(tmp_path / "none.sqlite"))
    answer = server.give(session)
    assert (answer.status, answer.taken) == (503, 0)
