"""The columns that people take away: one list for every format, in this order.

Columns of actors.csv keep its names, and its datapackage.json describes them; those that the joins add are described here.
`position` of the table is left out, because `precision` says the same of the position that is really used; latitude and longitude are
those of that position, where the table has points of an actor's own alone.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import pandas as pd

from biocarto.model import N_


class Type(StrEnum):
    """What a cell holds; an empty cell is unknown in all of them, and no item in a list."""

    TEXT = "text"
    LINK = "link"
    LIST = "list"
    INTEGER = "integer"
    NUMBER = "number"


TYPE_LABELS = {
    Type.TEXT: N_("texte"),
    Type.LINK: N_("lien"),
    Type.LIST: N_("liste"),
    Type.INTEGER: N_("nombre entier"),
    Type.NUMBER: N_("nombre"),
}


@dataclass(frozen=True)
class ExportColumn:
    """One column: its name in every file, its type, its width in a spreadsheet, its meaning where the table has none."""

    name: str
    type: Type = Type.TEXT
    width: int = 18
    meaning: str = ""


COLUMNS: tuple[ExportColumn, ...] = (
    ExportColumn("id", width=28),
    ExportColumn("name", width=36),
    ExportColumn("organisation", width=30),
    ExportColumn("kind"),
    ExportColumn("category"),
    ExportColumn("group", meaning=N_("Groupe de la carte : la catégorie d'une entreprise, sinon le type d'acteur")),
    ExportColumn("modalities", Type.LIST, 24),
    ExportColumn("activity_fr", width=60),
    ExportColumn("activity_en", width=60),
    ExportColumn("address", width=36),
    ExportColumn("postcode", width=10),
    ExportColumn("site", width=28),
    ExportColumn("site_id", width=24),
    ExportColumn("commune", width=24),
    ExportColumn("commune_code", width=14),
    ExportColumn("commune_official", width=16, meaning=N_("Code INSEE de la commune, 75056 pour tout Paris")),
    ExportColumn("intercommunality_code", width=20, meaning=N_("Code SIREN de l'EPCI ou de l'EPT ; 75056 pour Paris")),
    ExportColumn("intercommunality_name", width=30, meaning=N_("Nom de l'EPCI ou de l'EPT")),
    ExportColumn("department_code", width=16, meaning=N_("Code du département")),
    ExportColumn("department_name", width=20, meaning=N_("Nom du département")),
    ExportColumn("latitude", Type.NUMBER, 12, N_("Latitude en degrés décimaux (WGS 84) ; vide si l'arrondissement est inconnu")),
    ExportColumn("longitude", Type.NUMBER, 12, N_("Longitude en degrés décimaux (WGS 84) ; vide si l'arrondissement est inconnu")),
    ExportColumn(
        "precision",
        meaning=N_(
            "Ce que vaut le point : adresse au numéro (« street »), point au hasard dans la rue (« in_street »), campus, centre de la "
            "commune seulement, ou aucun (« area » : Paris, arrondissement inconnu)"
        ),
    ),
    ExportColumn("website", Type.LINK, 36),
    ExportColumn("founded", Type.INTEGER, 10),
    ExportColumn("siren", width=12),
    ExportColumn("siret", width=16),
    ExportColumn("rnsr", width=12),
    ExportColumn("status"),
    ExportColumn("status_year", Type.INTEGER, 10, N_("Année de la page qui dit le statut")),
    ExportColumn("status_source_url", Type.LINK, 48, N_("Page qui dit le statut")),
    ExportColumn("presence", meaning=N_("Statut et âge de sa page : dated est présent selon une page d'avant 2015")),
    ExportColumn("ownership"),
    ExportColumn("owner", width=24),
    ExportColumn("owner_since", Type.INTEGER, 10),
    ExportColumn("as_of", Type.INTEGER, 10),
    ExportColumn("source_url", Type.LINK, 48),
    ExportColumn("source_title", width=48),
    ExportColumn("confidence", width=12),
    ExportColumn("trust", width=12, meaning=N_("Confiance aujourd'hui : confidence, baissée avec l'âge de la page")),
)
"""The data dictionary: also the sheet `columns` of the workbook."""

NAMES: tuple[str, ...] = tuple(column.name for column in COLUMNS)


_WIDEST, _NARROWEST = 60, 12


def _describe(name: str, cells: pd.Series) -> ExportColumn:
    """Type and width of a column of a table, by its cells: wide enough for nine in ten of them."""
    if pd.api.types.is_integer_dtype(cells):
        return ExportColumn(name, Type.INTEGER, 12)
    if pd.api.types.is_numeric_dtype(cells):
        return ExportColumn(name, Type.NUMBER, 14)
    is_list = bool(cells.map(lambda cell: isinstance(cell, tuple)).any())
    lengths = cells.map(lambda cell: len("; ".join(cell)) if is_list else len(str(cell)))
    width = 0.0 if cells.empty else float(lengths.quantile(0.9))
    kind = Type.LIST if is_list else Type.LINK if name.endswith(("_url", "website")) else Type.TEXT
    return ExportColumn(name, kind, int(min(max(width + 2, _NARROWEST), _WIDEST)))


def describe_columns(rows: pd.DataFrame) -> tuple[ExportColumn, ...]:
    """The columns of a whole table, in its order."""
    return tuple(_describe(str(name), rows[name]) for name in rows.columns)


def list_of_type(*types: Type, columns: tuple[ExportColumn, ...] = COLUMNS) -> list[str]:
    """Names of the columns of these types, in order."""
    return [column.name for column in columns if column.type in types]
