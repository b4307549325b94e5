"""What a form of the desk remembers between two runs: the row as its editor saw it, the name of the click, what was refused and why.

One form is open per session. The keys of its fields hold the version that was seen: a browser that comes back to a server which has
forgotten the session meets a row of another version as another form, and never writes over what it has not shown.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import streamlit as st

from biocarto.desk.desk_error import CollisionError, InvalidRowError
from biocarto.desk.facts import ChangeSet, Collision
from biocarto.desk.forms import write_cell
from biocarto.errors import AppError, Issue

WHY = "why"
"""The field that every form has: the reason."""
_STATE = "desk_form"


@dataclass
class FormState:
    """The form that is open: `base` is what its editor saw, `given` what its fields start with instead.

    `turns` counts, by field, how often its value came from elsewhere (another editor, a click on the map): the field is a new one then.
    `kept` is what was typed into a form that was refused, by widget;
    `names` are its widgets. `homonyms` are the communes that a name may mean, by field.
    """

    what: str
    base: dict[str, str]
    version: int
    given: dict[str, str] = field(default_factory=dict)
    turns: dict[str, int] = field(default_factory=dict)
    issues: tuple[Issue, ...] = ()
    collisions: tuple[Collision, ...] = ()
    homonyms: dict[str, tuple[str, ...]] = field(default_factory=dict)
    error: AppError | None = None
    is_unchanged: bool = False
    is_shown: bool = False
    names: set[str] = field(default_factory=set)
    kept: dict[str, str] = field(default_factory=dict)
    _request: str = ""
    _sent: dict[str, Any] = field(default_factory=dict)

    @property
    def request(self) -> str:
        """The id of this click: the same while the same is sent again, another one once something else was typed.

        Else what was typed after a save whose answer got lost would be taken for that save.
        """
        held = self._read_widgets()
        if not self._request or held != self._sent:
            self._request, self._sent = uuid.uuid4().hex, held
        return self._request

    def _read_widgets(self) -> dict[str, Any]:
        return {name: st.session_state[self.key(name)] for name in [*self.names] if self.has(name) and name != "save"}

    def key(self, name: str) -> str:
        """The key of a widget of this form."""
        self.names.add(name)
        turn = self.turns.get(name, 0)
        return f"desk-{self.what}-{self.version}-{name}" + (f"-{turn}" if turn else "")

    def has(self, name: str) -> bool:
        """Whether a widget of this form has a value."""
        return self.key(name) in st.session_state

    def read(self, name: str) -> Any:
        """What a widget of this form holds; None where it is not there."""
        return st.session_state.get(self.key(name))

    def find_start(self, name: str) -> str:
        """The cell that a field starts with: what was typed before the form had to go, else what was given, else what stands there."""
        return self.kept.get(name, self.given.get(name, self.base.get(name, "")))

    def put(self, name: str, cell: str) -> None:
        """A field holds something else from now on."""
        self.kept.pop(name, None)
        self.given[name] = cell
        self.turns[name] = self.turns.get(name, 0) + 1

    def forget_refusal(self) -> None:
        """Before another try."""
        self.issues, self.collisions, self.homonyms, self.error, self.is_unchanged = (), (), {}, None, False

    def attempt(self, act: Callable[[], ChangeSet | None]) -> ChangeSet | None:
        """Do it; where it is refused, remember why and keep all that was typed."""
        self.forget_refusal()
        try:
            made = act()
        except CollisionError as error:
            self.collisions = error.collisions
        except InvalidRowError as error:
            self.issues = error.issues
        except AppError as error:
            self.error = error
        else:
            self.is_unchanged = made is None
            return made
        self.keep_typed()
        return None

    def keep_typed(self) -> None:
        """Remember what the widgets hold: a page that cannot show the form for a while forgets them."""
        self.kept |= {name: write_cell(value) for name, value in self._read_widgets().items() if isinstance(value, (str, list))}


def find(what: str) -> FormState | None:
    """The form that is open, where it is this one."""
    held = st.session_state.get(_STATE)
    return held if isinstance(held, FormState) and held.what == what else None


def open_form(what: str, base: dict[str, str], version: int, given: dict[str, str] | None = None) -> FormState:
    """The form of a row, as it was when this session opened it; whoever went elsewhere and comes back opens it anew."""
    held = find(what)
    if held is None or (held.is_shown and not held.has(WHY) and not held.kept):
        held = st.session_state[_STATE] = FormState(what, base, version, given or {})
    held.is_shown = True
    return held


def is_refused() -> bool:
    """Whether the form that is open tells an error of its own."""
    held = st.session_state.get(_STATE)
    return isinstance(held, FormState) and held.error is not None


def close() -> None:
    """The next form is a new one: of another row, or of the same one after a save."""
    st.session_state.pop(_STATE, None)
