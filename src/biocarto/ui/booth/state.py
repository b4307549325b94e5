"""What a visitor of the stand has done, all of it in the address: a reload, or a server that starts anew, brings it back."""

from __future__ import annotations

import uuid
from typing import NamedTuple

import streamlit as st

from biocarto.booth import shortlist
from biocarto.booth.shortlist import KEEP, MOST, Shortlist
from biocarto.model import N_
from biocarto.query.proximity import Origin, find_origin
from biocarto.register.catalogue import Catalogue
from biocarto.ui.shared import address
from biocarto.ui.shared.organisations import SHEETS

ENTRY_SCREENS = {
    "survey": N_("Les 183"),
    "tour": N_("Le Bioproduction Tour"),
    "near": N_("Qui est près de chez moi ?"),
    "who": N_("Qui fait quoi ?"),
    "networks": N_("Les réseaux"),
}
"""The five doors in their order: name in the address -> what they are called."""

SCREENS = {
    "home": N_("BioCarto au stand"),
    **ENTRY_SCREENS,
    "kept": N_("Ma liste"),
    "need": N_("Dire un besoin"),
    "propose": N_("Proposer un acteur"),
    "report": N_("Signaler une erreur"),
    "staff": N_("Équipe du stand"),
}
"""Every value of `read_screen`; none is the attract loop."""

HERE = "here"
"""Name in the address of where the visitor is: asked once, and known until the visit is forgotten."""

LASTING = (KEEP, "lang", HERE)
"""What stays from one door to the next."""

KNOWN = "known"
"""Value of `by` where the place was known before the room was entered: the way back then leads out of it."""

_NARROWED = {"near": ("modality", "role", "status"), "who": ("department", "near", "km", "literal", "status")}
"""What narrows the answer of a room, place or subject: undone before the answer itself."""

_PLACE = ("near", "km")
_STEPS = (
    ("actor",),
    ("page", "place"),
    _PLACE,
    ("department", "modality", "role", "first", "letter", "q", "stage", "literal", "status"),
    (*SHEETS, "net"),
    ("by",),
)
"""What the way back undoes, one step after the other."""

_STAFF, _BEFORE = "booth_staff", "booth_before"
SUBMISSION = "booth_need_told"
DONE, ERASING = "booth_need_done", "booth_need_erasing"
_VISIT = "booth_visit"
_BOUND = {_STAFF: ("staff",), DONE: ("staff",), ERASING: ("staff",), SUBMISSION: ("need",), _BEFORE: ("kept", "report")}
"""What a session knows as long as somebody is in one of these rooms."""

PROPOSE_FORM, REPORT_FORM = "booth-propose-", "booth-report-"
_FORMS = {PROPOSE_FORM: "propose", REPORT_FORM: "report"}
"""How the keys of a form begin that may hold an address of its writer -> the room outside of which nothing of it is left."""


def read_screen() -> str:
    """The room of the address; empty for the attract loop."""
    return address.read_value("door", SCREENS)


class KnownPlace(NamedTuple):
    """Where a visitor is: as the address says it, and what that means."""

    value: str
    origin: Origin


def read_place(catalogue: Catalogue) -> KnownPlace | None:
    """The visitor's own place; None where nobody has said it, or where it means nothing."""
    here = (address.read_values(HERE) or [""])[-1]
    origin = find_origin(here, catalogue) if here else None
    return KnownPlace(here, origin) if origin else None


def navigate(room: str) -> None:
    """Enter a room as if nobody had been there; who has said where they are is not asked again."""
    here = (address.read_values(HERE) or [""])[-1]
    known: dict[str, str | list[str]] = {"near": here, "by": KNOWN} if room == "near" and here else {}
    address.replace_params([name for name in st.query_params if name not in LASTING], {"door": room, **known})


def choose_place(place: str) -> None:
    """Where the visitor is, by a code or `lat,lon`: for this answer and for all that follow."""
    address.replace_params(["page", "actor", "place", "by", "q"], {"near": place, HERE: place})


def forget_place() -> None:
    """The visitor wants to be asked anew."""
    address.replace_params([HERE, *(name for names in _STEPS for name in names)], {})


def open_list() -> None:
    """To the list, and with the way back to where it was opened."""
    if read_screen() != "kept":
        before = _read_steps()
        navigate("kept")
        st.session_state[_BEFORE] = before


def open_report(about: str) -> None:
    """From a sheet to the form of its errors, and with the way back to the sheet."""
    before = _read_steps()
    navigate("report")
    address.write("about", about)
    st.session_state[_BEFORE] = before


def _read_steps() -> dict[str, str | list[str]]:
    """Where a visitor is, all but what lasts."""
    return {name: st.query_params.get_all(name) for name in st.query_params if name not in LASTING}


def clear_stale(room: str) -> None:
    """Outside of its room nothing of it is left: staff who have gone to the doors are asked for the PIN again."""
    for name, rooms in _BOUND.items():
        if room not in rooms:
            st.session_state.pop(name, None)
    left = tuple(start for start, own in _FORMS.items() if room != own)
    for key in [key for key in st.session_state if str(key).startswith(left)]:
        del st.session_state[key]


def select(**chosen: str) -> None:
    """Choose inside a room; an empty value takes a choice away. Lists start anew."""
    address.replace_params(["page", "actor", "place"], dict(chosen))


def go_back() -> None:
    """One step back, in the end to the five doors; from the list to where it was opened."""
    if before := st.session_state.pop(_BEFORE, None):
        return address.replace_params(["door", "about", "by"], before)
    for names in (*_STEPS[:2], _NARROWED.get(read_screen(), ()), *_STEPS[2:]):
        if names == _PLACE and address.read_values("by") == [KNOWN]:
            break
        if any(name in st.query_params for name in names):
            return address.replace_params([*names, HERE] if names == _PLACE else names, {})
    return navigate("home")


def set_language(lang: str) -> None:
    """Another language, everything else as it is."""
    address.write("lang", lang, "fr")


def read_shortlist(catalogue: Catalogue) -> Shortlist:
    """The actors that the visitor keeps; ids that mean nothing are named in a notice."""
    found = shortlist.read(address.read_values(KEEP), catalogue)
    address.note_unknown(found.unknown)
    return found


def keep(actor: str) -> None:
    """Add an actor to the list, at its end; nothing happens where it is full or holds the actor."""
    here = address.read_values(KEEP)
    if actor not in here and len(here) < MOST:
        address.write(KEEP, [*here, actor])


def drop(actor: str) -> None:
    """Take an actor from the list."""
    address.write(KEEP, [other for other in address.read_values(KEEP) if other != actor])


def reset() -> None:
    """Forget everything of a visitor: address, list, language, forms, and that staff was here."""
    st.session_state.clear()
    st.query_params.clear()


def name_visit() -> str:
    """A name for this visit, the same until it is forgotten; it says nothing of the visitor and is kept nowhere."""
    return str(st.session_state.setdefault(_VISIT, uuid.uuid4().hex))


def is_staff() -> bool:
    """Whether the PIN was given in this session."""
    return bool(st.session_state.get(_STAFF))


def let_staff_in() -> None:
    """The PIN was right."""
    st.session_state[_STAFF] = True
