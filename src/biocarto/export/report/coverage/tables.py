"""The tables of a report of a territory, each value as the analysis gives it."""

from __future__ import annotations

import math

import pandas as pd

from biocarto import labels, rows
from biocarto.analysis.coverage import absences, chain, coverage, roles
from biocarto.analysis.coverage.coverage import FRAGILE_NOTE, Indicator
from biocarto.analysis.coverage.roles import ROLE_LABELS, ChainLink
from biocarto.analysis.coverage.territories import SMALL
from biocarto.export.report.coverage.map import FEW, PARTS, Parts
from biocarto.export.report.coverage.subject import ReportContext, convert_cell
from biocarto.export.report.model import Cell, ReportColumn, Table
from biocarto.model import CATEGORY_LABELS, ILE_DE_FRANCE, MODALITY_LABELS, N_, PARIS, Level

MEASURED_LEVELS = {"department": Level.DEPARTMENT, "commune": Level.COMMUNE}
"""Kind of part -> its level; arrondissements have no rate of their own."""

FACETS = {"category": (N_("Catégorie"), CATEGORY_LABELS), "modality": (N_("Modalité"), MODALITY_LABELS)}

DIVIDED = 8
"""Parts with sites that the page prints at most, where there are more than `FEW`."""

FRAGILE = N_("fragile")
FROM_NOTE = N_(
    "Distances à vol d'oiseau, au kilomètre, depuis la mairie de la commune ; d'un territoire plus grand, "
    "de la commune la plus proche à la plus lointaine."
)


def write_fragile_note(subject: ReportContext) -> str:
    """What is called fragile."""
    return subject.text(FRAGILE_NOTE).format(n=SMALL)


def tabulate_parts(subject: ReportContext, found: Parts) -> Table:
    """Sites, people and rate of each part, most sites first."""
    t = subject.text
    caption = t("Sites {parts}").format(parts=t(PARTS[found.kind]))
    counted = (ReportColumn(t("Territoire")), ReportColumn(t("Sites"), 0, bar=True))
    if found.kind not in MEASURED_LEVELS:
        return Table(caption, counted, _districts(subject, found), shown=FEW)
    measured = coverage.measure(subject.actors, subject.catalogue.territory, MEASURED_LEVELS[found.kind]).table.loc[found.ranked.index]
    lines = tuple(
        (
            str(row["name"]),
            int(row["count"]),
            convert_cell(row["population"]),
            convert_cell(row["rate"]),
            t(FRAGILE) if row["small"] else "",
        )
        for row in rows.list_rows(measured)
    )
    columns = (*counted, ReportColumn(t("Population"), 0), ReportColumn(t("Pour 100 000 hab."), 2), ReportColumn(t("Fiabilité")))
    note = write_fragile_note(subject) if measured["small"].any() else ""
    printed = FEW if len(lines) <= FEW else min(DIVIDED, int(found.counts.gt(0).sum()))
    return Table(caption, columns, lines, note, shown=printed)


def _districts(subject: ReportContext, found: Parts) -> tuple[tuple[Cell, ...], ...]:
    """The sites of Paris of which no source says the arrondissement, then those of each."""
    t = subject.text
    lines = tuple((str(found.outlines.at[code, "name"]), int(count)) for code, count in found.ranked.items())
    return ((t("Arrondissement inconnu"), found.unplaced), *lines) if found.unplaced else lines


def tabulate_actors(subject: ReportContext) -> Table:
    """Every site of the territory; what it does and its page are in the workbook only."""
    t, groups = subject.text, labels.label_groups(subject.text)
    columns = (
        ReportColumn(t("Nom")),
        ReportColumn(t("Groupe")),
        ReportColumn(t("Commune")),
        ReportColumn(t("Année")),
        ReportColumn(t("Source"), printed=False),
        ReportColumn(t("Activité"), printed=False),
        ReportColumn(t("Modalités"), printed=False),
        ReportColumn(t("Adresse de la source"), printed=False),
        ReportColumn(t("Identifiant"), printed=False),
    )
    lines = tuple(
        (
            str(row["name"]),
            groups[row["group"]],
            str(row["commune"]),
            "" if pd.isna(row["as_of"]) else str(row["as_of"]),
            str(row["source_title"]),
            subject.text.read_cell(row, "activity"),
            labels.label_modalities(row["modalities"], t),
            str(row["source_url"]),
            str(row["id"]),
        )
        for row in rows.list_rows(subject.sites)
    )
    note = t("Année : celle de la page source, que le classeur et la vue en direct donnent pour chaque site.")
    return Table(t("Sites du répertoire, par nom"), columns, lines, note, shown=24)


def tabulate_links(subject: ReportContext) -> Table:
    """Each link of the chain, beside the region, and where the nearest one is if it is missing."""
    t, territory = subject.text, subject.catalogue.territory
    here = rows.get_row(chain.count_by_territory(subject.actors, territory, subject.level), subject.code)
    region = rows.get_row(chain.count_by_territory(subject.actors, territory, Level.REGION), ILE_DE_FRANCE)
    columns = (ReportColumn(t("Maillon")), ReportColumn(t("Sites"), 0, bar=True), ReportColumn(t("Île-de-France"), 0))
    lines = [(t(ROLE_LABELS[ChainLink(link)]), int(here[link]), int(region[link])) for link in chain.LINKS]
    if subject.whole or all(here[link] for link in chain.LINKS):
        return Table("", columns[: 3 - subject.whole], tuple(line[: 3 - subject.whole] for line in lines))
    near = [("", "") if here[link] else find_nearest(subject, ChainLink(link)) for link in chain.LINKS]
    beside = (ReportColumn(t("Si le maillon manque, le plus proche")), ReportColumn(t("Environ (km)")))
    found = tuple((*line, *more) for line, more in zip(lines, near, strict=True))
    return Table("", (*columns, *beside), found, f"{t(chain.MISSING_NOTE)} {t(FROM_NOTE)}")


