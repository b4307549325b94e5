"""Beside the map of networks: the sheet of a body, of a member, of a city, of an event; each with its links and its evidence."""

from __future__ import annotations

import pandas as pd
import streamlit as st
from markupsafe import Markup, escape

from biocarto import labels
from biocarto.analysis import whereabouts
from biocarto.analysis.networks import networks
from biocarto.analysis.networks.organisations import KIND_LABELS, SCALE_LABELS
from biocarto.analysis.networks.profile import Body
from biocarto.i18n import Locale, localised
from biocarto.i18n import amount as euros
from biocarto.register.catalogue import Catalogue
from biocarto.render import html, locator, regions
from biocarto.rows import Row, each, one
from biocarto.ui.networks import event, figures, state
from biocarto.ui.shared import cache, organisations, pages, printing
from biocarto.ui.shared.language import current, link_to, text
from biocarto.ui.shared.markup import show_html
from biocarto.ui.shared.messages import plain
from biocarto.ui.shared.organisations import Opened

MILLION = 1_000_000


def show(catalogue: Catalogue, shown: Opened) -> None:
    """What the address opens."""
    with st.container(key="sheet", gap=None):
        if shown.kind == "event":
            event.sheet(catalogue, shown.key)
        elif shown.kind == "member":
            _member(catalogue, shown.key)
        elif shown.kind == "place":
            _place(catalogue, shown.key)
        else:
            _body(catalogue, organisations.sheets(catalogue)[shown.key])
    with st.container(horizontal=True, key="sheet-actions"):
        st.button(text()("Fermer la fiche"), key="close-body", icon=":material/close:", on_click=state.close)
        printing.button("print-body")


def _body(catalogue: Catalogue, found: Body) -> None:
    t, row = text(), found.row
    kicker = f"{t(KIND_LABELS[row['kind']])} · {t(SCALE_LABELS[row['scale']])}"
    show_html(
        Markup("<article class='bc-sheet'>{}<p class='bc-kicker'>{}</p><h2>{}</h2>").format(_drawn(catalogue, found), kicker, row["name"])
        + html.facts(_facts(catalogue, found, t))
        + Markup("</article>")
    )
    _links(catalogue, found)
    _evidence(found, t)


def _facts(catalogue: Catalogue, found: Body, t: Locale) -> list[tuple[str, Markup]]:
    row, lang = found.row, current()
    conflicts = [figures.disputed(rows, t) for rows in found.conflicts.values()]
    return [
        (t("Ce qu'il fait"), escape(localised(row, "description", lang))),
        (t("Site web"), html.link(row["website"], row["website"]) if row["website"] else escape(t("aucun dans nos sources"))),
        (t("Territoire"), _covered(catalogue, found, t)),
        (t("Depuis"), escape(t("date inconnue de nos sources") if pd.isna(row["year"]) else str(row["year"]))),
        (t("Montant"), escape(amount(row))),
        (t("Membres"), escape(organisations.count_members(found))),
        (t("Désaccords"), Markup().join(conflicts)),
        (t("Précisions"), escape(localised(row, "notes", lang))),
        (t("Chiffres"), _figures(found, t)),
        (t("Source"), html.source(row, t)),
    ]


def _drawn(catalogue: Catalogue, found: Body) -> Markup:
    """The regions of a body as a small drawing; its words stand among the facts."""
    if not found.regions:
        return Markup()
    outlines = cache.once("regions", lambda: regions.outlines(catalogue.territory))
    words = f"{text()('Territoire')}{text().colon}{_territory(catalogue, found, text())}"
    return Markup("<img class='bc-locator bc-regions' src='{}' alt='{}'>").format(
        locator.as_address(regions.drawing(outlines, found.regions)), words
    )


def _covered(catalogue: Catalogue, found: Body, t: Locale) -> Markup:
    """The same, each region with a link to what else covers it."""
    names = catalogue.territory.regions["name"]
    links = [html.inner("couverture", link_to("region", code), str(names[code])) for code in found.regions]
    return html.join_pieces(links, t("et")) if links else escape(_territory(catalogue, found, t))


def _territory(catalogue: Catalogue, found: Body, t: Locale) -> str:
    """Regions, else the countries of the members; a national body says so."""
    if found.regions:
        return labels.joined(list(catalogue.territory.regions.loc[list(found.regions), "name"]), t("et"))
    countries = [organisations.country(code) for code in found.countries]
    if found.row["scale"] == "national":
        return t("France")
    return f"{t('pays des membres connus :')} {labels.joined(countries, t('et'))}" if countries else "—"


def amount(row: Row) -> str:
    """The amount of a body, as its source puts it; nothing where no source gives one."""
    paid = row["amount_eur"]
    return "" if pd.isna(paid) else labels.qualified(euros(float(paid) / MILLION, "M€", current()), row["qualifier"], text())


def _figures(found: Body, t: Locale) -> Markup:
    """Published figures about the body that nobody contradicts."""
    disputed = {key for rows in found.conflicts.values() for key in rows["id"]}
    return figures.told(found.figures[~found.figures.index.isin(disputed)], t)


