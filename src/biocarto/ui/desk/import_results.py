"""What an import would do, a page at a time: new rows, changed cells, doubtful lines to decide, refused cells, what stays."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from pathlib import PurePath
from typing import Any

import streamlit as st
from markupsafe import Markup

from biocarto.desk.acts import Desk
from biocarto.desk.differences import name_row
from biocarto.desk.facts import RegisterRow
from biocarto.desk.intake import refused_file
from biocarto.desk.intake.staging import Explanation, Likeness
from biocarto.desk.ledger import read_row
from biocarto.i18n import Locale
from biocarto.model import N_
from biocarto.register.headers import translate_header, translate_values
from biocarto.register.schema import Resource, split_list
from biocarto.render import sources as source_html
from biocarto.ui.desk import import_columns, import_corrections, import_kept, links
from biocarto.ui.desk.import_session import ImportInHand
from biocarto.ui.shared.language import get_language, get_locale
from biocarto.ui.shared.markup import show_html

PAGE = 50
"""Lines that are shown at a time: a file may have 50,000."""
MOST_TOLD = 160
"""Characters of a cell on screen."""
TELLING = ("name", "address", "commune")
"""Columns that people know a line by."""
_PART, _UNDECIDED = "import-part", "?"
_MIME = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_LONGEST_STEM = 60
WHY = {
    "id": N_("identifiant"),
    "siret": N_("SIRET"),
    "name": N_("nom"),
    "organisation": N_("organisation"),
    "place": N_("lieu"),
    "commune": N_("commune"),
    "distance": N_("distance"),
}


@dataclass(frozen=True)
class ResultsView:
    """An explanation as it is shown: with the register that it is held against."""

    desk: Desk
    hand: ImportInHand
    explained: Explanation
    resource: Resource
    t: Locale

    @cached_property
    def by_line(self) -> dict[int, list[Likeness]]:
        """Line -> the rows that it may be, the likeliest first."""
        found = sorted(self.explained.doubtful, key=lambda one: (one.line, -one.score))
        return {line: list(rows) for line, rows in groupby(found, key=lambda one: one.line)}

    @cached_property
    def matched_by_line(self) -> dict[int, list[Likeness]]:
        """Line -> the row that it was taken for without an id."""
        return {one.line: [one] for one in self.explained.matched}

    @cached_property
    def refused_lines(self) -> int:
        """How many lines have a cell that is refused."""
        return len({cell.line for cell in self.explained.refused})

    def find_rows(self, row_ids: Sequence[str]) -> dict[str, RegisterRow]:
        """Rows of the register by their ids, those of one page."""
        with self.desk.store.read() as transaction:
            found = {row_id: read_row(transaction, self.explained.resource, row_id) for row_id in dict.fromkeys(row_ids)}
        return {row_id: row for row_id, row in found.items() if row is not None}

    def tell_cell(self, field: str, cell: str) -> str:
        """A cell in words: labels for codes."""
        words = translate_values(self.resource.name, field, self.t)
        told = ", ".join(words.get(item, item) for item in split_list(cell)) if words else cell
        return told if len(told) <= MOST_TOLD else f"{told[:MOST_TOLD]}…"

    def tell_line(self, line: int) -> str:
        """What a line of the file says first, for people to know it by."""
        if line not in self.explained.staged.cells.index:
            return ""
        row, places = self.explained.staged.cells.loc[line], {one.field: one.place for one in self.explained.columns if one.field}
        known = [str(row[places[name]]).strip() for name in TELLING if name in places]
        cells = known if any(known) else [str(cell).strip() for cell in row]
        return " · ".join([cell[:60] for cell in cells if cell][:3])

    def link_row(self, row_id: str, rows: Mapping[str, RegisterRow]) -> Markup:
        """A row of the register by its name, with a link to its form in another tab: in this one, the import would be gone."""
        name = name_row(rows[row_id].cells) if row_id in rows else row_id
        return links.render_row_link("registre", self.explained.resource, row_id, name, aside=True)


def show(desk: Desk, hand: ImportInHand, explained: Explanation, resource: Resource) -> None:
    """The parts with their counts, and a page of the one that is open."""
    t = get_locale()
    view = ResultsView(desk, hand, explained, resource, t)
    changed = len({cell.row_id for cell in explained.changed})
    parts: dict[str, tuple[str, int, Callable[[ResultsView], None]]] = {
        "doubtful": (t("À décider"), len(view.by_line), _show_doubtful),
        "new": (t("Nouveaux"), len(explained.new), _show_new),
        "changed": (t("Modifiés"), changed, _show_changed),
        "matched": (t("Reconnus"), len(view.matched_by_line), _show_matched),
        "unchanged": (t("Inchangés"), len(explained.unchanged), _show_unchanged),
        "refused": (t("Refusés"), view.refused_lines, _show_refused),
    }
    shown = {key: part for key, part in parts.items() if part[1] or key in {"new", "changed", "unchanged", "refused"}}
    st.subheader(t("Ce que l'import ferait"), anchor=False)
    if st.session_state.get(_PART) not in shown:
        st.session_state[_PART] = next((key for key, part in shown.items() if part[1]), "new")
    chosen = st.segmented_control(
        t("Résultat"),
        list(shown),
        key=_PART,
        required=True,
        format_func=lambda key: f"{shown[key][0]} · {t.number(shown[key][1])}",
        label_visibility="collapsed",
    )
    _, count, draw = shown[str(chosen)]
    if count:
        draw(view)
    else:
        st.markdown(t("Aucune ligne."))


def _turn_page(part: str, items: Sequence[Any]) -> list[Any]:
    """The items of the page that is open, with the way to the others."""
    last = -(-len(items) // PAGE)
    if last < 2:
        return list(items)
    number = min(int(st.session_state.get(f"import-page-{part}", 1)), last)
    st.pagination(last, default=number, key=f"import-page-{part}")
    return list(items[PAGE * (number - 1) : PAGE * number])


def _show_table(caption: str, heads: Sequence[str], lines: Sequence[Sequence[str]]) -> None:
    """A table whose second column names its rows; on a phone each row is a card, each cell behind its head."""
    cell, name = Markup("<td data-head='{}'>{}</td>"), Markup("<th scope='row' data-head='{}'>{}</th>")
    rows = [
        Markup("<tr>{}</tr>").format(
            Markup().join((name if place == 1 else cell).format(heads[place], told) for place, told in enumerate(line))
        )
        for line in lines
    ]
    show_html(Markup("<div class='bc-stack'>{}</div>").format(source_html.render_table(caption, heads, rows)))


# --- what would be written ---------------------------------------------------------------------------------------------


def _show_new(view: ResultsView) -> None:
    """Each line that the register does not have, its cells folded."""
    t, items = view.t, []
    for row in _turn_page("new", view.explained.new):
        told = [f"{translate_header(name, t)}{t.colon}{view.tell_cell(name, cell)}" for name, cell in row.values.items() if cell]
        place = row.values.get("commune", "")
        head = Markup("<strong>{}</strong>{}").format(name_row(row.values), f" · {place}" if place else "")
        fold = Markup("<details class='bc-source'><summary>{}</summary>{}</details>").format(
            t.write_count(len(told), "{n} cellule", "{n} cellules"), links.render_list(told)
        )
        items.append(Markup("{} · {}{}").format(t("Ligne {n}").format(n=t.number(row.line)), head, fold))
    show_html(links.render_list(items))


def _show_changed(view: ResultsView) -> None:
    """Cell by cell, today and after the import."""
    t = view.t
    by_row = [list(cells) for _, cells in groupby(view.explained.changed, key=lambda cell: (cell.line, cell.row_id))]
    shown = [cell for cells in _turn_page("changed", by_row) for cell in cells]
    rows = view.find_rows([cell.row_id for cell in shown])
    lines = [
        (
            t.number(cell.line),
            view.link_row(cell.row_id, rows),
            translate_header(cell.field, t),
            view.tell_cell(cell.field, cell.before) or t("rien"),
            Markup("<ins>{}</ins>").format(view.tell_cell(cell.field, cell.after) or t("rien")),
        )
        for cell in shown
    ]
    heads = (t("Ligne"), t("Dans le registre"), t("Colonne"), t("Aujourd'hui"), t("Après l'import"))
    _show_table(t("Cellules qui changeraient"), heads, lines)
    import_kept.show(view.hand, view.explained, shown, view.tell_cell)


def _show_unchanged(view: ResultsView) -> None:
    shown = _turn_page("unchanged", view.explained.unchanged)
    rows = view.find_rows(shown)
    show_html(links.render_list([view.link_row(row_id, rows) for row_id in shown]))


def _show_refused(view: ResultsView) -> None:
    """Where, what was found, what would do; and the lines as a file to correct."""
    t, is_french = view.t, get_language() == "fr"
    st.markdown(
        t("Ces lignes ne seront pas écrites ; les autres le peuvent. Corrigez-les dans ce fichier, qui dit pourquoi, puis redonnez-le.")
    )
    st.download_button(
        t("Les lignes refusées, à corriger"),
        lambda: refused_file.write_refused(view.explained, get_language(), "xlsx"),
        f"{PurePath(view.explained.file).stem[:_LONGEST_STEM]}-{'a-corriger' if is_french else 'to-correct'}.xlsx",
        _MIME,
        key="import-refused",
        icon=":material/download:",
        on_click="ignore",
    )
    if missing := import_columns.find_missing(view.explained):
        names = ", ".join(t("« {name} »").format(name=translate_header(name, t)) for name in missing)
        st.info(t("Le fichier ne dit pas : {names}. Donnez-le sous « Ce qui vaut pour toutes les lignes ».").format(names=names))
    shown = _turn_page("refused", view.explained.refused)
    fields = {column.letter: column.field for column in view.explained.columns}
    lines = [
        (
            t.number(cell.line),
            f"{cell.letter} · {cell.column[:60]}" if cell.letter else translate_header(cell.column, t),
            view.tell_cell(fields.get(cell.letter, cell.column), cell.found) or t("rien"),
            cell.expected_fr if is_french else cell.expected_en,
            cell.nearest,
        )
        for cell in shown
    ]
    heads = (t("Ligne"), t("Colonne"), t("Trouvé"), t("Attendu"), t("Le plus proche"))
    _show_table(t("Cellules refusées"), heads, lines)
    import_corrections.show(view.hand, view.explained, shown)


# --- which row a line is -----------------------------------------------------------------------------------------------


def _show_doubtful(view: ResultsView) -> None:
    t = view.t
    st.markdown(t("Ces lignes ressemblent à une ligne du registre. Elles ne seront ni ajoutées ni modifiées avant votre réponse."))
    _show_likeness("doubtful", view.by_line, view, _UNDECIDED)


def _show_matched(view: ResultsView) -> None:
    t = view.t
    st.markdown(t("Sans identifiant, ces lignes ont été reconnues. Dites lesquelles sont autre chose."))
    _show_likeness("matched", view.matched_by_line, view, "")


def _show_likeness(part: str, found: Mapping[int, list[Likeness]], view: ResultsView, start: str) -> None:
    """A question for each line of the page, answered together; `start` is the answer that stands, "" for the likeliest row."""
    t, turn = view.t, view.hand.turn
    shown = _turn_page(part, list(found))
    rows = view.find_rows([one.row_id for line in shown for one in found[line]])
    with st.form(f"import-{part}-{turn}", border=False):
        for line in shown:
            show_html(_render_question(line, found[line], rows, view))
            answers = {one.row_id: t("C'est {name}").format(name=_name(one.row_id, rows)) for one in found[line]}
            answers |= {"": t("Une nouvelle ligne")}
            if start:
                answers = {start: t("À décider"), **answers}
            st.selectbox(
                t("Ligne {n}").format(n=t.number(line)),
                list(answers),
                0,
                key=f"import-same-{turn}-{line}",
                format_func=answers.__getitem__,
                label_visibility="collapsed",
            )
        sent = st.form_submit_button(t("Retenir ces réponses"), icon=":material/done_all:")
    if sent:
        told = {line: str(st.session_state[f"import-same-{turn}-{line}"]) for line in shown}
        first = {line: start or found[line][0].row_id for line in shown}
        view.hand.choose_rows({line: answer for line, answer in told.items() if answer != first[line]})
        st.rerun()


def _name(row_id: str, rows: Mapping[str, RegisterRow]) -> str:
    if row_id not in rows:
        return row_id
    cells = rows[row_id].cells
    return " · ".join(filter(None, (name_row(cells)[:80], cells.get("commune", ""))))


def _render_question(line: int, found: Sequence[Likeness], rows: Mapping[str, RegisterRow], view: ResultsView) -> Markup:
    """The line, the rows that it looks like, and how much."""
    t = view.t
    alike = [
        Markup("{}{}{} ({})").format(
            view.link_row(one.row_id, rows),
            t.colon,
            t.percent(100 * one.score),
            ", ".join(f"{t(WHY[name]) if name in WHY else name} {t.percent(100 * share)}" for name, share in one.why.items()),
        )
        for one in found
    ]
    head = t("Ligne {n} : {what}").format(n=t.number(line), what=view.tell_line(line))
    return Markup("<p><strong>{}</strong></p>{}").format(head, links.render_list(alike))
