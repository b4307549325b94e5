"""Tokens of forms: told once, kept as hashes, good for one thing, gone when revoked; and what a form may send with one."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from threading import Barrier

import pytest

from biocarto.cli import main
from biocarto.desk import proposals, tokens
from biocarto.desk.desk_error import DeniedError, DeskError
from biocarto.desk.form_proposals import FormCall, KeyUsedError, WrongFieldsError, propose_from_form
from biocarto.desk.members import OPERATOR
from biocarto.desk.proposal import Proposal
from biocarto.desk.proposal_error import ProposalError, tell_program
from biocarto.desk.proposal_limits import TooManyProposalsError, build_limit
from biocarto.desk.tokens import FormToken
from biocarto.register.schema import Resource
from biocarto.store.database import Store
from biocarto.store.migrations import migrate
from biocarto.store.sqlite import SqliteTransaction
from tests.support.clock import Clock
from tests.support.desk_store import EDITOR, load_resources, make_store

GIVEN = {"id": "lysogene", "cells": {"status": "former"}, "message": "Fermée en 2023", "contact": "pole@example.org"}


@pytest.fixture
def store(tmp_path: Path) -> Store:
    """A register of two actors."""
    return make_store(tmp_path)


def find(store: Store, name: str = "Pôle") -> FormToken:
    """A new token, found again by its text."""
    found = tokens.find_token(store, tokens.add_token(store, OPERATOR, name))
    assert found is not None
    return found


def send(store: Store, token: FormToken, given: object, key: str = "") -> Proposal:
    """What a form sends."""
    return propose_from_form(store, FormCall(token, json.dumps(given).encode(), key), load_resources, build_limit(Clock()))


def find_wrong(store: Store, given: object) -> set[str]:
    """The places of what is wrong in a body."""
    with pytest.raises(WrongFieldsError) as caught:
        send(store, find(store), given)
    return set(caught.value.fields)


def test_a_token_is_told_once_and_kept_as_a_hash(store: Store) -> None:
    """Nothing in the file gives it back; another text, a shorter one, the id alone are no token."""
    token = tokens.add_token(store, OPERATOR, " Pôle  Santé ")
    found = tokens.find_token(store, token)
    assert found is not None
    assert (found.name, found.made_by, found.used_on, found.revoked_at) == ("Pôle Santé", "operator", "", "")
    assert token.encode() not in Path(store.name).read_bytes()
    for other in ("", token[:-1], f"{token[:-1]}{'A' if token[-1] != 'A' else 'B'}", token.upper(), f"biocarto-00000000-{token[18:]}"):
        assert tokens.find_token(store, other) is None


def test_a_revoked_token_is_none(store: Store) -> None:
    """From its next call on; its name is not given to another one."""
    token = tokens.add_token(store, OPERATOR, "Pôle")
    tokens.revoke_token(store, OPERATOR, "Pôle")
    assert tokens.find_token(store, token) is None
    [left] = tokens.list_tokens(store, OPERATOR)
    assert left.revoked_at
    for refused in (lambda: tokens.revoke_token(store, OPERATOR, "Pôle"), lambda: tokens.add_token(store, OPERATOR, "Pôle")):
        with pytest.raises(DeskError, match="Nothing was changed"):
            refused()


def test_tokens_are_the_administrators(store: Store) -> None:
    """An editor makes none, sees none, takes none back."""
    for refused in (
        lambda: tokens.add_token(store, EDITOR, "Pôle"),
        lambda: tokens.list_tokens(store, EDITOR),
        lambda: tokens.revoke_token(store, EDITOR, "Pôle"),
    ):
        with pytest.raises(DeniedError):
            refused()


@pytest.mark.parametrize("name", ["", " ", "a\tb", "<b>", "x" * 81])
def test_a_name_that_no_list_can_show_is_refused(store: Store, name: str) -> None:
    """A token without a name could not be revoked."""
    with pytest.raises(DeskError):
        tokens.add_token(store, OPERATOR, name)


def test_there_are_not_too_many(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """Those that are good count."""
    monkeypatch.setattr(tokens, "MOST_TOKENS", 1)
    tokens.add_token(store, OPERATOR, "one")
    with pytest.raises(DeskError, match="1 tokens already"):
        tokens.add_token(store, OPERATOR, "two")
    tokens.revoke_token(store, OPERATOR, "one")
    assert tokens.add_token(store, OPERATOR, "two")


def test_a_proposal_says_from_which_form_it_comes(store: Store) -> None:
    """It is one like every other: the same queue, nothing written in the register; the token's day is noted."""
    token = find(store)
    made = send(store, token, GIVEN)
    assert (made.number, made.form, made.who, made.contact) == (1, "Pôle", "", "pole@example.org")
    [waiting] = proposals.list_page(store, EDITOR).proposals
    assert waiting.proposal == made
    assert tokens.list_tokens(store, OPERATOR)[0].used_on == made.at[:10]
    new = send(store, token, {"cells": {"name": "Alpha Bio", "website": "alpha.example.org"}})
    assert (new.number, new.row_id, new.cells["website"].after) == (2, "", "https://alpha.example.org")