def _links(catalogue: Catalogue, found: Body) -> None:
    """To members, networks, stages, events and actors: each has an address, and leads back."""
    t = text()
    if len(found.member_of):
        _title(t("Appartient à"))
        for rank, row in enumerate(each(found.member_of)):
            state.body_link(catalogue, row["network_id"], t(networks.ROLE_LABELS[row["role"]]), where=f"above-{rank}")
    if len(found.members):
        _title(t("Membres"))
        for rank, row in enumerate(each(found.members)):
            state.body_link(catalogue, row["member_id"], _said(catalogue, row, t), where=f"member-{rank}")
    elif found.coverage is not None:
        st.markdown(t("Aucune page ne nomme de membre de ce réseau."))
    _stages(found, t)
    if len(found.events):
        _title(t("Dates"))
        for row in each(found.events):
            state.link(text().read_cell(row, "title"), "event", row["id"], organisations.event_dates(row), where="date")
    _actors(catalogue, list(found.actors["actor_id"]), t)


def _said(catalogue: Catalogue, row: Row, t: Locale) -> str:
    """Role and city of a member; its country where no source gives the city."""
    place = organisations.city(catalogue, row) or (organisations.country(row["country"]) if row["country"] else t("ville inconnue"))
    return f"{t(networks.ROLE_LABELS[row['role']])} · {place}"


def _title(words: str) -> None:
    show_html(Markup("<h3 class='bc-group'>{}</h3>").format(words))


def _stages(found: Body, t: Locale) -> None:
    if len(found.stages):
        _title(t("Étapes du Bioproduction Tour"))
    for row in each(found.stages):
        label = f"{row['order']} · {plain(text().read_cell(row, 'title'))}"
        st.page_link(pages.TOUR.path, label=label, icon=":material/route:", query_params=link_to("stage", row["id"]), width="stretch")


def _actors(catalogue: Catalogue, keys: list[str], t: Locale) -> None:
    if keys:
        _title(t("Dans l'annuaire"))
    for key in dict.fromkeys(keys):
        actor = one(catalogue.actors, key)
        label = f"{plain(str(actor['name']))} · {plain(whereabouts.name_place(actor, t))}"
        st.page_link(pages.DIRECTORY.path, label=label, icon=":material/search:", query_params=link_to("actor", key), width="stretch")


def _evidence(found: Body, t: Locale) -> None:
    title = f"{t('Toutes les pages citées')} ({len(found.evidence)})"
    lines = Markup().join(Markup("<li>{}</li>").format(html.source(row, t)) for row in each(found.evidence))
    show_html(Markup("<details class='bc-source'><summary>{}</summary><ul>{}</ul></details>").format(title, lines))


def _member(catalogue: Catalogue, key: str) -> None:
    """A member that has no row of its own: who names it, where it is, which actors of the register it is."""
    t, rows = text(), organisations.everyone(catalogue)
    mine = rows[rows["member_id"].eq(key)]
    first = each(mine.sort_values("city", ascending=False))[0]
    city = organisations.city(catalogue, first)
    place = html.link(first["city_source_url"], city) if first["city_source_url"] else escape(city)
    show_html(
        Markup("<article class='bc-sheet'><p class='bc-kicker'>{} · {}</p><h2>{}</h2>").format(
            t("Membre"), organisations.country(first["country"]), first["member_name"]
        )
        + html.facts([(t("Ville"), place or escape(t(networks.PLACE_LABELS[first["place"]]))), (t("Cité par"), _cited(catalogue, mine, t))])
        + Markup("</article>")
    )
    _title(t("Appartient à"))
    for rank, row in enumerate(each(mine)):
        state.body_link(catalogue, row["network_id"], t(networks.ROLE_LABELS[row["role"]]), where=f"above-{rank}")
    _actors(catalogue, [actor for ids in mine["actor_ids"] for actor in ids], t)


def _cited(catalogue: Catalogue, rows: pd.DataFrame, t: Locale) -> Markup:
    names = catalogue.networks["name"]
    lines = Markup().join(
        Markup("<li>{}{}{}</li>").format(str(names[row["network_id"]]), text().colon, html.source(row, t)) for row in each(rows)
    )
    return Markup("<ul class='bc-clusters'>{}</ul>").format(lines)


def _place(catalogue: Catalogue, key: str) -> None:
    """Who is in one city, whatever the network."""
    t, rows = text(), organisations.everyone(catalogue)
    here = rows[rows["place_id"].eq(key)]
    people: dict[str, list[Row]] = {}
    for row in each(here):
        people.setdefault(row["member_id"], []).append(row)
    count = labels.counted(len(people), "membre", "membres", current())
    first = each(here)[0]
    show_html(
        Markup("<article class='bc-sheet'><p class='bc-kicker'>{} · {}</p><h2>{}</h2></article>").format(
            organisations.country(first["country"]), count, organisations.city(catalogue, first)
        )
    )
    names = catalogue.networks["name"]
    for member, links in people.items():
        state.body_link(catalogue, member, labels.joined([str(names[row["network_id"]]) for row in links], t("et")), where="city")
