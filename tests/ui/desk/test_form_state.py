"""What a form of the desk remembers between two clicks."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from biocarto.ui.desk import form_state
from biocarto.ui.desk.form_state import FormState


def test_what_was_typed_after_a_lost_answer_is_another_click(monkeypatch: pytest.MonkeyPatch) -> None:
    """The same sent again is one act; something else is never taken for the save that may have been done already."""
    widgets: dict[str, object] = {}
    monkeypatch.setattr(form_state, "st", SimpleNamespace(session_state=widgets))
    state = FormState("actors-x", {"address": "1 rue"}, 1)
    widgets[state.key("address")] = "2 rue"
    widgets[state.key("save")] = True
    first = state.request
    state.keep_typed()
    widgets[state.key("save")] = False
    assert state.request == first
    widgets[state.key("address")] = "3 rue"
    assert state.request not in {first, ""}
    assert state.request == state.request