def test_a_retry_writes_nothing_twice(store: Store) -> None:
    """Under the same key; another form's key is another one, and one key has one body."""
    one, other = find(store), find(store, "Autre")
    assert [send(store, token, GIVEN, "k-1").number for token in (one, one, other)] == [1, 1, 2]
    assert [send(store, one, GIVEN, key).number for key in ("", "k-2")] == [3, 4]
    with pytest.raises(KeyUsedError):
        send(store, one, {**GIVEN, "message": "autre"}, "k-1")


@pytest.mark.parametrize("body", [b"", b"[]", b"null", b'{"id": ', b"\xff", b'"text"', b"[" * 16_000, b'{"a":' * 3_000])
def test_what_is_no_object_is_told(store: Store, body: bytes) -> None:
    """However deep it is nested."""
    with pytest.raises(WrongFieldsError) as caught:
        propose_from_form(store, FormCall(find(store), body), load_resources)
    assert list(caught.value.fields) == [""]


def test_every_wrong_field_is_told_at_once(store: Store) -> None:
    """Unknown names, other types, texts that a visitor could not write either; and nothing is stored."""
    cells = {"status": "closed", "nothing": "x", "id": "y", "name": "<b>x</b>", "website": "no address", "founded": "=1+1"}
    given = {**GIVEN, "cells": cells, "message": "x" * 1001, "source_url": "javascript:alert(1)", "contact": "nobody"}
    assert find_wrong(store, given) == {*(f"cells/{name}" for name in cells), "message", "source_url", "contact"}
    assert find_wrong(make_store_again(store), {"table": "figures", "colour": "red", "message": 3, "cells": {"name": None}}) == {
        *("table", "colour", "message", "cells/name"),
    }
    assert not proposals.list_page(store, EDITOR).proposals


def make_store_again(store: Store) -> Store:
    """The same store, whose token has a name that the next one needs."""
    tokens.revoke_token(store, OPERATOR, "Pôle")
    with store.write() as transaction:
        transaction.execute("DELETE FROM token")
    return store


@pytest.mark.parametrize(
    ("given", "place"),
    [
        ({"cells": []}, "cells"),
        ({"message": "\ud800"}, "message"),
        ({"id": "a\0b"}, "id"),
        ({"cells": {"name": ["x"]}}, "cells/name"),
        ({"table": ["actors"]}, "table"),
        ({"table": "clusters", "message": "x"}, "id"),
    ],
)
def test_what_no_store_takes_is_told(store: Store, given: object, place: str) -> None:
    """A text is a text that both kinds of database take; only an actor is new."""
    assert find_wrong(store, given) == {place}


def test_a_refusal_speaks_of_no_screen(store: Store) -> None:
    """There is none; the same rules as for a visitor."""
    with pytest.raises(ProposalError) as caught:
        send(store, find(store), {"id": "nobody", "message": "x"})
    assert [("écran" in told, "screen" in told) for told in tell_program(caught.value)] == [(False, False)] * 2


