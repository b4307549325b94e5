"""Beside the map of networks: the sheet of a body, of a member, of a city, of an event; each with its links and its evidence."""

from __future__ import annotations

import pandas as pd
import streamlit as st
from markupsafe import Markup, escape

from biocarto import labels
from biocarto.analysis import whereabouts
from biocarto.analysis.networks import networks
from biocarto.analysis.networks.profile import OrganisationProfile
from biocarto.i18n import Locale, localise
from biocarto.i18n import format_amount as euros
from biocarto.register import vocabulary
from biocarto.register.catalogue import Catalogue
from biocarto.render import changes, html, locator, regions
from biocarto.rows import Row, get_row, list_rows
from biocarto.ui.networks import event, figures, state
from biocarto.ui.shared import cache, organisations, pages, printing, report
from biocarto.ui.shared.language import build_link_params, get_language, get_locale
from biocarto.ui.shared.markup import show_html
from biocarto.ui.shared.messages import escape_markdown
from biocarto.ui.shared.organisations import OpenSheet

MILLION = 1_000_000


def show(catalogue: Catalogue, shown: OpenSheet) -> None:
    """What the address opens."""
    with st.container(key="sheet", gap=None):
        if shown.kind == "event":
            event.show_sheet(catalogue, shown.key)
        elif shown.kind == "member":
            _member(catalogue, shown.key)
        elif shown.kind == "place":
            _place(catalogue, shown.key)
        else:
            _body(catalogue, organisations.load_profiles(catalogue)[shown.key])
        _show_history(catalogue, shown)
    with st.container(horizontal=True, key="sheet-actions"):
        st.button(get_locale()("Fermer la fiche"), key="close-body", icon=":material/close:", on_click=state.close)
        printing.show_button("print-body")
        _offer_report(catalogue, shown)


def _show_history(catalogue: Catalogue, shown: OpenSheet) -> None:
    """What editions have changed of a body."""
    if shown.kind in {"network", "cluster"}:
        log = cache.list_row_changes(organisations.name_table(catalogue, shown.key), shown.key)
        if log:
            show_html(changes.render_row_history(log, get_locale()))


def _offer_report(catalogue: Catalogue, shown: OpenSheet) -> None:
    """Of what has a row of its own: members and cities are told by the rows of others."""
    if shown.kind == "event":
        report.show("events", get_row(catalogue.events, shown.key))
    elif shown.kind in {"network", "cluster"}:
        table = organisations.name_table(catalogue, shown.key)
        report.show(table, get_row(catalogue.clusters if table == "clusters" else catalogue.networks, shown.key))


def _body(catalogue: Catalogue, found: OrganisationProfile) -> None:
    t, row = get_locale(), found.row
    kicker = f"{t(vocabulary.BODY_KINDS[row['kind']])} · {t(vocabulary.BODY_SCALES[row['scale']])}"
    show_html(
        Markup("<article class='bc-sheet'>{}<p class='bc-kicker'>{}</p><h2>{}</h2>").format(
            _draw_regions(catalogue, found), kicker, row["name"]
        )
        + html.render_facts(_facts(catalogue, found, t))
        + Markup("</article>")
    )
    _links(catalogue, found)
    _evidence(found, t)


def _facts(catalogue: Catalogue, found: OrganisationProfile, t: Locale) -> list[tuple[str, Markup]]:
    row, lang = found.row, get_language()
    conflicts = [figures.describe_disputed(rows, t) for rows in found.conflicts.values()]
    return [
        (t("Ce qu'il fait"), escape(localise(row, "description", lang))),
        (t("Site web"), html.render_link(row["website"], row["website"]) if row["website"] else escape(t("aucun dans nos sources"))),
        (t("Territoire"), _list_covered(catalogue, found, t)),
        (t("Depuis"), escape(t("date inconnue de nos sources") if pd.isna(row["year"]) else str(row["year"]))),
        (t("Montant"), escape(write_amount(row))),
        (t("Membres"), escape(organisations.write_member_count(found))),
        (t("Désaccords"), Markup().join(conflicts)),
        (t("Précisions"), escape(localise(row, "notes", lang))),
        (t("Chiffres"), _figures(found, t)),
        (t("Source"), html.render_source(row, t)),
    ]


