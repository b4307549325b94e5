"""Behind the PIN: the needs that were heard, to read and to take away, and the way out of the stand."""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import date, datetime

import pandas as pd
import streamlit as st

from biocarto.booth import needs, pin
from biocarto.booth.needs import Need
from biocarto.booth.needs_error import NeedsError
from biocarto.booth.needs_files import Names, needs_csv, needs_xlsx
from biocarto.booth.shortlist import Shortlist
from biocarto.export.csv import harmless_frame
from biocarto.joins import Catalogue
from biocarto.model import CATEGORY_LABELS, Category, Level
from biocarto.ui import booth_frame, booth_keys, booth_state, cache, pages
from biocarto.ui.language import current, text
from biocarto.ui.messages import plain

_SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def show(catalogue: Catalogue, kept: Shortlist) -> None:  # noqa: ARG001 - a room like the others
    """The pad, or what it opens; closed where the operator gave no PIN."""
    t = text()
    guard = pin.guard(cache.settings().booth_pin)
    if guard.closed:
        words = t("L'opérateur n'a pas donné de code : BIOCARTO_BOOTH_PIN est vide.")
        booth_frame.lead(t("Cette partie est fermée"), words)
    elif booth_state.is_staff():
        _inside(catalogue)
    else:
        _asked(guard)


def _asked(guard: pin.Guard) -> None:
    t = text()
    booth_frame.lead(t("Code de l'équipe"))
    given = booth_keys.digits(t("Code"))
    if given and guard.check(given).right:
        booth_state.let_staff_in()
        st.rerun()
    _told(guard, bool(given))


@st.fragment(run_every=1.0)
def _told(guard: pin.Guard, wrong: bool) -> None:
    """How long the next answer has to wait, second by second; else that the last one was wrong."""
    t, wait = text(), math.ceil(guard.wait())
    if wait:
        st.warning(t("Trop d'essais : le prochain est possible dans {n} s.").format(n=wait), icon=":material/hourglass_top:")
    elif wrong:
        st.warning(t("Ce n'est pas le bon code."), icon=":material/lock:")


def _leave() -> None:
    st.session_state["booth_leaving"] = True


def _inside(catalogue: Catalogue) -> None:
    t = text()
    if st.session_state.pop("booth_leaving", False):
        booth_state.reset()
        st.switch_page(pages.OVERVIEW.path)
    try:
        found = needs.listed(cache.settings().needs)
    except NeedsError as error:
        st.error(plain(error.message(current())))
        found = ()
    else:
        booth_frame.lead(t("Besoins entendus"), t("{n} en tout").format(n=len(found)))
        _files(found, names(catalogue))
        _table(found, names(catalogue))
    st.button(t("Quitter le mode stand"), key="booth-leave", icon=":material/logout:", on_click=_leave)


def names(catalogue: Catalogue) -> Names:
    """(level, code) -> name, for what the form offers."""
    territory = catalogue.territory
    found = {(Level.DEPARTMENT.value, str(code)): str(name) for code, name in territory.departments["name"].items()}
    found |= {(Level.REGION.value, str(code)): str(name) for code, name in territory.regions["name"].items()}
    return found | {(Level.COUNTRY.value, "FR"): text()("France")}


def _files(found: Sequence[Need], known: Names) -> None:
    t, today = text(), date.today()
    with st.container(horizontal=True, key="booth-files"):
        csv, xlsx = needs_csv(found, known, t), needs_xlsx(found, known, t, today)
        st.download_button("CSV", csv, f"biocarto-besoins-{today}.csv", "text/csv", on_click="ignore", icon=":material/download:")
        st.download_button("Excel", xlsx, f"biocarto-besoins-{today}.xlsx", _SHEET, on_click="ignore", icon=":material/table_view:")


def _table(found: Sequence[Need], known: Names) -> None:
    t = text()
    labels = {category.value: t(label) for category, label in CATEGORY_LABELS.items()} | {"": ""}
    rows = [
        {
            t("Numéro"): need.seq,
            t("Date et heure (UTC)"): datetime.fromisoformat(need.made).replace(tzinfo=None),
            t("Besoin"): need.text,
            t("Catégorie"): labels.get(Category(need.category).value if need.category in set(Category) else "", need.category),
            t("Territoire"): known.get((need.level, need.territory), need.territory),
        }
        for need in reversed(found)
    ]
    if rows:
        moment = st.column_config.DatetimeColumn(format="DD/MM/YYYY HH:mm")
        wide = st.column_config.TextColumn(width="large")
        columns = {t("Date et heure (UTC)"): moment, t("Besoin"): wide}
        st.dataframe(harmless_frame(pd.DataFrame(rows)), hide_index=True, row_height=70, column_config=columns)
