"""The one address that takes something: who may write there, what is refused unread, and how every refusal reads."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Mapping
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest
from starlette.applications import Starlette
from starlette.types import Message

from biocarto.api.routes import build_routes
from biocarto.api.source import RegisterSource
from biocarto.config import ROOT, Settings
from biocarto.desk import form_proposals, proposal_limits, proposals, tokens
from biocarto.desk.members import OPERATOR
from biocarto.store.database import Store
from tests.support.asgi import Answer, ask, scope_of
from tests.support.clock import Clock
from tests.support.desk_store import EDITOR, make_store

GIVEN = {"id": "lysogene", "cells": {"status": "former"}, "message": "Fermée en 2023"}


class Form:
    """A form of another site, with a token of its own."""

    def __init__(self, store: Store) -> None:
        source = SimpleNamespace(settings=Settings(store=store.name), find_folder=lambda _: ROOT / "data")
        self.app = Starlette(routes=build_routes(cast(RegisterSource, source)))
        self.token = tokens.add_token(store, OPERATOR, "Pôle") if store.exists() else ""

    def send(self, given: object = GIVEN, *, body: bytes | None = None, **headers: str) -> Answer:
        """One POST; a header that is "" is not sent."""
        usual = {"authorization": f"Bearer {self.token}", "content_type": "application/json"}
        return ask(self.app, "/api/proposals", "POST", body=json.dumps(given).encode() if body is None else body, **usual | headers)


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Store:
    """A register of two actors, and a pace of its own."""
    limit = proposal_limits.build_limit(Clock())
    monkeypatch.setattr(form_proposals.propose_from_form, "__defaults__", (limit,))
    return make_store(tmp_path)


@pytest.fixture
def form(store: Store) -> Form:
    """With a token that is good."""
    return Form(store)


def read(answer: Answer, status: int) -> Mapping[str, Any]:
    """A problem, in both languages."""
    assert (answer.status, answer.headers["content-type"]) == (status, "application/problem+json")
    told: Mapping[str, Any] = json.loads(answer.body)
    assert told["detail"]
    assert told["detail_fr"]
    return told


def test_a_proposal_is_stored_and_answered_by_its_number(form: Form, store: Store) -> None:
    """201; the same key again is the same answer, and one proposal."""
    for _ in range(2):
        answer = form.send(idempotency_key='"8e03978e-40d5"', content_type="application/json; charset=utf-8")
        assert (answer.status, json.loads(answer.body)) == (201, {"number": 1, "state": "open"})
    [waiting] = proposals.list_page(store, EDITOR).proposals
    assert waiting.proposal.form == "Pôle"


@pytest.mark.parametrize("given", ["", "Bearer", "Bearer x", "Basic {token}", "{token}", "Bearer {token}x"])
def test_without_a_good_token_nothing_is_read(form: Form, given: str) -> None:
    """401 with the scheme; a token that was revoked is none."""
    answer = form.send(authorization=given.replace("{token}", form.token))
    read(answer, 401)
    assert answer.headers["www-authenticate"].startswith('Bearer realm="BioCarto"')
    assert answer.read == 0


def test_a_revoked_token_is_refused_at_its_next_call(form: Form, store: Store) -> None:
    """Whatever it could do before."""
    assert form.send().status == 201
    tokens.revoke_token(store, OPERATOR, "Pôle")
    assert 'error="invalid_token"' in form.send().headers["www-authenticate"]


@pytest.mark.parametrize("kind", ["", "text/plain", "application/x-www-form-urlencoded", "multipart/form-data", "application/jsonp"])
def test_what_a_page_can_send_without_asking_is_refused(form: Form, kind: str) -> None:
    """415, unread: a form of HTML is no JSON."""
    answer = form.send(content_type=kind)
    read(answer, 415)
    assert (answer.headers["accept-post"], answer.read) == ("application/json", 0)


def test_a_long_body_is_not_read_to_its_end(form: Form) -> None:
    """Said to be long, or found to be."""
    assert read(form.send(content_length="16385"), 413)
    assert form.send(content_length="16385").read == 0
    assert read(form.send(content_length="many"), 413)
    assert read(form.send(body=b" " * 16_385), 413)


def test_a_form_that_hangs_up_in_mid_body_leaves_no_trace(form: Form, store: Store) -> None:
    """Half a body and then nobody: no error leaves the endpoint, and nothing is stored."""
    messages = iter([{"type": "http.request", "body": json.dumps(GIVEN).encode(), "more_body": True}, {"type": "http.disconnect"}])
    sent: list[Message] = []

    async def receive() -> Message:
        return next(messages)

    async def send(message: Message) -> None:
        sent.append(message)

    scope = scope_of("/api/proposals", "POST", authorization=f"Bearer {form.token}", content_type="application/json")
    asyncio.run(form.app(scope, receive, send))
    assert sent[0]["status"] == 400
    assert not proposals.list_page(store, EDITOR).proposals


def test_every_wrong_field_is_listed(form: Form, store: Store) -> None:
    """As JSON pointers, with a sentence for each in both languages."""
    told = read(form.send({"cells": {"status": "closed", "colour": "red"}, "contact": "nobody"}), 422)
    assert {wrong["pointer"] for wrong in told["errors"]} == {"#/cells/status", "#/cells/colour", "#/contact"}
    assert all(wrong["detail"] and wrong["detail_fr"] for wrong in told["errors"])
    assert read(form.send(body=b"["), 422)["errors"][0]["pointer"] == "#"
    assert "errors" not in read(form.send({"id": "nobody", "message": "x"}), 422)
    assert not proposals.list_page(store, EDITOR).proposals


def test_a_key_has_one_body(form: Form) -> None:
    """Another proposal under the same key is 422; a key without end is 400."""
    assert form.send(idempotency_key="k").status == 201
    assert "Idempotency-Key" in read(form.send({**GIVEN, "message": "x"}, idempotency_key="k"), 422)["detail"]
    read(form.send(idempotency_key="k" * 256), 400)


def test_a_form_that_is_too_quick_is_told_when_to_come_back(form: Form) -> None:
    """429, in seconds."""
    answers = [form.send({**GIVEN, "message": str(n)}) for n in range(11)]
    assert [answer.status for answer in answers] == [201] * 10 + [429]
    assert answers[10].headers["retry-after"] == "600"
    assert "écran" not in read(answers[10], 429)["detail_fr"]


def test_a_list_that_is_full_is_closed_for_a_while(form: Form, monkeypatch: pytest.MonkeyPatch) -> None:
    """503: nothing is wrong with the proposal."""
    monkeypatch.setattr(proposals, "MOST_WAITING", 0)
    read(form.send(), 503)


def test_without_a_desk_the_form_is_told_to_come_back(tmp_path: Path) -> None:
    """503, and not where the store would be."""
    form = Form(cast(Store, SimpleNamespace(name=str(tmp_path / "none.sqlite"), exists=bool)))
    form.token = f"biocarto-00000000-{'a' * 43}"
    assert str(tmp_path) not in json.dumps(read(form.send(), 503))
