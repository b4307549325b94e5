"""What staff does to a need, how it is undone, and how deleted needs are erased for good."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import NamedTuple

import streamlit as st
from markupsafe import Markup

from biocarto import labels
from biocarto.booth import needs_desk
from biocarto.booth.needs import Need
from biocarto.booth.needs_desk import NeedState
from biocarto.booth.needs_error import NeedsError
from biocarto.errors import AppError
from biocarto.model import N_
from biocarto.ui.booth import state
from biocarto.ui.shared import cache
from biocarto.ui.shared.language import get_language, get_locale
from biocarto.ui.shared.markup import show_html
from biocarto.ui.shared.messages import escape_markdown

Change = Callable[[Path, str, datetime | None], None]


class StaffAct(NamedTuple):
    """What a button does to a need: what it is called, what is said when it is done, the change, and whether it sets or takes back."""

    label: str
    done: str
    icon: str
    change: Change
    sets: bool


ACTS = {
    "handle": StaffAct(N_("Traité"), N_("Le besoin n° {n} est traité."), "check", needs_desk.set_handled, True),
    "reopen": StaffAct(N_("À traiter"), N_("Le besoin n° {n} est à traiter."), "undo", needs_desk.set_handled, False),
    "delete": StaffAct(N_("Supprimer"), N_("Le besoin n° {n} est supprimé."), "delete", needs_desk.set_deleted, True),
    "restore": StaffAct(N_("Rétablir"), N_("Le besoin n° {n} est rétabli."), "restore_from_trash", needs_desk.set_deleted, False),
}
OFFERED = {NeedState.OPEN: ("handle", "delete"), NeedState.HANDLED: ("reopen", "delete"), NeedState.DELETED: ("restore",)}
"""The buttons beside a need in each state."""
BACK = {"handle": "reopen", "reopen": "handle", "delete": "restore", "restore": "delete"}

ERASED = N_("Les besoins supprimés sont effacés.")

_LOG = logging.getLogger(__name__)


class ActResult(NamedTuple):
    """What was done last, or why it was not."""

    what: str
    need_id: str
    number: int
    error: AppError | None = None


def write_need_count(count: int) -> str:
    """How many needs, in words."""
    return labels.label_count(count, "besoin", "besoins", get_language())


def show_offered(need: Need) -> None:
    """The buttons beside a need."""
    t = get_locale()
    for name in OFFERED[needs_desk.find_state(need)]:
        act = ACTS[name]
        kind = "tertiary" if name == "delete" else "secondary"
        icon, told = f":material/{act.icon}:", (name, need.id, need.seq)
        st.button(t(act.label), key=f"{name}-{need.seq}", icon=icon, type=kind, on_click=_do, args=told)  # type: ignore[arg-type]


def _do(name: str, need_id: str, seq: int) -> None:
    act = ACTS[name]
    moment = datetime.now(UTC) if act.sets else None
    _try(ActResult(name, need_id, seq), partial(act.change, cache.settings().needs, need_id, moment))


def _try(done: ActResult, change: Callable[[], None]) -> None:
    try:
        change()
    except NeedsError as error:
        _LOG.warning("%s", error)
        done = done._replace(error=error)
    st.session_state[state.DONE] = done


def show_done() -> None:
    """What was done last and the way to undo it: in sight until the next act."""
    done: ActResult | None = st.session_state.get(state.DONE)
    if done is None:
        return
    t = get_locale()
    if done.error:
        st.error(escape_markdown(done.error.message(get_language())))
        return
    with st.container(horizontal=True, vertical_alignment="center", key="booth-done"):
        words = t(ACTS[done.what].done if done.what in ACTS else ERASED).format(n=get_locale().number(done.number))
        show_html(Markup("<p>{}</p>").format(words))
        if done.what in BACK:
            st.button(t("Annuler ce geste"), key="booth-undo", icon=":material/undo:", on_click=_undo, args=(done,))


def _undo(done: ActResult) -> None:
    _do(BACK[done.what], done.need_id, done.number)


def show_erasing(count: int) -> None:
    """Erasing for good takes two touches."""
    t, asked = get_locale(), st.session_state.get(state.ERASING)
    with st.container(horizontal=True, vertical_alignment="center", key="booth-erasing"):
        if not asked:
            show_html(Markup("<p class='bc-note'>{}</p>").format(t("Ces besoins ne sont dans aucun fichier exporté.")))
            st.button(t("Effacer pour de bon"), key="booth-erase", icon=":material/delete_forever:", on_click=_ask_erasing, args=(True,))
            return
        asking = t("Effacer pour de bon {needs} ? C'est sans retour.").format(needs=write_need_count(count))
        show_html(Markup("<p>{}</p>").format(asking))
        st.button(t("Oui, effacer"), key="booth-erase-yes", type="primary", icon=":material/delete_forever:", on_click=_erase)
        st.button(t("Non"), key="booth-erase-no", on_click=_ask_erasing, args=(False,))


def _ask_erasing(asked: bool) -> None:
    st.session_state[state.ERASING] = asked


def _erase() -> None:
    _ask_erasing(False)
    _try(ActResult("erase", "", 0), partial(needs_desk.erase_deleted, cache.settings().needs))
