"""The report of a territory: its key figures, its map, its actors, what it lacks, who covers it, and how all of this was counted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import pandas as pd

from biocarto import labels
from biocarto.analysis.coverage import chain
from biocarto.analysis.coverage.roles import ROLE_LABELS, ChainLink
from biocarto.analysis.coverage.territories import CODE_COLUMNS, Scheme
from biocarto.export.report.coverage import france, tables
from biocarto.export.report.coverage import map as mapped
from biocarto.export.report.coverage.figures import list_figures
from biocarto.export.report.coverage.method import describe_method, list_sources
from biocarto.export.report.coverage.subject import ReportContext
from biocarto.export.report.model import Report, Section
from biocarto.i18n import Locale
from biocarto.model import LEVEL_LABELS, Level
from biocarto.query.filters import Filters
from biocarto.query.select import select
from biocarto.register.catalogue import Catalogue
from biocarto.render.cards import SURVEY_NOTE


def describe_filters(filters_said: Sequence[tuple[str, str]], lang: str) -> str:
    """The filters in one line, in words; empty without any."""
    return ", ".join(f"{label}{Locale(lang).colon}{value}" for label, value in filters_said)


def _nothing(subject: ReportContext, filtered: bool) -> list[str]:
    """What is said of a territory without any site: whether filters are the reason, and where the nearest one is."""
    t = subject.text
    listed = select(Filters(), subject.catalogue).actors
    own = int(listed[CODE_COLUMNS[subject.level]].eq(subject.code).sum())
    if filtered and own:
        first = t("Aucun site de ce territoire ne répond aux filtres ; sans filtre, le répertoire en compte {n}.").format(n=own)
    else:
        first = t(
            "Le répertoire ne nomme aucun site dans ce territoire. Il ne prétend pas être complet : absent ne veut pas dire inexistant."
        )
    name, distance = tables.find_nearest(subject, ChainLink.ANY)
    if distance is None:
        return [first, t("Aucun site de la région ne répond aux filtres : les autres tableaux sont vides, les sources restent.")]
    if not name:
        return [first, t("Le plus proche : {km} km à vol d'oiseau, selon la commune.").format(km=distance)]
    return [first, t("Le plus proche : {name}, à environ {km} km à vol d'oiseau.").format(name=name, km=distance)]


def _apart(subject: ReportContext, undated: int | None) -> list[str]:
    """What the numbers of the territory leave out: by its status of today, or in a year of the past what no date places."""
    t, everyone = subject.text, subject.catalogue.actors
    if undated is None:
        others = labels.write_apart_count(everyone[everyone[CODE_COLUMNS[subject.level]].eq(subject.code)], subject.lang)
    else:
        others = labels.write_undated(undated, t) if undated else ""
    told = [t("À part, hors de ces nombres : {sites}.").format(sites=others)] if others else []
    return told if undated is None else [" ".join([*told, t(labels.PAST_NOTE)])]


def _where(subject: ReportContext, filtered: bool, undated: int | None) -> Section:
    """The map and the parts; without any site, the communes are those of the table of absences."""
    t, found = subject.text, mapped.divide_territory(subject)
    there = len(subject.sites) > 0
    said = (*(() if there else _nothing(subject, filtered)), *_apart(subject, undated))
    alone = subject.level is Level.COMMUNE
    title = t("La commune et ses voisines") if alone else t("Où sont les sites")
    return Section(
        title, said, map=mapped.draw_parts(subject, found), table=tables.tabulate_parts(subject, found) if there or alone else None
    )


def _chain(subject: ReportContext) -> Section:
    """The links in order, and in words those that are missing."""
    t = subject.text
    lacks = chain.list_missing_links(
        chain.count_by_territory(subject.actors, subject.catalogue.territory, subject.level).loc[[subject.code]]
    ).iloc[0]
    names = ", ".join(t(ROLE_LABELS[ChainLink(link)]) for link in lacks)
    told = t("Maillons manquants : {names}.").format(names=names) if lacks else t("Les six maillons ont au moins un site.")
    return Section(t("La chaîne, de la recherche à la production"), (told,), table=tables.tabulate_links(subject))


def _shares(subject: ReportContext) -> Section:
    """What the territory is made of, and in words what of the region it does not have."""
    t, table = subject.text, tables.tabulate_specialisation(subject)
    absent = ", ".join(str(row[1]) for row in table.rows[table.shown :])
    said = (t("Dans la région, mais pas ici : {names}.").format(names=absent),) if absent else ()
    title = t("Catégories et modalités") if subject.whole else t("Spécialisation")
    return Section(title, said, table=table)


def _absences(subject: ReportContext) -> list[Section]:
    """Communes without a site, and how many people live far; a single commune has neither."""
    t = subject.text
    if subject.level is Level.COMMUNE or subject.paris:
        return [Section(t("Distances"), table=tables.tabulate_distances(subject))] if subject.paris else []
    empty = tables.tabulate_without_site(subject)
    said = t("Communes sans site du répertoire : {n} sur {total}.").format(
        n=subject.write_number(len(empty.rows)), total=subject.write_number(len(subject.communes))
    )
    return [
        Section(t("Absences"), (said,), table=empty if empty.rows else None),
        Section(t("Distances"), table=tables.tabulate_distances(subject)),
    ]


def _coverers(subject: ReportContext) -> list[Section]:
    """Clusters, and the networks where any names an actor of the territory."""
    t, networks = subject.text, france.tabulate_networks(subject)
    named = [Section(t("Réseaux"), table=networks)] if networks.rows else []
    return [Section(t("Qui couvre le territoire"), table=france.tabulate_clusters(subject)), *named]


def _survey(subject: ReportContext) -> Section:
    t = subject.text
    said = t(SURVEY_NOTE)
    return Section(t("Le recensement publié"), (said,), table=france.tabulate_survey(subject))


def _sections(subject: ReportContext, filtered: bool, undated: int | None) -> list[Section]:
    t = subject.text
    there = len(subject.sites) > 0
    named = [Section(t("Les acteurs"), table=tables.tabulate_actors(subject))] if there else []
    shares = [_shares(subject)] if there else []
    return [
        _where(subject, filtered, undated),
        *named,
        _chain(subject),
        *shares,
        *_absences(subject),
        *_coverers(subject),
        _survey(subject),
    ]


def compose(
    catalogue: Catalogue,
    code: str,
    actors: pd.DataFrame,
    *,
    layer: Mapping[str, Any],
    lang: str,
    link: str,
    made: date,
    scheme: Scheme = Scheme.NATURAL,
    filters_said: Sequence[tuple[str, str]] = (),
    undated: int | None = None,
) -> Report:
    """The report of the largest territory of Île-de-France with this code, of the region's actors that filters have left.

    layer describes the outlines as `resources.read` does, scheme is that of the map's classes, filters_said are pairs (field, value) in
    words; link restores the view. undated: of a year of the past, how many sites of the territory no date places in it; else None.
    KeyError for a code of no territory.
    """
    subject = ReportContext.build(catalogue, code, actors, lang, layer=layer, scheme=scheme)
    t, about = subject.text, catalogue.resources["actors"]
    kind = f"{t(LEVEL_LABELS[subject.level])} ({code})"
    narrowed = [t("Filtres : {filters}").format(filters=describe_filters(filters_said, lang))] if filters_said else []
    return Report(
        title=t("Couverture : {name}").format(name=subject.name),
        subtitle=". ".join([f"{kind}, {t('biothérapies et bioproduction')}", *narrowed]),
        lang=lang,
        made=made,
        version=str(about[f"date_{lang}"]),
        link=link,
        licence=f"{about['licence']['title']} ({about['licence']['path']})",
        figures=list_figures(subject),
        sections=tuple(_sections(subject, bool(filters_said), undated)),
        method=describe_method(subject),
        sources=list_sources(subject),
    )
