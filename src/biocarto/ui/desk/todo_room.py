"""The desk's first room: what waits, on one screen; each line leads to where it is dealt with."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import streamlit as st
from markupsafe import Markup

from biocarto.desk import handmade, proposals, todo
from biocarto.desk.acts import Desk, Intent
from biocarto.desk.members import Member
from biocarto.desk.official import freshness, register_look
from biocarto.desk.official.files import OfficialKind
from biocarto.desk.official.offers import OfferKind
from biocarto.desk.proposal import ProposalState
from biocarto.desk.rights import Right, may
from biocarto.desk.rules import LONGEST_WHY
from biocarto.desk.todo import Conflict, OldPage, Waiting
from biocarto.errors import CatalogueError
from biocarto.i18n import Locale
from biocarto.render import html
from biocarto.render import sources as source_html
from biocarto.ui.desk import acts, differences, links, publish_room
from biocarto.ui.shared import cache, pages
from biocarto.ui.shared.language import build_language_params, get_locale
from biocarto.ui.shared.markup import show_html
from biocarto.ui.shared.messages import escape_markdown

MOST_ISSUES = 10


def show(desk: Desk, who: Member) -> None:
    """Everything that waits, what hurts first; raises StoreError."""
    t = get_locale()
    st.header(t("À faire"), anchor=False)
    _show_handmade(desk, who)
    waiting = todo.read_waiting(desk)
    open_proposals = proposals.count_by_state(desk.store, who).get(ProposalState.OPEN, 0)
    parts = [
        _render_refused(desk, t),
        _render_proposals(open_proposals, t),
        _render_unpublished(waiting, who, t),
        _render_closed(desk, t),
        _render_conflicts(waiting, t),
        _render_old(waiting, t),
    ]
    shown = [part for part in parts if part]
    if not shown:
        st.success(t("Rien n'attend : tout est vérifié, décidé et publié."), icon=":material/check:")
    show_html(Markup("<div class='bc-todo'>{}</div>").format(Markup().join(shown)))


def _show_handmade(desk: Desk, who: Member) -> None:
    """A folder of tables that somebody has edited by hand: what it says that the register does not, and its import."""
    t, folder = get_locale(), cache.settings().data
    try:
        found = handmade.find_handmade(desk.store, folder)
    except CatalogueError as error:
        st.warning(t("Le dossier {folder} a été modifié à la main et ne peut pas être lu :").format(folder=escape_markdown(folder.name)))
        acts.show_refusal(error)
        return
    if found is None:
        return
    st.warning(
        t("Le dossier {folder} a été modifié à la main ({files}) : l'atelier ne le sait pas, les lecteurs non plus.").format(
            folder=escape_markdown(folder.name), files=escape_markdown(handmade.tell_files(found))
        ),
        icon=":material/folder_open:",
    )
    if found.collisions:
        names = ", ".join(dict.fromkeys(f"{one.row_id} ({one.field})" for one in found.collisions[:MOST_ISSUES]))
        st.markdown(
            t("L'atelier a changé les mêmes cellules : {cells}. Choisissez, puis corrigez le fichier.").format(cells=escape_markdown(names))
        )
        return
    with st.expander(
        t.write_count(len(found.differences), "Voir la ligne qui changerait", "Voir les {n} lignes qui changeraient"), key="handmade"
    ):
        if found.differences:
            differences.show(found.differences, found.files, t)
    with st.form("handmade-import"):
        why = st.text_input(t("Pourquoi l'importer"), key="handmade-why", max_chars=LONGEST_WHY // 2)
        sent = st.form_submit_button(t("Importer en un acte"), icon=":material/upload_file:")
    if sent:
        intent = Intent(who, why, links.find_request("handmade"))
        acts.run_act(partial(_import, desk, intent, folder), t("Le dossier est importé en un acte, que l'historique peut annuler."))


def _import(desk: Desk, intent: Intent, folder: Path) -> None:
    handmade.import_handmade(desk, intent, folder)
    links.forget_request("handmade")


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


def _render_closed(desk: Desk, t: Locale) -> Markup:
    """What official files say to be closed or elsewhere, where they were read since the server started: reading them takes a while."""
    look = register_look.look_at(desk, cache.settings().official, reads=False)
    if look.folder.find(OfficialKind.ESTABLISHMENTS) is None:
        return Markup()
    if look.sirene is None:
        way = links.render_room_link("officiels", t("Les lire"), liste="fermes")
        return _render_part(t("Les fichiers officiels n'ont pas été lus depuis le démarrage du serveur"), Markup("<p>{}</p>").format(way))
    kinds = [offer.kind for offer in freshness.list_freshness_offers(look)]
    closed, moved = kinds.count(OfferKind.CLOSED) + kinds.count(OfferKind.LEFT), kinds.count(OfferKind.MOVED)
    if not closed + moved:
        return Markup()
    title = t.write_count(
        closed + moved,
        "{n} implantation que les fichiers officiels disent fermée",
        "{n} implantations que les fichiers officiels disent fermées",
    )
    ways = [
        links.render_room_link("officiels", t("Fermés"), liste="fermes"),
        links.render_room_link("officiels", t("Déplacés"), liste="deplaces"),
    ]
    return _render_part(title, Markup("<p>{}</p>").format(Markup(" · ").join(ways)))


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
