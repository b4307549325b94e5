"""The parts of a territory, counted and drawn: a region's departments, else communes, Paris' arrondissements, a commune's neighbours."""

from __future__ import annotations

import re
from dataclasses import dataclass

import geopandas as gpd
import pandas as pd

from biocarto.analysis.coverage import territories
from biocarto.analysis.coverage.coverage import MEANINGS, Indicator
from biocarto.analysis.coverage.territories import SCHEME_LABELS, SCHEME_NOTES
from biocarto.export.drawing.ground import list_neighbours, list_rivers
from biocarto.export.drawing.territories import MapContent, draw_territories
from biocarto.export.report.coverage.subject import ReportContext
from biocarto.export.report.model import ReportMap
from biocarto.maps.legend import Legend
from biocarto.model import ILE_DE_FRANCE, N_, NP_, Level, Precision

NAMED = 7
"""Parts whose name stands on the map, those with the most sites first, where there is no room for all."""

FEW = 12
"""Up to this number of parts, each has its name."""

_DISTRICT = re.compile(r"Paris (\d+\w+) Arrondissement")

PARTS = {
    "department": N_("par département"),
    "commune": N_("par commune"),
    "arrondissement": N_("par arrondissement"),
}


@dataclass(frozen=True, eq=False)
class Parts:
    """What a territory is divided into: outlines (EPSG:4326, index: code, with name) and sites per part; kind is a key of `PARTS`.

    shown are the actors on the map, unplaced how many of them lie in no part.
    """

    kind: str
    outlines: gpd.GeoDataFrame
    counts: pd.Series
    shown: pd.DataFrame

    @property
    def unplaced(self) -> int:
        """Sites that lie in no part: those of Paris whose arrondissement no source says."""
        return len(self.shown) - int(self.counts.sum())

    @property
    def without_point(self) -> int:
        """Sites that the map counts and shows at no point."""
        return int(self.shown["precision"].eq(Precision.AREA).sum())

    @property
    def ranked(self) -> pd.Series:
        """Sites per part, most first, then by name."""
        order = pd.DataFrame({"count": self.counts, "name": self.outlines["name"]})
        return order.sort_values(["count", "name"], ascending=[False, True])["count"]


def divide_territory(subject: ReportContext) -> Parts:
    """The parts with the sites that lie in them; a commune is its own part, among those that touch it."""
    territory = subject.catalogue.territory
    if subject.whole:
        return _count_parts(subject, "department", territory.departments[territory.departments["region_code"].eq(ILE_DE_FRANCE)])
    if subject.paris:
        return _count_parts(subject, "arrondissement", territory.light["arrondissements"])
    if subject.level is Level.COMMUNE:
        communes = territory.communes
        return _count_parts(subject, "commune", communes[communes.intersects(communes.geometry[subject.code])])
    detail = territory.light["communes"] if subject.level is Level.DEPARTMENT else territory.communes
    return _count_parts(subject, "commune", detail.loc[subject.communes.index])


def _count_parts(subject: ReportContext, kind: str, outlines: gpd.GeoDataFrame) -> Parts:
    column = {"department": "department_code", "commune": "commune_official", "arrondissement": "commune_code"}[kind]
    counts = subject.actors[column].value_counts().reindex(outlines.index, fill_value=0).astype(int)
    shown = subject.actors[subject.actors[column].isin(outlines.index)] if subject.level is Level.COMMUNE else subject.sites
    return Parts(kind, outlines, counts, shown)


def _names(subject: ReportContext, found: Parts) -> dict[str, str]:
    """Code -> name to write, the territory's own first; of an arrondissement, its number."""
    kept = found.ranked if len(found.counts) <= FEW else found.ranked[found.ranked > 0].head(NAMED)
    names = {str(code): str(found.outlines.at[code, "name"]) for code in sorted(kept.index, key=lambda code: code != subject.code)}
    return {code: _DISTRICT.sub(r"\1", name) for code, name in names.items()}


def _legend(subject: ReportContext, found: Parts, bounds: tuple[tuple[float, float], ...]) -> Legend:
    t = subject.text
    ranges = [
        subject.write_number(low) if low == high else f"{subject.write_number(low)} – {subject.write_number(high)}" for low, high in bounds
    ]
    chosen = t("{label} : {words}").format(label=t(SCHEME_LABELS[subject.scheme]), words=t(SCHEME_NOTES[subject.scheme]))
    symbols = t("Un chiffre : nombre de sites au même lieu ou en des lieux voisins.") if len(found.shown) else ""
    one, many = NP_("Sans point : {n} site de Paris, arrondissement inconnu.", "Sans point : {n} sites de Paris, arrondissement inconnu.")
    vague = subject.text.write_count(found.without_point, one, many) if found.without_point else ""
    note = " ".join(filter(None, (f"{chosen}.", symbols, vague)))
    return Legend(t(MEANINGS[Indicator.COUNT].label), (t("aucun site connu"), *ranges), unit=t(PARTS[found.kind]), note=note)


def _alternative(subject: ReportContext, found: Parts) -> str:
    """The map in words: how many sites, and the parts that have most."""
    t = subject.text
    first = [f"{found.outlines.at[code, 'name']} ({subject.write_number(count)})" for code, count in found.ranked.head(5).items() if count]
    told = t("Carte de {name}, sites {parts}.").format(name=subject.name, parts=t(PARTS[found.kind]))
    return f"{told} {', '.join(first) or t('Aucun site.')}"


def draw_parts(subject: ReportContext, found: Parts) -> ReportMap:
    """The parts coloured by their number of sites, with a symbol for each place that has some."""
    classes = territories.classify_values(found.counts, scheme=subject.scheme)
    own = found.outlines.loc[[subject.code]] if subject.level is Level.COMMUNE and not subject.paris else found.outlines
    content = MapContent(
        found.outlines,
        classes.of,
        len(classes.bounds),
        outlined=gpd.GeoDataFrame(geometry=[own.union_all()], crs=own.crs),
        labels=_names(subject, found),
        around=list_neighbours(subject.catalogue.territory, subject.level, subject.code),
        actors=found.shown,
        rivers=list_rivers(subject.catalogue.territory),
    )
    svg = draw_territories(content, _legend(subject, found, classes.bounds), subject.lang)
    return ReportMap(svg, _alternative(subject, found))
