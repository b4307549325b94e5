"""The desk's room of publishing: what readers will see change, whether the pages take it, two deliberate steps, and every edition."""

from __future__ import annotations

from functools import partial
from typing import NamedTuple

import streamlit as st
from markupsafe import Markup

from biocarto import caches
from biocarto.caches import Cache
from biocarto.desk import editions, headlines, publishing
from biocarto.desk.acts import Desk, Intent
from biocarto.desk.description import find_key
from biocarto.desk.editions import Files
from biocarto.desk.headlines import Headline
from biocarto.desk.ledger import find_last_number, read_rows
from biocarto.desk.members import Member
from biocarto.desk.publishing import Preview
from biocarto.desk.rules import LONGEST_WHY
from biocarto.errors import CatalogueError, Issue
from biocarto.i18n import Locale
from biocarto.register.tables import PACKAGE, parse_package
from biocarto.ui.desk import acts, differences, edition_list, links
from biocarto.ui.shared import cache
from biocarto.ui.shared.language import get_locale
from biocarto.ui.shared.markup import show_html
from biocarto.ui.shared.messages import escape_markdown

MOST_ISSUES = 100
_SURE = "desk_publish_sure"
_previews = Cache(caches.PREVIEWS)
_REQUEST = "publish"


class CheckedPreview(NamedTuple):
    """A preview, and what the pages say of it: the figures that readers quote, or what they do not take."""

    preview: Preview
    figures: tuple[Headline, ...]
    issues: tuple[Issue, ...]


class Prepared(NamedTuple):
    """What somebody has prepared and not yet confirmed: the notes, and the last act of the preview that they read."""

    notes: str
    upto: int


def show(desk: Desk, who: Member) -> None:
    """What would be published, the way to do it, and what was; raises StoreError."""
    t = get_locale()
    st.header(t("Publier"), anchor=False)
    found = read_preview(desk)
    made = found.preview
    if not made.differences:
        st.info(
            t("Rien n'a changé depuis l'édition du {edition} : il n'y a rien à publier.").format(edition=t.edition(made.newest.name)),
            icon=":material/check:",
        )
    else:
        _show_changes(desk, found, t)
        if found.issues:
            _show_issues(desk, found, t)
        else:
            _show_steps(desk, who, made, t)
    edition_list.show(desk)


def read_preview(desk: Desk) -> CheckedPreview:
    """The preview of the register as it is now, made once for each state of it, whoever asks: the check reads two editions."""
    with desk.store.read() as transaction:
        last, newest = find_last_number(transaction), editions.read_newest(transaction)
    key = (desk.store.name, last, newest and newest.name, desk.today(), cache.get_edition())
    return _previews.get(key, lambda: _check(desk, publishing.preview(desk)))


def _check(desk: Desk, made: Preview) -> CheckedPreview:
    if not made.differences:
        return CheckedPreview(made, (), ())
    try:
        after = publishing.check(desk, made.files)
    except CatalogueError as error:
        return CheckedPreview(made, (), error.issues)
    before = publishing.check(desk, made.before)
    return CheckedPreview(made, tuple(headlines.compare(before, after)), ())


# --- what changes -------------------------------------------------------------------------------------------------------


def _show_changes(desk: Desk, found: CheckedPreview, t: Locale) -> None:
    made = found.preview
    count = t.write_count(len(made.differences), "{n} ligne change", "{n} lignes changent")
    since = t("Depuis l'édition du {edition}, {count} pour les lecteurs.").format(edition=t.edition(made.newest.name), count=count)
    st.markdown(since)
    if found.figures:
        show_html(differences.render_headlines(found.figures, t))
    differences.show(made.differences, made.files, t, _read_ids(desk, made))


def _read_ids(desk: Desk, made: Preview) -> dict[str, dict[tuple[str, ...], str]]:
    """What the store calls the rows of the tables that differ."""
    package = parse_package(made.files[PACKAGE])
    names = {row.resource for row in made.differences}
    with desk.store.read() as transaction:
        rows = {name: read_rows(transaction, name) for name in names}
    return {
        name: {tuple(row.cells.get(column, "") for column in find_key(package[name])): row.id for row in own} for name, own in rows.items()
    }


