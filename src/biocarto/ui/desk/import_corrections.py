"""Refused cells of an import corrected on the spot: the file stays as it is, what was written instead is told with the act."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import streamlit as st

from biocarto.desk import forms
from biocarto.desk.intake.sheet_limits import LONGEST_CELL
from biocarto.desk.intake.staging import Explanation, RefusedCell
from biocarto.ui.desk.import_session import ImportInHand
from biocarto.ui.shared.language import get_language, get_locale
from biocarto.ui.shared.messages import escape_markdown


def show(hand: ImportInHand, explained: Explanation, shown: Sequence[RefusedCell]) -> None:
    """A field for each refused cell of a page that the file has a column for."""
    t, turn = get_locale(), hand.turn
    cells = find_cells(explained, shown)
    if not cells:
        return
    with (
        st.expander(t("Corriger ici"), icon=":material/edit:", key=f"import-mend-{turn}"),
        st.form(f"import-mend-form-{turn}", border=False, enter_to_submit=False),
    ):
        st.markdown(t("Votre fichier reste comme il est ; l'acte dira combien de cellules ont été corrigées à la main."))
        for (line, place), cell in cells.items():
            st.text_input(
                _write_label(line, cell),
                str(explained.staged.cells.at[line, place]),
                max_chars=LONGEST_CELL,
                key=f"import-mend-{turn}-{line}-{place}",
                help=escape_markdown(cell.expected_fr if get_language() == "fr" else cell.expected_en),
            )
        sent = st.form_submit_button(t("Relire avec ces corrections"), icon=":material/refresh:")
    if sent:
        told = {key: forms.write_cell(st.session_state[f"import-mend-{turn}-{key[0]}-{key[1]}"]) for key in cells}
        hand.choose_cells({key: text for key, text in told.items() if text != forms.write_cell(str(explained.staged.cells.at[key]))})
        st.rerun()


def _write_label(line: int, cell: RefusedCell) -> str:
    """Where it is, and what may have been meant."""
    t = get_locale()
    told = t("Ligne {n}, {column}").format(n=t.number(line), column=escape_markdown(cell.column[:60]))
    return told + (" " + t("(« {nearest} » ?)").format(nearest=escape_markdown(cell.nearest[:80])) if cell.nearest else "")


def find_cells(explained: Explanation, shown: Sequence[RefusedCell]) -> Mapping[tuple[int, int], RefusedCell]:
    """Line and place of each refused cell that the file has, the first refusal of each."""
    places = {column.letter: column.place for column in explained.columns}
    found: dict[tuple[int, int], RefusedCell] = {}
    for cell in shown:
        if cell.letter in places and cell.line in explained.staged.cells.index:
            found.setdefault((cell.line, places[cell.letter]), cell)
    return found
