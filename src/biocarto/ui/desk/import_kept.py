"""Cells that an import would change and that a person leaves as they are today."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from biocarto.desk.intake.staging import CellChange, Explanation
from biocarto.register.headers import translate_header
from biocarto.ui.desk.import_session import ImportInHand
from biocarto.ui.shared.language import get_locale


def show(hand: ImportInHand, explained: Explanation, shown: Sequence[CellChange]) -> None:
    """A list of the changes of a page that stand in a column of the file, to choose those that are not wanted from."""
    t, turn = get_locale(), hand.turn
    places = {column.field: column.place for column in explained.columns if column.field}
    cells = {(cell.line, places[cell.field]): cell for cell in shown if cell.field in places}
    if not cells:
        return
    labels = {
        key: t("Ligne {n}, {column}").format(n=t.number(cell.line), column=f"{translate_header(cell.field, t)} : {cell.after[:60]}")
        for key, cell in cells.items()
    }
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