def test_a_form_keeps_the_pace_of_a_visitor(store: Store) -> None:
    """Ten in ten minutes; the eleventh knows how long to wait."""
    token, limit = find(store), build_limit(Clock())
    calls = [FormCall(token, json.dumps({**GIVEN, "message": str(n)}).encode()) for n in range(11)]
    for call in calls[:10]:
        propose_from_form(store, call, load_resources, limit)
    with pytest.raises(TooManyProposalsError) as caught:
        propose_from_form(store, calls[10], load_resources, limit)
    assert caught.value.seconds == 600
    assert len(proposals.list_page(store, EDITOR).proposals) == 10


def test_a_retry_of_what_is_stored_is_answered_at_any_pace(store: Store) -> None:
    """It adds nothing, and is not counted: the form that saw no answer learns the number."""
    token, limit = find(store), build_limit(Clock())
    calls = [FormCall(token, json.dumps({**GIVEN, "message": str(n)}).encode(), f"k-{n}") for n in range(10)]
    for call in [calls[0], *calls]:
        propose_from_form(store, call, load_resources, limit)
    assert propose_from_form(store, calls[3], load_resources, limit).number == 4
    with pytest.raises(KeyUsedError):
        propose_from_form(store, FormCall(token, calls[4].body, "k-3"), load_resources, limit)


def test_of_two_bodies_at_once_under_one_key_one_is_stored(store: Store) -> None:
    """The key is looked up where the proposal is written, so that nobody comes between."""
    token, limit, start = find(store), build_limit(Clock()), Barrier(6)

    def load_together() -> Mapping[str, Resource]:
        start.wait(30)
        return load_resources()

    def propose(message: str) -> bool:
        call = FormCall(token, json.dumps({**GIVEN, "message": message}).encode(), "k-1")
        with suppress(KeyUsedError):
            return bool(propose_from_form(store, call, load_together, limit))
        return False

    load_resources()
    with ThreadPoolExecutor(6) as threads:
        assert sum(threads.map(propose, "abcdef")) == 1
    assert len(proposals.list_page(store, EDITOR).proposals) == 1


def test_an_older_store_is_brought_up_to_date() -> None:
    """What was proposed before came from no form."""
    with sqlite3.connect(":memory:", isolation_level=None) as connection:
        transaction = SqliteTransaction(connection, "")
        migrate(transaction, "", upto=2)
        columns = "id, number, at, kind, resource, row_id, based_on, cells, message, source_url, who, contact, state, reason, decided_by"
        values = "'p', 1, '', 'new', 'actors', '', 0, '{}', '', '', '', '', 'open', '', ''"
        connection.execute(f"INSERT INTO proposal ({columns}, decided_at) VALUES ({values}, '')")  # noqa: S608 - this test's own
        migrate(transaction, "")
        assert transaction.execute("SELECT form FROM proposal") == [("",)]
        assert transaction.execute("SELECT * FROM token") == []


def test_tokens_on_the_command_line(store: Store, capsys: pytest.CaptureFixture[str]) -> None:
    """Made, listed without its secret, revoked; a mistake is told with an exit code."""

    def desk(*words: str) -> int:
        return main(["desk", "token", *words, "--store", store.name, "--lang", "en"])

    assert desk("add", "Pôle") == 0
    token = capsys.readouterr().out.strip()
    assert tokens.find_token(store, token) is not None
    assert desk("list", "--json") == 0
    listed = capsys.readouterr().out
    assert token not in listed
    assert [(told["name"], told["made_by"]) for told in json.loads(listed)] == [("Pôle", "operator")]
    assert desk("revoke", "Pôle") == 0
    assert "is revoked" in capsys.readouterr().out
    assert desk("list") == 0
    assert "revoked:" in capsys.readouterr().out
    assert desk("revoke", "Pôle") == 1
