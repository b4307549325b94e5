"""The tables of a report of a territory, each value as the analysis gives it."""

from __future__ import annotations

import math

import pandas as pd

from biocarto import labels, rows
from biocarto.analysis.coverage import absences, chain, coverage, roles
from biocarto.analysis.coverage.coverage import FRAGILE_NOTE, Indicator
from biocarto.analysis.coverage.roles import ROLE_LABELS, Role
from biocarto.analysis.coverage.territories import SMALL
from biocarto.export.report.coverage.map import FEW, PARTS, Parts
from biocarto.export.report.coverage.subject import Subject, known
from biocarto.export.report.model import Cell, Column, Table
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


def fragile_note(subject: Subject) -> str:
    """What is called fragile."""
    return subject.text(FRAGILE_NOTE).format(n=SMALL)


def divided(subject: Subject, found: Parts) -> Table:
    """Sites, people and rate of each part, most sites first."""
    t = subject.text
    caption = t("Sites {parts}").format(parts=t(PARTS[found.kind]))
    counted = (Column(t("Territoire")), Column(t("Sites"), 0, bar=True))
    if found.kind not in MEASURED_LEVELS:
        return Table(caption, counted, _districts(subject, found), shown=FEW)
    measured = coverage.measure(subject.actors, subject.catalogue.territory, MEASURED_LEVELS[found.kind]).table.loc[found.ranked.index]
    lines = tuple(
        (str(row["name"]), int(row["count"]), known(row["population"]), known(row["rate"]), t(FRAGILE) if row["small"] else "")
        for row in rows.each(measured)
    )
    columns = (*counted, Column(t("Population"), 0), Column(t("Pour 100 000 hab."), 2), Column(t("Fiabilité")))
    note = fragile_note(subject) if measured["small"].any() else ""
    printed = FEW if len(lines) <= FEW else min(DIVIDED, int(found.counts.gt(0).sum()))
    return Table(caption, columns, lines, note, shown=printed)


def _districts(subject: Subject, found: Parts) -> tuple[tuple[Cell, ...], ...]:
    """The sites of Paris of which no source says the arrondissement, then those of each."""
    t = subject.text
    lines = tuple((str(found.outlines.at[code, "name"]), int(count)) for code, count in found.ranked.items())
    return ((t("Arrondissement inconnu"), found.unplaced), *lines) if found.unplaced else lines


def actors(subject: Subject) -> Table:
    """Every site of the territory; what it does and its page are in the workbook only."""
    t, groups = subject.text, labels.groups(subject.text)
    columns = (
        Column(t("Nom")),
        Column(t("Groupe")),
        Column(t("Commune")),
        Column(t("Année")),
        Column(t("Source"), printed=False),
        Column(t("Activité"), printed=False),
        Column(t("Modalités"), printed=False),
        Column(t("Adresse de la source"), printed=False),
        Column(t("Identifiant"), printed=False),
    )
    lines = tuple(
        (
            str(row["name"]),
            groups[row["group"]],
            str(row["commune"]),
            "" if pd.isna(row["as_of"]) else str(row["as_of"]),
            str(row["source_title"]),
            subject.text.read_cell(row, "activity"),
            labels.modalities(row["modalities"], t),
            str(row["source_url"]),
            str(row["id"]),
        )
        for row in rows.each(subject.sites)
    )
    note = t("Année : celle de la page source, que le classeur et la vue en direct donnent pour chaque site.")
    return Table(t("Sites du répertoire, par nom"), columns, lines, note, shown=24)


def links(subject: Subject) -> Table:
    """Each link of the chain, beside the region, and where the nearest one is if it is missing."""
    t, territory = subject.text, subject.catalogue.territory
    here = rows.one(chain.by_territory(subject.actors, territory, subject.level), subject.code)
    region = rows.one(chain.by_territory(subject.actors, territory, Level.REGION), ILE_DE_FRANCE)
    columns = (Column(t("Maillon")), Column(t("Sites"), 0, bar=True), Column(t("Île-de-France"), 0))
    lines = [(t(ROLE_LABELS[Role(link)]), int(here[link]), int(region[link])) for link in chain.LINKS]
    if subject.whole or all(here[link] for link in chain.LINKS):
        return Table("", columns[: 3 - subject.whole], tuple(line[: 3 - subject.whole] for line in lines))
    near = [("", "") if here[link] else nearest(subject, Role(link)) for link in chain.LINKS]
    beside = (Column(t("Si le maillon manque, le plus proche")), Column(t("Environ (km)")))
    found = tuple((*line, *more) for line, more in zip(lines, near, strict=True))
    return Table("", (*columns, *beside), found, f"{t(chain.MISSING_NOTE)} {t(FROM_NOTE)}")


