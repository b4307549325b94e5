"""What the search box finds besides actors: national sites, clusters, networks and events, in one frame and one index."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from itertools import chain

import numpy as np
import numpy.typing as npt
import pandas as pd
import shapely

from biocarto.analysis.networks import organisations
from biocarto.i18n import LANGUAGES, Locale
from biocarto.model import DIVIDED, MODALITY_LABELS, N_, Category, Kind, Modality
from biocarto.query import proximity, search, site_roles
from biocarto.query.filters import COUNTED, OLD, RECENT, UNKNOWN, Filters, shows_apart
from biocarto.query.phrase_index import SYNONYMS, fold_phrase
from biocarto.query.proximity import Kilometres, Origin
from biocarto.query.search import ACTIVITY, LABEL, NAME, PLACE, SearchIndex, Weights
from biocarto.register import vocabulary
from biocarto.register.catalogue import Catalogue
from biocarto.territory.territory import project_points


class Group(StrEnum):
    """What a row is, besides an actor; also its `data-kind`."""

    NATIONAL_SITE = "national_site"
    CLUSTER = "cluster"
    NETWORK = "network"
    EVENT = "event"


GROUP_LABELS = {
    Group.NATIONAL_SITE: N_("Sites de production des autres régions"),
    Group.CLUSTER: N_("Pôles et clusters"),
    Group.NETWORK: N_("Réseaux, programmes et plateformes"),
    Group.EVENT: N_("Rendez-vous"),
}
"""Groups in the order of an answer."""

KIND_OF_TYPE = {"industrial": Kind.COMPANY, "cdmo": Kind.COMPANY, "academic": Kind.RESEARCH_CENTRE, "integrator": Kind.INTEGRATOR}
"""`type` of a national site -> the kind that an actor of Île-de-France like it has."""

Mask = npt.NDArray[np.bool_]

COLUMNS = {
    "kind": "kind",
    "category": "category",
    "modality": "modalities",
    "department": "department_code",
    "commune": "commune_code",
    "status": "status",
    "source_year": "source_year",
    "role": "roles",
    "region": "region_codes",
}
"""Facet -> column; a facet that is chosen and not among them keeps none of these rows."""

_FIELDS = {
    "name": NAME,
    "organisation": NAME,
    "commune": PLACE,
    "department_name": PLACE,
    "region_names": PLACE,
    "label": LABEL,
    "activity_fr": ACTIVITY,
    "activity_en": ACTIVITY,
}


_TEXTS = (*_FIELDS, "commune_code", "department_code", "kind", "category", "status", "source_year", "start")


@dataclass(frozen=True, eq=False)
class Nation:
    """Made once per edition.

    `rows` (index: id): group, key (id in its own table), name, the texts of `_FIELDS`, the columns of `COLUMNS` (tuples for lists),
    latitude, longitude (EPSG:4326), x, y (EPSG:2154, metres; missing where no point is known) and start (date, for events).
    """

    rows: pd.DataFrame
    index: SearchIndex


def _words(labels: Mapping[str, str], codes: pd.Series) -> pd.Series:
    """The labels of codes in every language, as words to find."""
    return codes.map(lambda code: " ".join(Locale(lang)(labels.get(code, "")) for lang in LANGUAGES) if code else "").astype(str)


def _phrases() -> Iterator[tuple[Modality, tuple[str, ...]]]:
    for modality, label in MODALITY_LABELS.items():
        if modality != Modality.OTHER:
            yield from ((modality, fold_phrase(Locale(lang)(label))) for lang in LANGUAGES)
            yield from ((modality, fold_phrase(text)) for text in SYNONYMS.get(("modality", modality), "").split(";") if text)


def _modalities(text: str) -> tuple[str, ...]:
    """The modalities that a text names."""
    words = f" {' '.join(fold_phrase(text))} "
    return tuple(dict.fromkeys(modality.value for modality, phrase in _phrases() if f" {' '.join(phrase)} " in words))


def _sites(catalogue: Catalogue) -> pd.DataFrame:
    sites = catalogue.national_sites
    regions = catalogue.territory.regions["name"]
    human = sites["perimeter"].eq("human_bioproduction") & sites["type"].isin(
        [kind for kind, of in KIND_OF_TYPE.items() if of == Kind.COMPANY]
    )
    years = sites["status_year"]
    return pd.DataFrame(
        {
            "group": Group.NATIONAL_SITE.value,
            "key": sites["id"],
            "name": sites["name"],
            "organisation": sites["company"],
            "commune": sites["commune"],
            "commune_code": sites["commune_code"],
            "region_codes": [(code,) for code in sites["region_code"]],
            "region_names": regions.reindex(sites["region_code"]).to_numpy(),
            "label": _words({"cdmo": "CDMO façonnier"}, sites["type"]) + " " + _words(vocabulary.PERIMETERS, sites["perimeter"]),
            "activity_fr": sites["modality_fr"] + " " + sites["capacity_note_fr"],
            "activity_en": sites["modality_en"] + " " + sites["capacity_note_en"],
            "kind": sites["type"].map(KIND_OF_TYPE).fillna("").astype(str),
            "category": np.where(human, Category.BIOPRODUCTION.value, ""),
            "modalities": [_modalities(text) for text in sites["modality_fr"]],
            "roles": site_roles.list_national_roles(sites).tolist(),
            "status": sites["presence"],
            "source_year": years.astype("string").where(years.ge(RECENT), OLD).fillna(UNKNOWN).astype(str),
        }
    )


def _bodies(catalogue: Catalogue) -> pd.DataFrame:
    told = organisations.list_organisations(catalogue)
    seats = catalogue.clusters[["commune", "commune_code"]].reindex(told.index).fillna("")
    names = catalogue.territory.regions["name"]
    return pd.DataFrame(
        {
            "group": told["table"],
            "key": told["id"],
            "name": told["name"],
            "commune": seats["commune"],
            "commune_code": seats["commune_code"],
            "region_codes": told["region_codes"],
            "region_names": [" ".join(str(names.get(code, "")) for code in codes) for codes in told["region_codes"]],
            "label": _words(vocabulary.BODY_KINDS, told["kind"]),
            "activity_fr": told["description_fr"],
            "activity_en": told["description_en"],
        }
    )


def _events(catalogue: Catalogue) -> pd.DataFrame:
    events = catalogue.events
    regions = catalogue.territory.points["region_code"].reindex(events["commune_code"]).fillna("")
    return pd.DataFrame(
        {
            "group": Group.EVENT.value,
            "key": events["id"],
            "name": events["title_fr"],
            "commune": events["place_fr"],
            "commune_code": events["commune_code"],
            "region_codes": [(code,) if code else () for code in regions],
            "region_names": catalogue.territory.regions["name"].reindex(regions).fillna("").to_numpy(),
            "label": _words({"event": vocabulary.BODY_KINDS["event"]}, pd.Series("event", index=events.index)),
            "activity_fr": events["notes_fr"],
            "activity_en": events["title_en"] + " " + events["notes_en"],
            "start": events["start"],
        }
    )


def build(catalogue: Catalogue) -> Nation:
    """The rows and their index; a position is the point of a commune, none for Paris, Lyon and Marseille as a whole."""
    rows = pd.concat([_sites(catalogue), _bodies(catalogue), _events(catalogue)], ignore_index=True)
    rows.index = pd.Index(rows["group"] + ":" + rows["key"])
    divided = rows["commune_code"].isin(DIVIDED)
    points = catalogue.territory.points.reindex(rows["commune_code"].mask(divided, ""))
    x, y = project_points(points["latitude"], points["longitude"])
    departments = points["department_code"].fillna("").to_numpy()
    departments = np.where(divided, rows["commune_code"].str[:2], departments)
    rows = rows.assign(
        department_code=departments,
        department_name=catalogue.territory.departments["name"].reindex(departments).fillna("").to_numpy(),
        latitude=points["latitude"].to_numpy(dtype=float, na_value=np.nan),
        longitude=points["longitude"].to_numpy(dtype=float, na_value=np.nan),
        x=np.where(np.isfinite(x), x, np.nan),
        y=np.where(np.isfinite(y), y, np.nan),
    )
    lists = ("modalities", "roles", "region_codes")
    texts = {column: rows[column].fillna("").astype(str) for column in _TEXTS}
    tuples = {column: [cell if isinstance(cell, tuple) else () for cell in rows[column]] for column in lists}
    rows = rows.assign(**texts, **{column: pd.Series(cells, index=rows.index, dtype=object) for column, cells in tuples.items()})
    return Nation(rows, search.build_index(rows, [(rows[column], weight) for column, weight in _FIELDS.items()]))


def _mark_rows(filters: Filters, rows: pd.DataFrame, but: str = "") -> Mask:
    """Rows that the facets keep; `but` names one that is left out."""
    keep = np.ones(len(rows), dtype=bool)
    for name in filters.list_active_facets():
        if name not in COLUMNS:
            return np.zeros(len(rows), dtype=bool)
        wanted = frozenset(getattr(filters, name)) if name != but else frozenset()
        if wanted:
            cells = (cell if isinstance(cell, tuple) else (cell,) for cell in rows[COLUMNS[name]])
            keep &= np.array([not wanted.isdisjoint(cell) for cell in cells], dtype=bool)
    return keep


def _is_shown(filters: Filters, rows: pd.DataFrame) -> pd.Series:
    """Without being asked for, of the sites only those that are present; what is no site has no such status."""
    return rows["status"].isin(["", COUNTED]) | shows_apart(filters)


def _free(filters: Filters, rows: pd.DataFrame, distances: Kilometres | None, scores: Weights | None) -> Mask:
    """Rows that words and space keep; one without a point is in no radius and in no drawn area, and none has a date of its own."""
    if filters.etat:
        return np.zeros(len(rows), dtype=bool)
    keep: Mask = np.ones(len(rows), dtype=bool) if scores is None else scores > 0
    if distances is not None:
        keep &= distances <= filters.km
    corners = proximity.parse_vertices(filters.area) if filters.area else None
    drawn = proximity.build_polygon(corners) if corners else None
    if drawn is not None:
        keep &= shapely.intersects_xy(drawn, rows["longitude"].to_numpy(), rows["latitude"].to_numpy())
    return keep


@dataclass(frozen=True, eq=False)
class Answer:
    """The rows of a question, best first.

    `regions`: code -> rows that would be left by it alone; `apart`: sites held back by their status; `origin`: where distances start.
    Columns besides those of `Nation`: score (0 to 100) and distance_km, missing where none is asked, and has_first (the role asked for).
    """

    rows: pd.DataFrame
    regions: Mapping[str, int]
    apart: int
    origin: Origin | None = None

    def select_group(self, group: Group) -> pd.DataFrame:
        """Those of one group, in their order."""
        return self.rows[self.rows["group"].eq(group.value)]


def select(filters: Filters, nation: Nation, origin: Origin | None) -> Answer:
    """The rows that a question leaves: those with the role asked for first, then the best words, then the nearest, then by name."""
    rows = nation.rows
    scores = search.score_rows(nation.index, filters.q) if filters.q else None
    distances = proximity.measure_distances(rows, origin[:2]) if origin and not origin.is_area else None
    free = _free(filters, rows, distances, scores)
    if origin and origin.is_area:
        free &= rows["commune_code"].eq(origin.commune).to_numpy()
    codes = rows["region_codes"].to_numpy()[free & _mark_rows(filters, rows, "region") & _is_shown(filters, rows).to_numpy()]
    keep = free & _mark_rows(filters, rows)
    found = rows[keep].assign(
        score=np.nan if scores is None else scores[keep],
        distance_km=np.nan if distances is None else distances[keep],
        has_first=[filters.first in roles for roles in rows["roles"].to_numpy()[keep]],
        order=nation.index.order[keep],
    )
    order = ["has_first", "score", "distance_km", "start", "order"]
    best = found.sort_values(order, ascending=[False, False, True, False, True], kind="stable", na_position="last")
    return Answer(best[_is_shown(filters, best)], Counter(chain.from_iterable(codes)), int((~_is_shown(filters, best)).sum()), origin)