def _draw_regions(catalogue: Catalogue, found: OrganisationProfile) -> Markup:
    """The regions of a body as a small drawing; its words stand among the facts."""
    if not found.regions:
        return Markup()
    outlines = cache.make_once("regions", lambda: regions.list_outlines(catalogue.territory))
    words = f"{get_locale()('Territoire')}{get_locale().colon}{_territory(catalogue, found, get_locale())}"
    return Markup("<img class='bc-locator bc-regions' src='{}' alt='{}'>").format(
        locator.encode_svg(regions.draw_regions(outlines, found.regions)), words
    )


def _list_covered(catalogue: Catalogue, found: OrganisationProfile, t: Locale) -> Markup:
    """The same, each region with a link to what else covers it."""
    names = catalogue.territory.regions["name"]
    links = [html.render_inner_link("couverture", build_link_params("region", code), str(names[code])) for code in found.regions]
    return html.join_pieces(links, t("et")) if links else escape(_territory(catalogue, found, t))


def _territory(catalogue: Catalogue, found: OrganisationProfile, t: Locale) -> str:
    """Regions, else the countries of the members; a national body says so."""
    if found.regions:
        return labels.join_words(list(catalogue.territory.regions.loc[list(found.regions), "name"]), t("et"))
    countries = [organisations.name_country(code) for code in found.countries]
    if found.row["scale"] == "national":
        return t("France")
    return f"{t('pays des membres connus :')} {labels.join_words(countries, t('et'))}" if countries else "—"


def write_amount(row: Row) -> str:
    """The amount of a body, as its source puts it; nothing where no source gives one."""
    paid = row["amount_eur"]
    return (
        "" if pd.isna(paid) else labels.qualify_number(euros(float(paid) / MILLION, "M€", get_language()), row["qualifier"], get_locale())
    )


def _figures(found: OrganisationProfile, t: Locale) -> Markup:
    """Published figures about the body that nobody contradicts."""
    disputed = {key for rows in found.conflicts.values() for key in rows["id"]}
    return figures.describe_figures(found.figures[~found.figures.index.isin(disputed)], t)


def _links(catalogue: Catalogue, found: OrganisationProfile) -> None:
    """To members, networks, stages, events and actors: each has an address, and leads back."""
    t = get_locale()
    if len(found.member_of):
        _title(t("Appartient à"))
        for rank, row in enumerate(list_rows(found.member_of)):
            state.show_organisation_link(catalogue, row["network_id"], t(vocabulary.MEMBER_ROLES[row["role"]]), where=f"above-{rank}")
    if len(found.members):
        _title(t("Membres"))
        for rank, row in enumerate(list_rows(found.members)):
            state.show_organisation_link(catalogue, row["member_id"], _describe_member(catalogue, row, t), where=f"member-{rank}")
    elif found.coverage is not None:
        st.markdown(t("Aucune page ne nomme de membre de ce réseau."))
    _stages(found, t)
    if len(found.events):
        _title(t("Dates"))
        for row in list_rows(found.events):
            state.show_link(get_locale().read_cell(row, "title"), "event", row["id"], organisations.write_event_dates(row), where="date")
    _actors(catalogue, list(found.actors["actor_id"]), t)


def _describe_member(catalogue: Catalogue, row: Row, t: Locale) -> str:
    """Role and city of a member; its country where no source gives the city."""
    place = organisations.name_city(catalogue, row) or (
        organisations.name_country(row["country"]) if row["country"] else t("ville inconnue")
    )
    return f"{t(vocabulary.MEMBER_ROLES[row['role']])} · {place}"


def _title(words: str) -> None:
    show_html(Markup("<h3 class='bc-group'>{}</h3>").format(words))


