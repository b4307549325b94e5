"""The import that a session has in hand: its file, what its person has chosen, what it would do.

It is kept in memory alone, and let go when it is applied or cancelled, or a quarter of an hour after the last click.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import partial

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx
from streamlit.runtime.uploaded_file_manager import UploadedFileManager

from biocarto import caches
from biocarto.caches import Cache
from biocarto.desk.acts import Desk
from biocarto.desk.facts import Evidence
from biocarto.desk.intake import explaining
from biocarto.desk.intake.permits import UPLOADS
from biocarto.desk.intake.staging import Choices, Explanation
from biocarto.desk.ledger import find_last_number
from biocarto.desk.members import Member
from biocarto.ui.shared import upload_session

_held = Cache(caches.IMPORTS)
_GIVEN = "import_given"
"""The name of the file in hand, in the session: what tells a file that was let go from none."""
_Key = tuple[Choices, int, str]


@dataclass
class ImportInHand:
    """One file and the answers of its person; `turn` counts the answers, so that every form shows what holds now.

    `typed` is the page as it was given last, also where it was refused; `good` are the answers that could be read last.
    """

    name: str
    data: bytes
    choices: Choices = field(default_factory=Choices)
    turn: int = 0
    typed: Evidence = field(default_factory=Evidence)
    good: Choices | None = None
    _known: tuple[_Key, Explanation] | None = None

    def explain(self, desk: Desk, tell: Callable[[float], None]) -> Explanation:
        """What it would do, made once for these answers and this state of the register; raises AppError."""
        with desk.store.read() as transaction:
            key = (self.choices, find_last_number(transaction), desk.today())
        if self._known is None or self._known[0] != key:
            self._known = None
            self._known = (key, explaining.explain(desk, self.name, self.data, self.choices, tell))
            self.good = self.choices
        return self._known[1]

    def choose(self, choices: Choices) -> None:
        """Other answers from now on."""
        self.typed = choices.page
        if choices != self.choices:
            self.choices = choices
            self.turn += 1

    def go_back(self) -> bool:
        """The answers before those that were refused; whether there were any."""
        if self.good is None or self.good == self.choices:
            return False
        self.choices = self.good
        self.turn += 1
        return True

    def choose_resource(self, resource: str) -> None:
        """Another table: what was said of its columns means nothing any more."""
        kept = self.choices
        self.choose(Choices(resource=resource, sheet=kept.sheet, page=kept.page, cells=kept.cells))

    def choose_sheet(self, sheet: str) -> None:
        """Another sheet of the same file."""
        self.choose(Choices(sheet=sheet, page=self.choices.page))

    def choose_columns(self, fields: Mapping[int, str]) -> None:
        """Which column of the register each of the file is."""
        self.choose(replace(self.choices, fields=dict(fields)))

    def choose_for_all(self, constants: Mapping[str, str], page: Evidence) -> None:
        """What holds for every line, and the page that the file rests on."""
        self.choose(replace(self.choices, constants={name: code for name, code in constants.items() if code}, page=page))

    def choose_rows(self, same: Mapping[int, str]) -> None:
        """Which row each line is, "" for a new one; lines that are not named stay as they were."""
        self.choose(replace(self.choices, same={**self.choices.same, **same}))

    def choose_cells(self, cells: Mapping[tuple[int, int], str]) -> None:
        """What stands in cells of the file instead, by line and place; others stay as they were."""
        self.choose(replace(self.choices, cells={**self.choices.cells, **cells}))


def open_room(desk: Desk, who: Member) -> None:
    """This session may give a file from now on; raises DeniedError for who is no editor, StoreError."""
    context = get_script_run_ctx(suppress_warning=True)
    if context is not None:
        let_go = partial(_let_go, context.uploaded_file_mgr, context.session_id)
        UPLOADS.grant(context.session_id, who, desk.store, let_go)


def find() -> ImportInHand | None:
    """What this session has in hand."""
    found = _held.find(upload_session.find_session())
    return found if isinstance(found, ImportInHand) else None


def take(name: str, data: bytes) -> ImportInHand:
    """Take a file over from Streamlit, which keeps nothing of it."""
    session, hand = upload_session.find_session() or "", ImportInHand(name, data)
    _held.replace(session, hand)
    st.session_state[_GIVEN] = name
    UPLOADS.release(session)  # first: a file that is still on its way finds no place, and is not kept
    upload_session.forget_files(session)
    return hand


def end() -> None:
    """Applied or cancelled: nothing is kept."""
    st.session_state.pop(_GIVEN, None)
    UPLOADS.withdraw(upload_session.find_session() or "")


def take_forgotten() -> str:
    """The name of a file that was let go while nobody clicked, told once; "" where there is none."""
    return "" if find() else str(st.session_state.pop(_GIVEN, ""))


def _let_go(manager: UploadedFileManager, session: str) -> None:
    manager.remove_session_files(session)
    _held.keep(lambda key: key != session)
