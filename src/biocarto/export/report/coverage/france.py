"""Who covers a territory: clusters that say so, and networks that name its actors; and what a survey has published of the region."""

from __future__ import annotations

from biocarto import rows
from biocarto.analysis.breakdown import SHARE_FIGURES, TOTAL_FIGURE
from biocarto.analysis.coverage import national
from biocarto.export.report.coverage.subject import ReportContext
from biocarto.export.report.model import Cell, ReportColumn, Table
from biocarto.i18n import Locale
from biocarto.model import ILE_DE_FRANCE
from biocarto.query import memberships
from biocarto.register import vocabulary
from biocarto.register.catalogue import Catalogue
from biocarto.rows import Row

PUBLISHED = (TOTAL_FIGURE, *SHARE_FIGURES.values())
"""Ids of the figures of the survey."""


def _seat(subject: ReportContext, cluster: Row, code: str) -> str:
    """Where a cluster sits: in the territory, elsewhere in the region, or from which other region it covers this one."""
    t = subject.text
    if not cluster["commune"]:
        return t("non trouvé")
    if ILE_DE_FRANCE in cluster["remote"]:
        region = subject.catalogue.territory.regions.at[cluster["seat_region"], "name"]
        return f"{cluster['commune']} ({region})"
    inside = code in subject.communes.index and not subject.whole
    return t("{commune}, dans le territoire").format(commune=cluster["commune"]) if inside else str(cluster["commune"])


def tabulate_clusters(subject: ReportContext) -> Table:
    """Every cluster that says it covers Île-de-France: nature, seat, stages of the Tour, ENOSIS."""
    t, codes = subject.text, subject.catalogue.clusters["commune_code"]
    found = national.list_clusters(subject.catalogue)
    found = found[[ILE_DE_FRANCE in regions for regions in found["regions"]]]
    order = subject.catalogue.stages["order"]
    columns = (
        ReportColumn(t("Pôle ou cluster")),
        ReportColumn(t("Nature")),
        ReportColumn(t("Siège")),
        ReportColumn(t("Étape du Tour")),
        ReportColumn(t("Enosis Santé")),
    )
    lines = tuple(
        (
            str(cluster["name"]),
            t(vocabulary.CLUSTER_TYPES[cluster["type"]]),
            _seat(subject, cluster, str(code)),
            ", ".join(str(order[stage]) for stage in cluster["stages"]) or t("aucune"),
            t("membre") if cluster["enosis"] else "",
        )
        for cluster, code in zip(rows.list_rows(found), codes[found.index], strict=True)
    )
    return Table(t("Pôles et réseaux qui disent couvrir l'Île-de-France"), columns, lines, shown=12)


def tabulate_networks(subject: ReportContext) -> Table:
    """The networks of which a page names one of the territory's actors as a member, those with most actors first."""
    t = subject.text
    links = memberships.list_links(subject.catalogue)
    links = links[links["actor_id"].isin(subject.sites.index)]
    named = links.groupby("network_id")["actor_id"].agg(lambda ids: list(dict.fromkeys(ids)))
    lines = sorted((_network(subject, str(network), ids) for network, ids in named.items()), key=lambda line: (-line[2], line[0]))
    columns = (
        ReportColumn(t("Réseau")),
        ReportColumn(t("Nature")),
        ReportColumn(t("Sites"), 0),
        ReportColumn(t("Acteurs que ses pages nomment")),
    )
    return Table(t("Réseaux dont une page nomme des acteurs du territoire"), columns, tuple(lines), shown=6)


def _network(subject: ReportContext, network: str, ids: list[str]) -> tuple[str, str, int, str]:
    row = rows.get_row(subject.catalogue.networks, network)
    names = ", ".join(sorted(subject.catalogue.actors.loc[ids, "name"], key=str.casefold))
    return str(row["name"]), subject.text(vocabulary.BODY_KINDS[row["kind"]]), len(ids), names


def tabulate_survey(subject: ReportContext) -> Table:
    """The published figures, each with its unit, date and source."""
    t = subject.text
    columns = (
        ReportColumn(t("Chiffre publié")),
        ReportColumn(t("Valeur"), 0),
        ReportColumn(t("Unité")),
        ReportColumn(t("Date")),
        ReportColumn(t("Source"), printed=False),
    )
    found = list_survey_figures(subject.catalogue)
    note = ", ".join(dict.fromkeys(name_publisher(row, t) for row in found))
    return Table("", columns, tuple(_write_published(row, t) for row in found), note)


def name_publisher(row: Row, t: Locale) -> str:
    """Who counted, and in whose words the survey has reached us."""
    return t("Institut Paris Région, cité par {source}").format(source=row["source_title"])


def list_survey_figures(catalogue: Catalogue) -> list[Row]:
    """The rows of the survey."""
    return rows.list_rows(catalogue.figures.loc[list(PUBLISHED)])


def _write_published(row: Row, t: Locale) -> tuple[Cell, ...]:
    unit = t.read_cell(row, "unit")
    return t.read_cell(row, "label"), float(row["value"]), unit, str(row["as_of"]), name_publisher(row, t)
