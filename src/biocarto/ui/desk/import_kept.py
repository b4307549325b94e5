"""Cells that an import would change and that a person leaves as they are today."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import streamlit as st

from biocarto.desk.intake.staging import CellChange, Explanation
from biocarto.register.headers import translate_header
from biocarto.ui.desk.import_session import ImportInHand
from biocarto.ui.shared.language import get_locale


def show(hand: ImportInHand, explained: Explanation, shown: Sequence[CellChange], tell_cell: Callable[[str, str], str]) -> None:
    """A list of the changes of a page that stand in a column of the file, to choose those that are not wanted from.

    tell_cell: a column and a cell of it, in words.
    """
    t, turn = get_locale(), hand.turn
    places = {column.field: column.place for column in explained.columns if column.field}
    cells = {(cell.line, places[cell.field]): cell for cell in shown if cell.field in places}
    if not cells:
        return
    told = {
        key: f"{translate_header(cell.field, t)}{t.colon}{tell_cell(cell.field, cell.after) or t('rien')}" for key, cell in cells.items()
    }
    labels = {key: t("Ligne {n}, {column}").format(n=t.number(key[0]), column=column) for key, column in told.items()}
    with (
        st.expander(t("Laisser des cellules comme aujourd'hui"), icon=":material/undo:", key=f"import-keep-{turn}"),
        st.form(f"import-keep-form-{turn}", border=False, enter_to_submit=False),
    ):
        chosen = st.multiselect(
            t("Cellules à laisser"),
            list(cells),
            key=f"import-kept-{turn}",
            format_func=labels.__getitem__,
            placeholder=t("Choisissez"),
        )
        sent = st.form_submit_button(t("Relire sans ces changements"), icon=":material/refresh:")
    if sent and chosen:
        hand.choose_cells({key: cells[key].before for key in chosen})
        st.rerun()
