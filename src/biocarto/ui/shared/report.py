"""« Signaler une erreur », on every sheet: what is wrong, field by field and in words; a text to mail where there is no desk."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote

import pandas as pd
import streamlit as st

from biocarto.desk import proposals
from biocarto.desk.proposal_texts import LONGEST_CELL, LONGEST_CONTACT, LONGEST_LINK, LONGEST_MESSAGE
from biocarto.model import N_
from biocarto.register import headers
from biocarto.rows import Row
from biocarto.ui.shared import cache
from biocarto.ui.shared import proposal_form as forms
from biocarto.ui.shared.language import get_locale
from biocarto.ui.shared.messages import escape_markdown
from biocarto.ui.shared.proposal_form import ProposalForm

OFFERED = {
    "actors": ("name", "organisation", "activity", "commune", "address", "status", "owner", "founded", "website"),
    "clusters": ("name", "focus", "commune", "address", "members", "founded", "website"),
    "networks": ("name", "description", "start_year", "website"),
    "tour_stages": ("title", "date", "city", "theme"),
    "events": ("title", "start", "end", "place"),
}
"""Table -> what a visitor may correct, in the order of the sheets; what has two languages is named without them."""
TITLE = N_("Signaler une erreur")
_NO_CONTACT = N_(
    "Personne n'est désigné ici pour recevoir les signalements. Copiez ce texte et donnez-le à la personne qui vous a ouvert BioCarto ; "
    "l'exploitant désigne une adresse par le réglage BIOCARTO_CONTACT."
)


@dataclass(frozen=True)
class ReportSubject:
    """What is reported: a row of a table, and what its sheet shows."""

    table: str
    row: Row

    @property
    def key(self) -> str:
        """The id of the row."""
        return str(self.row["id"])

    def list_columns(self, lang: str) -> list[str]:
        """What may be corrected, in one language."""
        return [column if column in self.row else f"{column}_{lang}" for column in OFFERED[self.table]]

    def name_form(self) -> ProposalForm:
        """The form of this row."""
        columns = self.list_columns(get_locale().language)
        return ProposalForm(f"report-{self.table}-{self.key}", ("columns", *columns, "message", "source_url", "contact"))


def show(table: str, row: Row) -> None:
    """A button that opens the form, or the text to mail."""
    t, subject = get_locale(), ReportSubject(table, row)
    box = st.popover(t(TITLE), icon=":material/flag:", key=f"open-report-{table}-{subject.key}", on_change="rerun")
    if not box.open:
        return
    with box:
        if forms.find_desk() is None:
            _show_mail(subject)
        else:
            _show_form(subject)


def write_value(table: str, column: str, row: Row) -> str:
    """What the sheet says of a column, codes in words."""
    t, value = get_locale(), row.get(column)
    labels = headers.translate_values(table, column, t)
    if isinstance(value, tuple):
        return ", ".join(labels.get(item, str(item)) for item in value)
    return "" if value is None or pd.isna(value) else labels.get(str(value), str(value))


@st.fragment
def _show_form(subject: ReportSubject) -> None:
    """Which fields are wrong, what they should say, in words, who shows it, whom to answer."""
    t, form = get_locale(), subject.name_form()
    columns = subject.list_columns(t.language)
    st.pills(
        t("Qu'est-ce qui est faux ?"),
        columns,
        key=form.name_key("columns"),
        selection_mode="multi",
        format_func=lambda column: headers.translate_header(column, t),
        persist_state="page",
    )
    for column in _read_columns(form):
        _show_column(subject, form, column)
    st.text_area(t("Ce que vous savez"), key=form.name_key("message"), max_chars=LONGEST_MESSAGE, height=100, persist_state="page")
    forms.show_text_field(form, "source_url", t("La page qui le montre"), LONGEST_LINK, purpose="url")
    forms.show_text_field(form, "contact", t("Votre adresse (e-mail ou téléphone)"), LONGEST_CONTACT, purpose="email")
    forms.show_who_sends()
    st.button(t("Envoyer"), key=f"{form.name}-send", type="primary", icon=":material/send:", on_click=_send, args=(subject,))
    form.show_result(t(forms.WHAT_FOLLOWS))


def _read_columns(form: ProposalForm) -> list[str]:
    """The fields that are said to be wrong, in the order of the sheet."""
    chosen = st.session_state.get(form.name_key("columns")) or ()
    return [column for column in form.fields if column in chosen]


def _show_column(subject: ReportSubject, form: ProposalForm, column: str) -> None:
    """What a field says today, and what it should say."""
    t = get_locale()
    name, today = headers.translate_header(column, t), write_value(subject.table, column, subject.row)
    label = t("{name} : ce qu'il faudrait lire").format(name=name)
    codes = headers.translate_values(subject.table, column, t)
    if codes:
        st.selectbox(label, list(codes), index=None, format_func=codes.__getitem__, key=form.name_key(column), persist_state="page")
    else:
        forms.show_text_field(form, column, label, LONGEST_LINK if column == "website" else LONGEST_CELL)
    st.caption(t("Aujourd'hui : {value}").format(value=escape_markdown(today) or t("rien")))


def _send(subject: ReportSubject) -> None:
    form = subject.name_form()
    cells = forms.drop_empty((column, form.read(column)) for column in _read_columns(form))
    resource = cache.load_schema()[subject.table]
    form.send(cells, lambda store, who, draft: proposals.propose_correction(store, who, resource, subject.key, draft))


def _show_mail(subject: ReportSubject) -> None:
    """A text to send to whoever receives reports here; where nobody is named, whom to ask. No server of ours receives it."""
    t, contact, row = get_locale(), cache.settings().contact, subject.row
    if contact:
        st.markdown(t("Envoyez ce texte à {contact}, ou ouvrez-le dans votre messagerie.").format(contact=escape_markdown(contact)))
    else:
        st.markdown(t(_NO_CONTACT))
    name = row["name"] if "name" in row else t.read_cell(row, "title")
    body = t("Fiche : {id}\nNom : {name}\nSource citée : {source}\nCe qui est faux, et la page qui le montre :\n").format(
        id=subject.key, name=name, source=row["source_url"]
    )
    st.code(body, language=None)
    if contact:
        title = quote("BioCarto : " + subject.key)
        st.link_button(t("Ouvrir la messagerie"), f"mailto:{quote(contact, safe='@')}?subject={title}&body={quote(body)}")
