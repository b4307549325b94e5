"""Reports to write: a small one to change, and one about the Essonne made of the real tables."""

from __future__ import annotations

from datetime import date

import pandas as pd

from biocarto.export.drawing.territories import MapContent, draw_territories
from biocarto.export.report.model import KeyFigure, Report, ReportColumn, ReportMap, ReportSource, Section, Table
from biocarto.maps.legend import Legend
from biocarto.model import SYMBOLS
from biocarto.register.catalogue import Catalogue

LINK = "https://biocarto.example/couverture?territory=91"
CHAPTER = "Medicen Paris Region, chapitre « L'action des pôles de compétitivité »"


def a_report(**changes: object) -> Report:
    """A short report; override only what the test is about."""
    report = {
        "title": "Essonne",
        "subtitle": "Les acteurs du département",
        "lang": "fr",
        "made": date(2026, 11, 23),
        "version": "2026-11-22",
        "link": LINK,
        "licence": "Licence Ouverte 2.0",
    }
    return Report(**(report | changes))


def a_table(*rows: tuple, **changes: object) -> Table:
    """A table of names and numbers."""
    columns = (ReportColumn("Nom"), ReportColumn("Sites", 0), ReportColumn("Pour 100 000 hab.", 1))
    return Table(**({"caption": "Sites par intercommunalité", "columns": columns, "rows": rows} | changes))


def rates(register: Catalogue, department: str) -> pd.DataFrame:
    """Intercommunalities with a commune in the department: name, population, sites of actors and their rate, all in EPSG:4326."""
    layer = register.territory.epci
    communes = register.territory.communes
    found = layer[layer.index.isin(communes.loc[communes["department_code"] == department, "intercommunality_code"])]
    sites = register.actors["intercommunality_code"].value_counts().reindex(found.index, fill_value=0)
    return found.assign(sites=sites, rate=sites / found["population"].astype(float) * 100_000).sort_values(
        ["sites", "name"], ascending=[False, True]
    )


def a_map(register: Catalogue, department: str = "91", **changes: object) -> str:
    """The intercommunalities of a department by rate, with its actors and its neighbours."""
    layer = rates(register, department)
    classes = pd.cut(layer["rate"], [-1, 0, 2, 5, 100], labels=False).astype(int)
    legend = Legend(
        "Sites d'acteurs pour 100 000 habitants",
        ("aucun site", "moins de 2", "de 2 à 5", "5 et plus"),
        unit="par intercommunalité, population 2023",
        no_data="population inconnue",
        hatch="moins de 5 sites : taux fragile",
        note="Un chiffre : nombre de sites au même lieu.",
    )
    departments = register.territory.departments
    options = {
        "hatched": set(layer.index[layer["sites"].between(1, 4)]),
        "around": departments[(departments["region_code"].isin(["11", "24"])) & (departments.index != department)],
        "actors": register.actors[register.actors["department_code"] == department],
        "outlined": departments.loc[[department]],
    }
    return draw_territories(MapContent(layer, classes, 3, **(options | changes)), legend, "fr")


def essonne(register: Catalogue) -> Report:
    """What a report of the Essonne says, with the real numbers."""
    actors = register.actors[register.actors["department_code"] == "91"].sort_values("name")
    layer, place = rates(register, "91"), register.territory.departments.loc["91"]
    register_source = "Répertoire public BioCarto"
    figures = (
        KeyFigure(len(actors), "sites d'acteurs nommés", register_source, url=LINK, date="2026-11-22"),
        KeyFigure(actors["organisation"].nunique(), "organisations", register_source, url=LINK, date="2026-11-22"),
        KeyFigure(
            len(actors) / place["population"] * 1e5, "sites rapportés à la population", "calculé", "pour 100 000 hab.", 1, date="2026-11-22"
        ),
        KeyFigure(int(place["population"]), "population municipale", "INSEE", "habitants", date="2023"),
        KeyFigure(
            183,
            "entreprises recensées en Île-de-France",
            CHAPTER,
            date="2023",
            note="Recensement publié, à ne pas additionner au répertoire.",
        ),
        KeyFigure(None, "emplois de la filière", "aucune source", note="Aucune source publique ne compte ces emplois par département."),
    )
    groups = actors["group"].map({symbol.key: symbol.label for symbol in SYMBOLS}).value_counts()
    described = tuple(zip(actors["name"], actors["commune"], actors["activity_fr"], actors["as_of"].astype(str), strict=True))
    return a_report(
        title="Couverture de l'Essonne",
        subtitle="Biothérapies et bioproduction : acteurs nommés, population, lieux et absences",
        figures=figures,
        sections=(
            Section(
                "Où sont les acteurs",
                ("Les sites se concentrent à Évry-Courcouronnes et sur le plateau de Saclay.",),
                map=ReportMap(
                    a_map(register),
                    "Carte de l'Essonne par intercommunalité : taux de sites et symboles des acteurs.",
                    "Sites par intercommunalité",
                ),
                table=Table(
                    "Sites, population et taux par intercommunalité",
                    (
                        ReportColumn("Intercommunalité"),
                        ReportColumn("Sites", 0, bar=True),
                        ReportColumn("Population 2023", 0),
                        ReportColumn("Pour 100 000 hab.", 1),
                    ),
                    tuple(zip(layer["name"], layer["sites"], layer["population"].astype(int), layer["rate"], strict=True)),
                    note="Un taux fondé sur moins de 5 sites est fragile.",
                ),
            ),
            Section(
                "Groupes",
                table=Table("Sites par groupe", (ReportColumn("Groupe"), ReportColumn("Sites", 0, bar=True)), tuple(groups.items())),
            ),
            Section(
                "Acteurs",
                table=Table(
                    "Acteurs nommés",
                    (ReportColumn("Nom"), ReportColumn("Commune"), ReportColumn("Activité"), ReportColumn("Source")),
                    described,
                    shown=20,
                ),
            ),
            Section(
                "Ce que les sources ne disent pas",
                ("Aucune page publique ne donne les emplois par site.", "Un site absent n'est pas un site inexistant."),
            ),
        ),
        method=(
            "Une ligne du répertoire est un site d'une organisation nommée.",
            "Les taux rapportent les sites à la population municipale.",
        ),
        sources=(ReportSource(CHAPTER, date="2023"), ReportSource(register_source, LINK, "2026-11-22")),
    )