def _show_issues(desk: Desk, found: CheckedPreview, t: Locale) -> None:
    """Why nothing can be published: each issue in words, with the form of its row."""
    st.error(
        t("Les pages ne prendraient pas cette édition : rien n'est publié, les lecteurs gardent celle du {edition}. À corriger :").format(
            edition=t.edition(found.preview.newest.name)
        ),
        icon=":material/error:",
    )
    show_html(render_issues(desk, found.preview.files, found.issues, t))


def render_issues(desk: Desk, files: Files, issues: tuple[Issue, ...], t: Locale) -> Markup:
    """Issues of an edition that is not published, each with a link to the form of its row."""
    tables = {resource.path: name for name, resource in parse_package(files[PACKAGE]).items()}
    with desk.store.read() as transaction:
        rows = {path: read_rows(transaction, tables[path]) for path in {issue.table for issue in issues} if path in tables}
    items = []
    for issue in issues[:MOST_ISSUES]:
        own, place = rows.get(issue.table, []), issue.line - 2  # the first row stands below the header, in line 2
        link = Markup()
        if 0 <= place < len(own):
            link = Markup(" ") + links.render_row_link("registre", tables[issue.table], own[place].id, t("Ouvrir la ligne"))
        items.append(Markup("{}{}").format(issue.text(t.language), link))
    if len(issues) > MOST_ISSUES:
        items.append(Markup("+ {}").format(len(issues) - MOST_ISSUES))
    return links.render_list(items)


# --- two steps ----------------------------------------------------------------------------------------------------------


def _show_steps(desk: Desk, who: Member, made: Preview, t: Locale) -> None:
    prepared: Prepared | None = st.session_state.get(_SURE)
    if prepared is not None and prepared.upto != made.upto:
        st.session_state.pop(_SURE)
        st.warning(t("Le registre a changé depuis : relisez ce qui changera, puis recommencez."), icon=":material/update:")
        prepared = None
    if prepared is None:
        _show_form(made, t)
    else:
        _show_confirmation(desk, who, made, prepared, t)


def _show_form(made: Preview, t: Locale) -> None:
    """First step: the notes that readers get; nothing is published by it, and no key sends it by itself."""
    with st.form("publish-form", enter_to_submit=False):
        notes = st.text_area(
            t("Notes de l'édition, pour les lecteurs"),
            key="publish-notes",
            max_chars=LONGEST_WHY,
            placeholder=t("Ce qui change, en une ou deux phrases"),
        )
        sent = st.form_submit_button(t("Continuer vers la confirmation"), icon=":material/arrow_forward:")
    if sent and not notes.strip():
        st.warning(t("Écrivez d'abord les notes : les lecteurs les lisent. Rien n'est publié."), icon=":material/edit_note:")
    elif sent:
        st.session_state[_SURE] = Prepared(notes, made.upto)
        st.rerun()


def _show_confirmation(desk: Desk, who: Member, made: Preview, prepared: Prepared, t: Locale) -> None:
    """Second step: what happens, in words, and two buttons."""
    with st.container(border=True, key="publish-confirmation"):
        st.subheader(t("Confirmer la publication"), anchor=False)
        st.markdown(
            t("Tous les lecteurs verront cette édition à la place de celle du {edition}. Les éditions d'avant restent.").format(
                edition=t.edition(made.newest.name)
            )
        )
        st.markdown(t("Notes : {notes}").format(notes=escape_markdown(" ".join(prepared.notes.split()))))
        with st.container(horizontal=True):
            is_sure = st.button(
                t("Publier l'édition du {edition}").format(edition=t.edition(made.name)),
                key="publish-now",
                type="primary",
                icon=":material/publish:",
            )
            st.button(t("Ne pas publier"), key="publish-not", on_click=st.session_state.pop, args=(_SURE, None))
    if is_sure:
        intent = Intent(who, prepared.notes, links.find_request(_REQUEST))
        done = t("L'édition du {edition} est publiée : les pages la montrent dès maintenant.").format(edition=t.edition(made.name))
        acts.run_act(partial(_publish, desk, intent, made.upto), done)


def _publish(desk: Desk, intent: Intent, upto: int) -> None:
    publishing.publish(desk, intent, upto)
    links.forget_request(_REQUEST)
    st.session_state.pop(_SURE, None)
    cache.take_up_editions()
