"""What every form of a proposal does: keep the texts until they are safe, send them once, say what became of them."""

from __future__ import annotations

import logging
import uuid
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

import streamlit as st

from biocarto.desk.members import VISITOR, Member
from biocarto.desk.proposal import Proposal
from biocarto.desk.proposal_limits import LIMIT
from biocarto.desk.proposal_texts import Draft
from biocarto.desk.store_watch import WATCH
from biocarto.errors import AppError
from biocarto.model import N_
from biocarto.store.database import Store, open_store
from biocarto.store.store_error import StoreError
from biocarto.ui.shared import cache, identity
from biocarto.ui.shared.language import get_language, get_locale
from biocarto.ui.shared.messages import escape_markdown

WHAT_FOLLOWS = N_("Une personne de l'équipe du registre lit chaque proposition et décide ; rien ne change sur les pages avant.")
ABOUT_CONTACT = N_("Facultatif : pour une réponse. Lu par l'équipe seulement, effacé dès la décision.")
THANKS = N_("Merci : votre proposition est notée sous le numéro {n}.")
NAMED = N_("Vous êtes connecté : si vous êtes membre de l'atelier, la proposition est à votre nom, et vous y suivez ce qu'elle devient.")
FOLLOWED = N_("Vous suivez ce qu'elle devient à l'atelier, sous « Propositions ».")
_SILENT = AppError(
    "Le registre ne répond pas pour l'instant. Vos textes restent à l'écran. Renvoyez-les dans un moment : rien ne sera enregistré deux "
    "fois.",
    "The register does not answer for now. Your texts stay on screen. Send them again in a moment: nothing will be stored twice.",
)
"""To a visitor, who can neither start a database nor wants to know where it is."""
_LOG = logging.getLogger(__name__)
_VISIT = "biocarto_visit"

Propose = Callable[[Store, Member, Draft], Proposal]


class SentProposal(NamedTuple):
    """What a form remembers of what it sent: its number, and whether a member can follow it at the desk."""

    number: int
    is_named: bool


@dataclass(frozen=True)
class ProposalForm:
    """One form of a session: its name and the names of its fields. Each turn has keys of its own: nothing that was sent comes back."""

    name: str
    fields: tuple[str, ...]
    is_anonymous: bool = False
    """True at a stand, where many write at the machine of one."""

    def name_key(self, field: str) -> str:
        """The key of a widget, in this turn."""
        return f"{self.name}-{st.session_state.get(f'{self.name}-turn', 0)}-{field}"

    def read(self, field: str) -> str:
        """What a field holds."""
        return str(st.session_state.get(self.name_key(field)) or "")

    def keep(self) -> None:
        """Fields that are not on screen in this run keep their texts."""
        for key in map(self.name_key, self.fields):
            st.session_state[key] = st.session_state.get(key, "")

    def name_request(self) -> str:
        """The name of this turn's click: the same until it has been stored."""
        return str(st.session_state.setdefault(f"{self.name}-request", uuid.uuid4().hex))

    def forget(self) -> None:
        """A new turn: nothing of the last one is left in the session."""
        for key in (*map(self.name_key, self.fields), f"{self.name}-request"):
            st.session_state.pop(key, None)
        st.session_state[f"{self.name}-turn"] = int(st.session_state.get(f"{self.name}-turn", 0)) + 1

    def send(self, cells: Mapping[str, str], propose: Propose) -> None:
        """Store what the form holds; it stays on screen until that is safe."""
        store, told = find_desk(), f"{self.name}-told"
        draft = Draft(cells, self.read("message"), self.read("source_url"), self.read("contact"), self.name_request())
        try:
            if store is None:
                raise _SILENT
            with LIMIT.count(name_visit()):
                stored = propose(store, VISITOR if self.is_anonymous else identity.find_proposer(), draft)
        except AppError as error:
            if isinstance(error, StoreError):  # what is wrong with a text quotes it, and is told to its writer only
                _LOG.warning("%s", error)
            st.session_state[told] = _SILENT if isinstance(error, StoreError) else error
            return
        self.forget()
        st.session_state[told] = SentProposal(stored.number, bool(stored.who))

    def show_result(self, otherwise: str = "") -> None:
        """What became of the last sending, until the next: what comes and goes while people write moves the button from under them."""
        t, told = get_locale(), st.session_state.get(f"{self.name}-told")
        if isinstance(told, AppError):
            st.error(escape_markdown(told.message(get_language())))
        elif told:
            words = (t(THANKS).format(n=t.number(told.number)), t(WHAT_FOLLOWS), t(FOLLOWED) if told.is_named else "")
            st.success(" ".join(filter(None, words)))
        elif otherwise:
            st.caption(otherwise)


def name_visit() -> str:
    """A name for this session; it says nothing of who is there, and is kept nowhere."""
    return str(st.session_state.setdefault(_VISIT, uuid.uuid4().hex))


def find_desk() -> Store | None:
    """The store of the desk, None where there is none; no page waits for it."""
    address = cache.settings().store
    store = open_store(address)
    return store if WATCH.is_there(address, store) else None


def mark_required(label: str) -> str:
    """The label of a field without which nothing is sent."""
    return get_locale()("{label} (obligatoire)").format(label=label)


def show_text_field(form: ProposalForm, field: str, label: str, longest: int, *, purpose: str = "off") -> None:
    """A line to write in, kept while it is hidden; `purpose` is what browsers call it."""
    st.text_input(label, key=form.name_key(field), max_chars=longest, autocomplete=purpose, persist_state="page")


def show_who_sends() -> None:
    """What becomes of a contact; to whoever has signed in, whose name the proposal has."""
    t = get_locale()
    st.caption(t(ABOUT_CONTACT))
    if identity.find_account() is not None:
        st.caption(t(NAMED))


def drop_empty(cells: Iterable[tuple[str, str]]) -> dict[str, str]:
    """The cells that say something."""
    return {name: text for name, text in cells if text.strip()}