def find_nearest(subject: ReportContext, role: ChainLink) -> tuple[str, Cell]:
    """The nearest site with a role that a commune lacks, and its distance in km as text; None where the region has none.

    Of a larger territory no site is the nearest: "", and the distances of its nearest and its farthest commune.
    """
    absent = absences.list_absent(subject.actors, subject.catalogue.territory, subject.level, role, among=[subject.code])
    t, found = subject.text, rows.get_row(absent, subject.code)
    ends = [float(found[end]) for end in ("least_km", "most_km")]
    if math.isnan(ends[1]):
        return t("aucun dans la région"), None
    if found["actor_id"]:
        return f"{found['actor_name']} ({found['actor_commune']})", subject.write_number(round(found["distance_km"]))
    least, most = (subject.write_number(round(end)) for end in ends)
    return "", least if least == most else t("{least} à {most}").format(least=least, most=most)


def tabulate_specialisation(subject: ReportContext) -> Table:
    """Sites, share and index of each category and modality that the region has, those without a site last, in the workbook only.

    The region alone has no index.
    """
    t = subject.text
    columns = [ReportColumn(t("Selon")), ReportColumn(t("Groupe")), ReportColumn(t("Sites"), 0, bar=True), ReportColumn(t("Part (%)"), 1)]
    beside = [ReportColumn(t("Île-de-France (%)"), 1), ReportColumn(t("Indice"), 2), ReportColumn(t("Fiabilité"))]
    every = [line for facet in FACETS for line in _shares(subject, facet)]
    lines = sorted(every, key=lambda line: not line[2])
    shown = sum(bool(line[2]) for line in lines)
    if subject.whole:
        return Table("", tuple(columns), tuple(line[:4] for line in lines), shown=shown)
    return Table("", (*columns, *beside), tuple(lines), write_fragile_note(subject), shown=shown)


def _shares(subject: ReportContext, facet: str) -> list[tuple[Cell, ...]]:
    t = subject.text
    label, values = FACETS[facet]
    measured = {each: coverage.measure_by_group(subject.measured, facet, each).loc[subject.code] for each in coverage.GROUPED}
    region = coverage.measure_by_group(subject.region, facet, Indicator.SHARE).loc[ILE_DE_FRANCE]
    small = coverage.find_small_groups(subject.measured, facet, Indicator.QUOTIENT).loc[subject.code]
    return [
        (
            t(label),
            t(name),
            int(measured[Indicator.COUNT][value]),
            convert_cell(measured[Indicator.SHARE][value]),
            convert_cell(region[value]),
            convert_cell(measured[Indicator.QUOTIENT][value]),
            t(FRAGILE) if small[value] else "",
        )
        for value, name in values.items()  # type: ignore[attr-defined]
        if region[value] > 0
    ]


def tabulate_without_site(subject: ReportContext) -> Table:
    """The communes of the territory that have no site, most people first, and the nearest one."""
    t = subject.text
    found = absences.list_absent(subject.actors, subject.catalogue.territory, Level.COMMUNE, ChainLink.ANY, among=subject.communes.index)
    columns = (
        ReportColumn(t("Commune")),
        ReportColumn(t("Population"), 0),
        ReportColumn(t("Site le plus proche")),
        ReportColumn(t("Environ (km)"), 0),
    )
    lines = tuple(
        (
            str(row["name"]),
            convert_cell(row["population"]),
            _name_place(row["actor_name"], row["actor_commune"]),
            convert_cell(round(row["distance_km"], 0)),
        )
        for row in rows.list_rows(found)
    )
    return Table(t("Communes sans site, des plus peuplées aux moins peuplées"), columns, lines, shown=5)


def _name_place(name: str, commune: str) -> Cell:
    return f"{name} ({commune})" if name else None


def tabulate_distances(subject: ReportContext) -> Table:
    """Percentage of the people of the territory who live farther than 10, 20 and 30 km from what the chain offers."""
    t, communes = subject.text, subject.communes.index
    where = absences.list_places(subject.catalogue.territory)
    districts = subject.catalogue.territory.arrondissements.index
    where = where[where.index.isin(communes) | (where.index.isin(districts) & (PARIS in communes))]
    lines = []
    for role in absences.REACHED:
        beyond = absences.count_beyond(absences.find_nearest(where, roles.select_role(subject.actors, role)))
        lines.append((t(ROLE_LABELS[role]), *(convert_cell(share) for share in beyond["share"])))
    limits = [ReportColumn(t("à plus de {km} km (%)").format(km=km), 1) for km in absences.LIMITS]
    return Table(t("Part des habitants loin du site le plus proche"), (ReportColumn(t("Offre")), *limits), tuple(lines))
