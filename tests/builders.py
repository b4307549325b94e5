"""Valid rows of every table, and whole data folders made of them: a test states only what it is about."""

from __future__ import annotations

import csv
import shutil
from collections.abc import Iterable, Mapping
from pathlib import Path

import pytest

from biocarto.errors import CatalogueError, Issue
from biocarto.register import schema, value_rules
from biocarto.register import tables as catalogue
from biocarto.register.tables import PACKAGE

DATA = Path(__file__).resolve().parents[1] / "data"
Row = dict[str, str]

_SOURCE = {"source_url": "https://example.org/page", "source_title": "Example – a page (2024)"}


def _row(valid: Mapping[str, str], changes: Mapping[str, object]) -> Row:
    return {**valid, **_SOURCE, **{column: str(value) for column, value in changes.items()}}


def an_actor(**changes: object) -> Row:
    """A company known by its commune only."""
    valid = {
        "id": "alpha",
        "name": "Alpha",
        "organisation": "Alpha",
        "kind": "company",
        "category": "biotherapies",
        "activity_fr": "Thérapie génique de maladies rares",
        "activity_en": "Gene therapy of rare diseases",
        "commune": "Évry-Courcouronnes",
        "commune_code": "91228",
        "position": "commune",
        "status": "present",
        "as_of": "2024",
        "confidence": "high",
    }
    return _row(valid, changes)


def a_claim(**changes: object) -> Row:
    """What another page says of the actor."""
    return _row({"actor_id": "alpha", "field": "status", "value": "present", "as_of": "2024"}, changes)


def a_site(**changes: object) -> Row:
    """A campus with its point."""
    valid = {"id": "genopole", "name": "Genopole Évry", "commune_code": "91228", "latitude": "48.62362", "longitude": "2.43933"}
    return _row({**valid, "stated": "48.62362, 2.43933"}, changes)


def a_cluster(**changes: object) -> Row:
    """An organiser of the Tour, with its seat."""
    valid = {
        "id": "medicen",
        "name": "Medicen Paris Region",
        "type": "pole_de_competitivite",
        "commune": "Paris",
        "commune_code": "75056",
        "regions_covered": "Île-de-France",
        "region_codes": "11",
        "focus_fr": "innovation en santé",
        "focus_en": "health innovation",
        "tour_member": "yes",
        "enosis_member": "yes",
    }
    return _row(valid, changes)


def a_stage(**changes: object) -> Row:
    """A stage of the Tour in one region, organised by one cluster."""
    valid = {
        "id": "stage-1",
        "order": "1",
        "title_fr": "Étape Île-de-France",
        "title_en": "Île-de-France stage",
        "regions": "Île-de-France",
        "region_codes": "11",
        "organisers": "medicen",
    }
    return _row(valid, changes)


def a_network(**changes: object) -> Row:
    """A European network."""
    valid = {"id": "cebr", "name": "CEBR", "kind": "network", "scale": "european"}
    return _row({**valid, "description_fr": "réseau de clusters", "description_en": "network of clusters"}, changes)


def a_member(**changes: object) -> Row:
    """A member of the network of `a_network`."""
    return _row(
        {"network_id": "cebr", "member_id": "biocat", "member_name": "Biocat", "country": "ES", "city": "Barcelone", "role": "member"},
        changes,
    )


def an_event(**changes: object) -> Row:
    """An edition of a meeting of the network of `a_network`, dated to the day."""
    titles = {"title_fr": "Réunion annuelle", "title_en": "Annual meeting"}
    return _row({"id": "cebr-2024", "kind": "edition", **titles, "start": "2024-06-13", "network_ids": "cebr"}, changes)


def a_city(**changes: object) -> Row:
    """The city of the member of `a_member`."""
    names = {"name_fr": "Barcelone", "name_en": "Barcelona", "country": "ES"}
    return _row({"id": "3128760", **names, "latitude": "41.38879", "longitude": "2.15899"}, changes)


def a_national_site(**changes: object) -> Row:
    """A biomanufacturing site outside Île-de-France."""
    valid = {
        "id": "usine-de-lyon",
        "name": "Usine de Lyon",
        "company": "Beta",
        "region": "Auvergne-Rhône-Alpes",
        "region_code": "84",
        "commune": "Lyon",
        "commune_code": "69123",
        "perimeter": "human_bioproduction",
        "status": "present",
    }
    return _row(valid, changes)


def a_figure(**changes: object) -> Row:
    """A published number that stands alone."""
    labels = {"label_fr": "Entreprises recensées", "label_en": "Companies counted", "unit_fr": "entreprises", "unit_en": "companies"}
    return _row({"id": "idf_entreprises", **labels, "value": "183", "as_of": "2023", "geography": "Île-de-France"}, changes)


def a_regional_figure(**changes: object) -> Row:
    """A published number of one region."""
    return _row({"region": "Occitanie", "indicator_fr": "Sites", "indicator_en": "Sites", "value": "9"}, changes)


def a_redirect(**changes: object) -> Row:
    """A former identifier of the actor above."""
    return {"old_id": "alpha-biotech", "actor_id": "alpha", "date": "2026-01-31"} | {
        column: str(value) for column, value in changes.items()
    }


def needed_figures() -> dict[str, Row]:
    """The figures that pages cannot do without, by id."""
    dates = {"unit_fr": "date", "unit_en": "date"}
    changes = {name: {"value": "2021-05-24"} | dates if rule is catalogue.DATE else {} for name, rule in catalogue.NEEDED_FIGURES.items()}
    parts = zip(value_rules.PARTS, ("48", "6", "46"), strict=True)  # of a whole
    changes |= {name: {"value": value, "unit_fr": "%", "unit_en": "%"} for name, value in parts}
    return {name: a_figure(id=name, **changes[name]) for name in changes}


VALID_ROWS = {
    "actors": an_actor,
    "evidence": a_claim,
    "sites": a_site,
    "clusters": a_cluster,
    "tour_stages": a_stage,
    "networks": a_network,
    "network_members": a_member,
    "events": an_event,
    "cities": a_city,
    "national_sites": a_national_site,
    "figures": a_figure,
    "regional_figures": a_regional_figure,
    "redirects": a_redirect,
}


def write_tables(folder: Path, **tables: Iterable[Mapping[str, str]]) -> Path:
    """A complete data folder: the project's datapackage.json, the rows given per table, one valid row for the others.

    Needed figures follow those given, so that a test about figures states only its own.
    """
    folder.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(DATA / PACKAGE, folder / PACKAGE)
    resources = schema.parse((DATA / PACKAGE).read_text(encoding="utf-8"))
    for name, resource in resources.items():
        with (folder / resource.path).open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, list(resource.fields), restval="")
            writer.writeheader()
            # redirects and claims name an actor, so a test about actors would have to mind them: none unless asked for, or nothing else is
            default = [] if name in ("redirects", "evidence") and "actors" in tables else [VALID_ROWS[name]()]
            rows = list(tables.get(name, default))
            given = {row["id"] for row in rows} if name == "figures" else set()
            needed = [row for key, row in needed_figures().items() if key not in given] if name == "figures" else []
            writer.writerows([*rows, *needed])
    return folder


def issues_of(folder: Path) -> tuple[Issue, ...]:
    """The issues of a folder that must be refused."""
    with pytest.raises(CatalogueError) as caught:
        catalogue.read(folder)
    return caught.value.issues