def _stages(found: OrganisationProfile, t: Locale) -> None:
    if len(found.stages):
        _title(t("Étapes du Bioproduction Tour"))
    for row in list_rows(found.stages):
        label = f"{row['order']} · {escape_markdown(get_locale().read_cell(row, 'title'))}"
        st.page_link(
            pages.TOUR.path, label=label, icon=":material/route:", query_params=build_link_params("stage", row["id"]), width="stretch"
        )


def _actors(catalogue: Catalogue, keys: list[str], t: Locale) -> None:
    if keys:
        _title(t("Dans l'annuaire"))
    for key in dict.fromkeys(keys):
        actor = get_row(catalogue.actors, key)
        label = f"{escape_markdown(str(actor['name']))} · {escape_markdown(whereabouts.name_place(actor, t))}"
        st.page_link(
            pages.DIRECTORY.path, label=label, icon=":material/search:", query_params=build_link_params("actor", key), width="stretch"
        )


def _evidence(found: OrganisationProfile, t: Locale) -> None:
    title = f"{t('Toutes les pages citées')} ({len(found.evidence)})"
    lines = Markup().join(Markup("<li>{}</li>").format(html.render_source(row, t)) for row in list_rows(found.evidence))
    show_html(Markup("<details class='bc-source'><summary>{}</summary><ul>{}</ul></details>").format(title, lines))


def _member(catalogue: Catalogue, key: str) -> None:
    """A member that has no row of its own: who names it, where it is, which actors of the register it is."""
    t, rows = get_locale(), organisations.list_memberships(catalogue)
    mine = rows[rows["member_id"].eq(key)]
    first = list_rows(mine.sort_values("city", ascending=False))[0]
    city = organisations.name_city(catalogue, first)
    place = html.render_link(first["city_source_url"], city) if first["city_source_url"] else escape(city)
    show_html(
        Markup("<article class='bc-sheet'><p class='bc-kicker'>{} · {}</p><h2>{}</h2>").format(
            t("Membre"), organisations.name_country(first["country"]), first["member_name"]
        )
        + html.render_facts(
            [(t("Ville"), place or escape(t(networks.PLACE_LABELS[first["place"]]))), (t("Cité par"), _cite_sources(catalogue, mine, t))]
        )
        + Markup("</article>")
    )
    _title(t("Appartient à"))
    for rank, row in enumerate(list_rows(mine)):
        state.show_organisation_link(catalogue, row["network_id"], t(vocabulary.MEMBER_ROLES[row["role"]]), where=f"above-{rank}")
    _actors(catalogue, [actor for ids in mine["actor_ids"] for actor in ids], t)


def _cite_sources(catalogue: Catalogue, rows: pd.DataFrame, t: Locale) -> Markup:
    names = catalogue.networks["name"]
    lines = Markup().join(
        Markup("<li>{}{}{}</li>").format(str(names[row["network_id"]]), get_locale().colon, html.render_source(row, t))
        for row in list_rows(rows)
    )
    return Markup("<ul class='bc-clusters'>{}</ul>").format(lines)


def _place(catalogue: Catalogue, key: str) -> None:
    """Who is in one city, whatever the network."""
    t, rows = get_locale(), organisations.list_memberships(catalogue)
    here = rows[rows["place_id"].eq(key)]
    people: dict[str, list[Row]] = {}
    for row in list_rows(here):
        people.setdefault(row["member_id"], []).append(row)
    count = labels.label_count(len(people), "membre", "membres", get_language())
    first = list_rows(here)[0]
    show_html(
        Markup("<article class='bc-sheet'><p class='bc-kicker'>{} · {}</p><h2>{}</h2></article>").format(
            organisations.name_country(first["country"]), count, organisations.name_city(catalogue, first)
        )
    )
    names = catalogue.networks["name"]
    for member, links in people.items():
        state.show_organisation_link(
            catalogue, member, labels.join_words([str(names[row["network_id"]]) for row in links], t("et")), where="city"
        )
