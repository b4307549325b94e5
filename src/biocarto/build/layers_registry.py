"""The administrative register as tables keyed by code: communes, EPCI, EPT, departments and regions of today's France.

Collectivities without a region (Saint-Pierre-et-Miquelon, Polynesia, ...) are left out: 94 codes.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from biocarto.build.layers_sources import read_registry_table
from biocarto.model import ILE_DE_FRANCE, PARIS

POPULATION_YEAR = 2023
MAYOTTE, MAYOTTE_YEAR = "976", 2017
"""Mayotte's last detailed census; the register has no later figure for it."""


@dataclass(frozen=True)
class Registry:
    """Tables indexed by INSEE or SIREN code; `former` maps a code that is gone to the commune it joined."""

    communes: pd.DataFrame
    arrondissements: pd.DataFrame
    departments: pd.DataFrame
    regions: pd.DataFrame
    epci: pd.DataFrame
    ept: pd.DataFrame
    former: dict[str, str]


def _places(rows: pd.DataFrame) -> pd.DataFrame:
    """name, department_code, region_code, population (Int64) and population_year of communes or arrondissements."""
    mayotte = rows["departement"].eq(MAYOTTE).to_numpy()
    return pd.DataFrame(
        {
            "name": rows["nom"].to_numpy(),
            "department_code": rows["departement"].to_numpy(),
            "region_code": rows["region"].to_numpy(),
            "population": rows["population"].astype("Int64").to_numpy(),
            "population_year": pd.array([MAYOTTE_YEAR if there else POPULATION_YEAR for there in mayotte], dtype="Int64"),
        },
        index=pd.Index(rows["code"], name="code"),
    ).astype({"population": "Int64"})


def _members(table: pd.DataFrame) -> pd.Series:
    """Commune code -> code of the group that lists it as a member."""
    pairs: list[tuple[str, str]] = [
        (member["code"], str(code)) for code, members in zip(table["code"], table["membres"], strict=True) for member in members
    ]
    return pd.Series(dict(pairs), dtype="str")


def _add_names(rows: pd.DataFrame, parent: dict[str, str]) -> pd.DataFrame:
    table = rows[rows["zone"] != "com"].rename(columns={"nom": "name", **parent}).set_index("code")
    return table[["name", *parent.values()]]


def _groups(table: pd.DataFrame) -> pd.DataFrame:
    return table.rename(columns={"nom": "name"}).set_index("code")[["name", "type"]]


def read(archive: Path) -> Registry:
    """Every table of the register, from its npm archive."""
    communes, epci, ept = (read_registry_table(archive, name) for name in ("communes", "epci", "ept"))
    current = communes[(communes["type"] == "commune-actuelle") & (communes["zone"] != "com")]
    districts = communes[(communes["type"] == "arrondissement-municipal") & communes["commune"].eq(PARIS)]
    absorbed = current[current["anciensCodes"].notna()]
    places = _places(current)
    return Registry(
        communes=places.assign(
            epci_code=_members(epci).reindex(places.index).fillna(""),
            ept_code=_members(ept).reindex(places.index).fillna(""),
        ),
        arrondissements=_places(districts).assign(commune_code=PARIS),
        departments=_add_names(read_registry_table(archive, "departements"), {"region": "region_code", "chefLieu": "seat_code"}),
        regions=_add_names(read_registry_table(archive, "regions"), {"chefLieu": "seat_code"}),
        epci=_groups(epci),
        ept=_groups(ept),
        former={old: code for code, olds in zip(absorbed["code"], absorbed["anciensCodes"], strict=True) for old in olds},
    )


def list_official_epci(registry: Registry) -> pd.DataFrame:
    """Île-de-France's EPCI as the State lists them, Greater Paris included, each as a whole (parts outside the region too).

    name, type, population (sum of the communes' 2023 figures: the register's own EPCI totals are those of 2022), population_year,
    communes, communes_inside (those in Île-de-France).
    """
    inside = registry.communes[registry.communes["region_code"] == ILE_DE_FRANCE]
    codes = sorted(set(inside["epci_code"]) - {""})
    groups = registry.communes.groupby("epci_code")
    return registry.epci.loc[codes].assign(
        population=groups["population"].sum(),
        population_year=pd.array([POPULATION_YEAR] * len(codes), dtype="Int64"),
        communes=groups.size(),
        communes_inside=inside.groupby("epci_code").size(),
    )


def list_official_codes(rows: pd.DataFrame) -> pd.DataFrame:
    """From the register's communes, every code that one has or had: name, type, commune_code (today's), postcodes.

    type: `commune`, `district` (arrondissements of Paris, Lyon and Marseille) or `former` (the commune has joined another; the register
    does not tell since when). name is "" for today's communes, and where the register has none. `postcodes` is a list with semicolons,
    "" for a former commune.
    """
    current, districts = rows[rows["type"] == "commune-actuelle"], rows[rows["type"] == "arrondissement-municipal"]
    named = rows.drop_duplicates("code").set_index("code")["nom"]
    pairs = [
        (old, code) for code, olds in zip(current["code"], current["anciensCodes"], strict=True) if isinstance(olds, list) for old in olds
    ]
    former = pd.DataFrame(pairs, columns=["code", "commune_code"]).drop_duplicates("code")
    former = former[~former["code"].isin([*current["code"], *districts["code"]])]
    parts = [
        _list_codes(current["code"], pd.Series("", index=current.index), "commune", current["code"], current["codesPostaux"]),
        _list_codes(districts["code"], districts["nom"], "district", districts["commune"], districts["codesPostaux"]),
        _list_codes(former["code"], former["code"].map(named).fillna(""), "former", former["commune_code"], [()] * len(former)),
    ]
    return pd.concat(parts).sort_index()


def _list_codes(codes: pd.Series, names: pd.Series, kind: str, communes: pd.Series, postcodes: Iterable[object]) -> pd.DataFrame:
    texts = [";".join(found) if isinstance(found, (list, tuple)) else "" for found in postcodes]
    columns = {"name": names.to_numpy(), "type": kind, "commune_code": communes.to_numpy(), "postcodes": texts}
    return pd.DataFrame(columns, index=pd.Index(codes, name="code"), dtype="str")


def assign_epci(communes: pd.DataFrame) -> pd.Series:
    """The intercommunality that holds each commune of Île-de-France: Paris itself, an EPT inside Greater Paris, else the EPCI."""
    code = communes["ept_code"].where(communes["ept_code"] != "", communes["epci_code"])
    return code.where(communes.index != PARIS, PARIS)
