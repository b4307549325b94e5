"""The columns that people take away: one list for every format, in this order.

Columns of actors.csv keep its names, and its datapackage.json describes them; those that the joins add are described here.
`position` of the table is left out, because `precision` says the same of the position that is really used.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from biocarto.model import N_


class Type(StrEnum):
    """What a cell holds; an empty cell is unknown in all of them, and no item in a list."""

    TEXT = "text"
    LINK = "link"
    LIST = "list"
    INTEGER = "integer"
    NUMBER = "number"


@dataclass(frozen=True)
class Column:
    """One column: its name in every file, its type, its width in a spreadsheet, its meaning where the table has none."""

    name: str
    type: Type = Type.TEXT
    width: int = 18
    meaning: str = ""


COLUMNS: tuple[Column, ...] = (
    Column("id", width=28),
    Column("name", width=36),
    Column("organisation", width=30),
    Column("kind"),
    Column("category"),
    Column("group", meaning=N_("Groupe de la carte : la catégorie d'une entreprise, sinon le type d'acteur")),
    Column("modalities", Type.LIST, 24),
    Column("activity_fr", width=60),
    Column("activity_en", width=60),
    Column("address", width=36),
    Column("postcode", width=10),
    Column("site", width=28),
    Column("site_id", width=24),
    Column("commune", width=24),
    Column("commune_code", width=14),
    Column("commune_official", width=16, meaning=N_("Code INSEE de la commune, 75056 pour tout Paris")),
    Column("intercommunality_code", width=20, meaning=N_("Code SIREN de l'EPCI ou de l'EPT ; 75056 pour Paris")),
    Column("intercommunality_name", width=30, meaning=N_("Nom de l'EPCI ou de l'EPT")),
    Column("department_code", width=16, meaning=N_("Code du département")),
    Column("department_name", width=20, meaning=N_("Nom du département")),
    Column("latitude", Type.NUMBER, 12, N_("Latitude en degrés décimaux (WGS 84) ; vide si l'arrondissement est inconnu")),
    Column("longitude", Type.NUMBER, 12, N_("Longitude en degrés décimaux (WGS 84) ; vide si l'arrondissement est inconnu")),
    Column(
        "precision",
        meaning=N_(
            "Ce que vaut le point : adresse, campus, centre de la commune seulement, ou aucun (« area » : Paris, arrondissement inconnu)"
        ),
    ),
    Column("website", Type.LINK, 36),
    Column("founded", Type.INTEGER, 10),
    Column("siren", width=12),
    Column("siret", width=16),
    Column("rnsr", width=12),
    Column("status"),
    Column("status_year", Type.INTEGER, 10, N_("Année de la page qui dit le statut")),
    Column("status_source_url", Type.LINK, 48, N_("Page qui dit le statut")),
    Column("presence", meaning=N_("Statut et âge de sa page : dated est présent selon une page d'avant 2015")),
    Column("ownership"),
    Column("owner", width=24),
    Column("owner_since", Type.INTEGER, 10),
    Column("as_of", Type.INTEGER, 10),
    Column("source_url", Type.LINK, 48),
    Column("source_title", width=48),
    Column("confidence", width=12),
    Column("trust", width=12, meaning=N_("Confiance aujourd'hui : confidence, baissée avec l'âge de la page")),
)
"""The data dictionary: also the sheet `columns` of the workbook."""

NAMES: tuple[str, ...] = tuple(column.name for column in COLUMNS)


def of_type(*types: Type) -> list[str]:
    """Names of the columns of these types, in order."""
    return [column.name for column in COLUMNS if column.type in types]