def nearest(subject: Subject, role: Role) -> tuple[str, Cell]:
    """The nearest site with a role that a commune lacks, and its distance in km as text; None where the region has none.

    Of a larger territory no site is the nearest: "", and the distances of its nearest and its farthest commune.
    """
    t, found = subject.text, rows.one(absences.absent(subject.actors, subject.catalogue.territory, subject.level, role), subject.code)
    ends = [float(found[end]) for end in ("least_km", "most_km")]
    if math.isnan(ends[1]):
        return t("aucun dans la région"), None
    if found["actor_id"]:
        return f"{found['actor_name']} ({found['actor_commune']})", subject.number(round(found["distance_km"]))
    least, most = (subject.number(round(end)) for end in ends)
    return "", least if least == most else t("{least} à {most}").format(least=least, most=most)


def specialisation(subject: Subject) -> Table:
    """Sites, share and index of each category and modality that the region has, those without a site last, in the workbook only.

    The region alone has no index.
    """
    t = subject.text
    columns = [Column(t("Selon")), Column(t("Groupe")), Column(t("Sites"), 0, bar=True), Column(t("Part (%)"), 1)]
    beside = [Column(t("Île-de-France (%)"), 1), Column(t("Indice"), 2), Column(t("Fiabilité"))]
    every = [line for facet in FACETS for line in _shares(subject, facet)]
    lines = sorted(every, key=lambda line: not line[2])
    shown = sum(bool(line[2]) for line in lines)
    if subject.whole:
        return Table("", tuple(columns), tuple(line[:4] for line in lines), shown=shown)
    return Table("", (*columns, *beside), tuple(lines), fragile_note(subject), shown=shown)


def _shares(subject: Subject, facet: str) -> list[tuple[Cell, ...]]:
    t = subject.text
    label, values = FACETS[facet]
    measured = {each: coverage.by_group(subject.measured, facet, each).loc[subject.code] for each in coverage.GROUPED}
    region = coverage.by_group(subject.region, facet, Indicator.SHARE).loc[ILE_DE_FRANCE]
    small = coverage.small_groups(subject.measured, facet, Indicator.QUOTIENT).loc[subject.code]
    return [
        (
            t(label),
            t(name),
            int(measured[Indicator.COUNT][value]),
            known(measured[Indicator.SHARE][value]),
            known(region[value]),
            known(measured[Indicator.QUOTIENT][value]),
            t(FRAGILE) if small[value] else "",
        )
        for value, name in values.items()  # type: ignore[attr-defined]
        if region[value] > 0
    ]


def without_site(subject: Subject) -> Table:
    """The communes of the territory that have no site, most people first, and the nearest one."""
    t = subject.text
    found = absences.absent(subject.actors, subject.catalogue.territory, Level.COMMUNE, Role.ANY)
    found = found[found.index.isin(subject.communes.index)]
    columns = (Column(t("Commune")), Column(t("Population"), 0), Column(t("Site le plus proche")), Column(t("Environ (km)"), 0))
    lines = tuple(
        (str(row["name"]), known(row["population"]), _named(row["actor_name"], row["actor_commune"]), known(round(row["distance_km"], 0)))
        for row in rows.each(found)
    )
    return Table(t("Communes sans site, des plus peuplées aux moins peuplées"), columns, lines, shown=5)


def _named(name: str, commune: str) -> Cell:
    return f"{name} ({commune})" if name else None


def far(subject: Subject) -> Table:
    """Percentage of the people of the territory who live farther than 10, 20 and 30 km from what the chain offers."""
    t, communes = subject.text, subject.communes.index
    where = absences.places(subject.catalogue.territory)
    districts = subject.catalogue.territory.arrondissements.index
    where = where[where.index.isin(communes) | (where.index.isin(districts) & (PARIS in communes))]
    lines = []
    for role in absences.REACHED:
        beyond = absences.beyond(absences.nearest(where, roles.having(subject.actors, role)))
        lines.append((t(ROLE_LABELS[role]), *(known(share) for share in beyond["share"])))
    limits = [Column(t("à plus de {km} km (%)").format(km=km), 1) for km in absences.LIMITS]
    return Table(t("Part des habitants loin du site le plus proche"), (Column(t("Offre")), *limits), tuple(lines))
