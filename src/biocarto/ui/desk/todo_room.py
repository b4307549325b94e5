"""The desk's first room: what waits, on one screen; each line leads to where it is dealt with."""

from __future__ import annotations

import streamlit as st
from markupsafe import Markup

from biocarto.desk import proposals, todo
from biocarto.desk.acts import Desk
from biocarto.desk.members import Member
from biocarto.desk.proposal import ProposalState
from biocarto.desk.rights import Right, may
from biocarto.desk.todo import Conflict, OldPage, Waiting
from biocarto.i18n import Locale
from biocarto.render import html
from biocarto.render import sources as source_html
from biocarto.ui.desk import links, publish_room
from biocarto.ui.shared import pages
from biocarto.ui.shared.language import build_language_params, get_locale
from biocarto.ui.shared.markup import show_html

MOST_ISSUES = 10


def show(desk: Desk, who: Member) -> None:
    """Everything that waits, what hurts first; raises StoreError."""
    t = get_locale()
    st.header(t("À faire"), anchor=False)
    waiting = todo.read_waiting(desk)
    open_proposals = proposals.count_by_state(desk.store, who).get(ProposalState.OPEN, 0)
    parts = [
        _render_refused(desk, t),
        _render_proposals(open_proposals, t),
        _render_unpublished(waiting, who, t),
        _render_conflicts(waiting, t),
        _render_old(waiting, t),
    ]
    shown = [part for part in parts if part]
    if not shown:
        st.success(t("Rien n'attend : tout est vérifié, décidé et publié."), icon=":material/check:")
    show_html(Markup("<div class='bc-todo'>{}</div>").format(Markup().join(shown)))


def _render_part(title: str, body: Markup) -> Markup:
    return Markup("<section><h3>{}</h3>{}</section>").format(title, body)


def _render_refused(desk: Desk, t: Locale) -> Markup:
    """What the pages would not take: nothing can be published before it is corrected."""
    found = publish_room.read_preview(desk)
    if not found.issues:
        return Markup()
    title = t.write_count(len(found.issues), "{n} point empêche de publier", "{n} points empêchent de publier")
    return _render_part(title, publish_room.render_issues(desk, found.preview.files, found.issues[:MOST_ISSUES], t))


def _render_proposals(count: int, t: Locale) -> Markup:
    if not count:
        return Markup()
    title = t.write_count(count, "{n} proposition attend", "{n} propositions attendent")
    return _render_part(title, Markup("<p>{}</p>").format(links.render_room_link("propositions", t("Les lire et décider"))))


def _render_unpublished(waiting: Waiting, who: Member, t: Locale) -> Markup:
    """What readers do not see yet."""
    if not waiting.acts:
        return Markup()
    title = t.write_count(
        waiting.acts,
        "{n} acte depuis l'édition du {edition}",
        "{n} actes depuis l'édition du {edition}",
        edition=t.edition(waiting.edition),
    )
    ways = [links.render_room_link("historique", t("Les relire"))]
    if may(who.role, Right.PUBLISH):
        ways.append(links.render_room_link("publier", t("Voir ce qui changera pour les lecteurs, et publier")))
    return _render_part(title, Markup("<p>{}</p>").format(Markup(" · ").join(ways)))


def _render_conflicts(waiting: Waiting, t: Locale) -> Markup:
    """Figures that contradict each other: all are kept, and readers see them side by side."""
    if not waiting.conflicts:
        return Markup()
    title = t.write_count(len(waiting.conflicts), "{n} fait dont les sources se contredisent", "{n} faits dont les sources se contredisent")
    items = [Markup("{} : {}").format(_name_fact(conflict, t), _render_figures(conflict, t)) for conflict in waiting.conflicts]
    return _fold(title, links.render_list(items))


def _name_fact(conflict: Conflict, t: Locale) -> str:
    return t.read_cell(conflict.figures[0], "label")


def _render_figures(conflict: Conflict, t: Locale) -> Markup:
    """What each source says; a value leads to the form of its row."""
    return Markup(" ; ").join(
        Markup("{} ({})").format(
            links.render_row_link("registre", "figures", figure["id"], source_html.write_published(figure, t.language)),
            html.write_source_title(figure, t),
        )
        for figure in conflict.figures
    )


def _render_old(waiting: Waiting, t: Locale) -> Markup:
    """The oldest pages first: open the form beside the page, confirm or close."""
    if not waiting.old_count:
        return Markup()
    title = t.write_count(
        waiting.old_count,
        "{n} site repose sur une vieille page ou reste incertain",
        "{n} sites reposent sur de vieilles pages ou restent incertains",
    )
    query = {"verifier": "1", **build_language_params()}
    whole = html.render_inner_link(pages.DIRECTORY.address, query, t("La liste entière, par âge ou par territoire"))
    items = [_render_old_page(page, t) for page in waiting.oldest]
    return _render_part(title, Markup("{}<p>{}</p>").format(links.render_list(items), whole))


def _render_old_page(page: OldPage, t: Locale) -> Markup:
    name = links.render_row_link("registre", "actors", page.actor, page.name)
    year = str(page.year) if page.year else t("sans année")
    return Markup("<strong>{}</strong>, {} · {} ({})").format(
        name, page.commune, html.render_link(page.source_url, page.source_title), year
    )


def _fold(title: str, body: Markup) -> Markup:
    return Markup("<section><h3>{}</h3><details class='bc-source'><summary>{}</summary>{}</details></section>").format(
        title, get_locale()("Les voir"), body
    )
